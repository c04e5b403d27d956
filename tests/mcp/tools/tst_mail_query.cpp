// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/mail_query.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestMailQuery : public QObject
{
    Q_OBJECT

private:
    static QString parameter(const MailQuery &query, const QString &name)
    {
        return query.request.query.queryItemValue(name, QUrl::FullyDecoded);
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void words_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("two") << u"Budget 2027"_s << QStringList{u"budget"_s, u"2027"_s};
        QTest::newRow("an address")
            << u"MeganB@contoso.com"_s << QStringList{u"meganb@contoso.com"_s};
        QTest::newRow("a sentence")
            << u"Don't wait. Call!"_s << QStringList{u"don't"_s, u"wait"_s, u"call"_s};
        QTest::newRow("operators are words")
            << u"cats AND NOT dogs"_s << QStringList{u"cats"_s, u"and"_s, u"not"_s, u"dogs"_s};
        QTest::newRow("properties are words")
            << u"from:ceo subject:\"x\""_s
            << QStringList{u"from"_s, u"ceo"_s, u"subject"_s, u"x"_s};
        QTest::newRow("out of the quotes")
            << u"a\" OR \"b\\\" (c*)"_s << QStringList{u"a"_s, u"or"_s, u"b"_s, u"c"_s};
        QTest::newRow("other scripts")
            << u"ਸਤ ਸ੍ਰੀ Zürich 東京"_s << QStringList{u"ਸਤ"_s, u"ਸ੍ਰੀ"_s, u"zürich"_s, u"東京"_s};
        QTest::newRow("nothing") << u" -\"()* "_s << QStringList();
    }
    void words()
    {
        QFETCH(QString, text);
        QTEST(searchWords(text), "words");
    }

    void manyWordsAreCut()
    {
        QCOMPARE(searchWords(QString(1000, u'a').replace(u'a', u"a "_s)).size(), 20);
    }

    void withoutArgumentsTheNewest()
    {
        const auto query = mailQueryOf({});
        QVERIFY(query.ok());
        QCOMPARE(query->request.path, u"/v1.0/me/messages"_s);
        QCOMPARE(query->request.scopes, QStringList{u"Mail.Read"_s});
        QCOMPARE(parameter(*query, u"$top"_s), u"10"_s);
        QCOMPARE(parameter(*query, u"$orderby"_s), u"receivedDateTime desc"_s);
        QVERIFY(!query->request.query.hasQueryItem(u"$search"_s));
        QVERIFY(!query->onlyUnread);
    }

    void filters()
    {
        const auto query = mailQueryOf({{u"since"_s, u"2026-11-01"_s},
                                        {u"until"_s, u"2026-11-30"_s},
                                        {u"unread"_s, true},
                                        {u"hasAttachments"_s, true},
                                        {u"folder"_s, u"inbox"_s},
                                        {u"limit"_s, 3}});
        QVERIFY(query.ok());
        QCOMPARE(query->request.path, u"/v1.0/me/mailFolders/inbox/messages"_s);
        QCOMPARE(parameter(*query, u"$top"_s), u"3"_s);
        QCOMPARE(parameter(*query, u"$filter"_s),
                 u"receivedDateTime ge 2026-10-31T23:00:00Z and receivedDateTime lt "
                 "2026-11-30T23:00:00Z and isRead eq false and hasAttachments eq true"_s);
        QVERIFY(!query->onlyUnread);
    }

    void searches()
    {
        const auto query = mailQueryOf({{u"text"_s, u"budget \"2027\""_s},
                                        {u"from"_s, u"Megan Bowen"_s},
                                        {u"since"_s, u"2026-11-01"_s},
                                        {u"until"_s, u"2026-11-30"_s},
                                        {u"unread"_s, true},
                                        {u"hasAttachments"_s, true}});
        QVERIFY(query.ok());
        QCOMPARE(parameter(*query, u"$search"_s),
                 u"\"budget 2027 from:megan from:bowen received>=2026-11-01 received<=2026-11-30 "
                 "hasAttachments:true\""_s);
        QVERIFY(query->onlyUnread);
        // Graph refuses these beside a search.
        QVERIFY(!query->request.query.hasQueryItem(u"$filter"_s));
        QVERIFY(!query->request.query.hasQueryItem(u"$orderby"_s));
    }

    void textWithoutWordsIsRefused()
    {
        for (const QString &name : {u"text"_s, u"from"_s}) {
            const auto query = mailQueryOf({{name, u"\"*\""_s}});
            QVERIFY(!query.ok());
            QCOMPARE(query.error().kind, Error::Kind::BadRequest);
            QVERIFY(query.error().detail.contains(u'"' + name + u"\" has no words"_s));
        }
    }

    void daysThatEndBeforeTheyBeginAreRefused()
    {
        QVERIFY(!mailQueryOf({{u"since"_s, u"2026-11-02"_s}, {u"until"_s, u"2026-11-01"_s}}).ok());
        QVERIFY(mailQueryOf({{u"since"_s, u"2026-11-02"_s}, {u"until"_s, u"2026-11-02"_s}}).ok());
    }

    void badDates_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("since") << u"since"_s;
        QTest::newRow("until") << u"until"_s;
    }
    void badDates()
    {
        QFETCH(QString, name);
        for (const QString &date : {u"yesterday"_s, u"2026-13-01"_s, QString()}) {
            const auto query = mailQueryOf({{name, date}});
            QVERIFY(!query.ok());
            QCOMPARE(query.error().kind, Error::Kind::BadRequest);
            QVERIFY(query.error().detail.contains(u'"' + name + u'"'));
        }
    }
};

QTEST_GUILESS_MAIN(TestMailQuery)
#include "tst_mail_query.moc"
