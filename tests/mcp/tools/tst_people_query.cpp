// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/people_query.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestPeopleQuery : public QObject
{
    Q_OBJECT

private:
    // As Graph reads it: percent-encoded text of a query, decoded once.
    static QString item(const GraphRequest &request, const QString &name)
    {
        for (const QString &part : request.query.toString(QUrl::FullyEncoded).split(u'&')) {
            if (part.section(u'=', 0, 0) == name)
                return QUrl::fromPercentEncoding(part.section(u'=', 1).toLatin1());
        }
        return {};
    }

private Q_SLOTS:
    void textIsEscaped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clause");
        QTest::addColumn<QString>("people");
        QTest::newRow("a name") << u"Megan  Bowen "_s << u"Megan Bowen"_s << u"\"Megan Bowen\""_s;
        QTest::newRow("quotation marks")
            << u"\"Meg\" OR \"mail:a"_s << uR"(\"Meg\" OR \"mail:a)"_s << u"\"Meg OR mail:a\""_s;
        QTest::newRow("backslashes") << uR"(a\" OR)"_s << uR"(a\\\" OR)"_s << u"\"a OR\""_s;
        QTest::newRow("signs of a query")
            << u"R&D #1 +50%20;="_s << u"R&D #1 +50%20;="_s << u"\"R&D #1 +50%20;=\""_s;
        QTest::newRow("scripts") << u"Müller ਪ੍ਰਦੀਪ"_s << u"Müller ਪ੍ਰਦੀਪ"_s << u"\"Müller ਪ੍ਰਦੀਪ\""_s;
    }
    void textIsEscaped()
    {
        QFETCH(QString, text);
        QFETCH(QString, clause);
        QFETCH(QString, people);
        const GraphRequest users = usersNamed(text);
        QCOMPARE(item(users, u"$search"_s),
                 u"\"displayName:%1\" OR \"mail:%1\" OR \"userPrincipalName:%1\""_s.arg(clause));
        QVERIFY(users.isEventual);
        QVERIFY(!users.query.toString(QUrl::FullyEncoded).contains(u'+'));
        QCOMPARE(item(peopleNamed(text), u"$search"_s), people);
        QVERIFY(peopleNamed(text).isDirectoryWide);
    }

    void apostrophesAreDoubled()
    {
        QCOMPARE(item(usersAt(u"o'neill+x@contoso.com"_s), u"$filter"_s),
                 u"mail eq 'o''neill+x@contoso.com' or userPrincipalName eq "
                 "'o''neill+x@contoso.com'"_s);
    }

    void whatIsAnAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("one") << u"AdeleV@contoso.com"_s << true;
        QTest::newRow("apostrophe") << u"Johanna.O'Neill@contoso.com"_s << true;
        QTest::newRow("guest") << u"a_b.com#EXT#@contoso.onmicrosoft.com"_s << true;
        QTest::newRow("umlaut") << u"jörg@müller.example"_s << true;
        QTest::newRow("name") << u"Adele"_s << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("nobody") << u"@contoso.com"_s << false;
        QTest::newRow("nowhere") << u"adele@"_s << false;
        QTest::newRow("two") << u"a@b@c"_s << false;
        QTest::newRow("name and address") << u"Adele <a@contoso.com>"_s << false;
        QTest::newRow("line break") << u"a@contoso.com\n"_s << false;
        QTest::newRow("hidden") << u"a\u202E@contoso.com"_s << false;
        QTest::newRow("too long") << QString(250, u'a') + u"@b.com"_s << false;
    }
    void whatIsAnAddress()
    {
        QFETCH(QString, text);
        QFETCH(bool, isOne);
        QCOMPARE(isAddress(text), isOne);
    }

    void whatIsAnId()
    {
        QVERIFY(isObjectId(u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s));
        QVERIFY(isObjectId(u"87D349ED-44D7-43E1-9A83-5F2406DEE5BD"_s));
        for (const QString &text :
             {QString(), u"me"_s, u"87d349ed-44d7-43e1-9a83-5f2406dee5bd/manager"_s,
              u"../me/87d349ed44d743e19a835f2406dee"_s, u"{87d349ed-44d7-43e1-9a83-5f2406dee5bd}"_s,
              u"87d349ed-44d7-43e1-9a83-5f2406dee5b/"_s})
            QVERIFY2(!isObjectId(text), qPrintable(text));
    }

    void whatHasWords()
    {
        QVERIFY(hasWord(u" a"_s));
        QVERIFY(hasWord(u"李"_s));
        QVERIFY(hasWord(u"𠮷"_s));
        QVERIFY(!hasWord(u" \"*\" "_s));
        QVERIFY(!hasWord({}));
    }
};

QTEST_GUILESS_MAIN(TestPeopleQuery)
#include "tst_people_query.moc"
