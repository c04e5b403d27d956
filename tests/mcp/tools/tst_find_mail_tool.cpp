// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FindMail against the mailboxes of the sample tenant: the same facts as Graph's JSON.

#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/mailbox.h"

using namespace Qt::StringLiterals;
using namespace mcp;

class TestFindMailTool : public QObject
{
    Q_OBJECT

private:
    // Ids in the order in which the answer lists them.
    static QStringList idsIn(const QString &answer)
    {
        QStringList ids;
        for (const QString &line : answer.split(u'\n')) {
            if (line.startsWith(u"  id: "_s))
                ids.append(line.mid(6));
        }
        return ids;
    }
    // Ids of Adele's mails that fit, the newest first.
    static QStringList idsWhere(const std::function<bool(const QJsonObject &)> &fits)
    {
        QStringList ids;
        for (const QJsonObject &mail :
             sandbox::Mailbox::messages(*sandbox::personByKey(u"adele"_s), false)) {
            if (fits(mail))
                ids.append(mail["id"_L1].toString());
        }
        return ids;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void rowsHaveGraphsFacts()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, {{u"text"_s, u"budget v2 thanks"_s}});
        QVERIFY(result.ok());
        const auto none = world.call(u"FindMail"_s, {{u"text"_s, u"unicorn"_s}});
        QCOMPARE(none->text, u"No mail matches."_s);
        const auto newest = world.call(u"FindMail"_s, {{u"limit"_s, 1}, {u"folder"_s, u"inbox"_s}});
        const QStringList lines = newest->text.split(u'\n');
        QCOMPARE(lines.size(), 9);
        QCOMPARE(lines[0], u"1 mail, times of Europe/Berlin."_s);
        QVERIFY(lines[1].contains(u"written by others"_s));
        QCOMPARE(lines[2], lines[7]);
        QCOMPARE(lines[3],
                 u"2026-11-24 11:31 +01:00  from Nestor Wilke <NestorW@contoso.com>  unread"_s);
        QCOMPARE(lines[4], u"  Lunch on Wednesday?"_s);
        QCOMPARE(
            lines[5],
            u"  The new place by the station has a table for four at 12:30. Shall I take it? Nestor"_s);
        QCOMPARE(lines[6], u"  id: AAMkAGUzY2Nz-0005_AAA="_s);
        QVERIFY(lines[8].startsWith(u"More: call FindMail with {\"cursor\":"_s));
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"Mail.Read"_s});
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aFolderThatIsNotThereOrTwice()
    {
        ContosoWorld world;
        const auto none = world.call(u"FindMail"_s, {{u"folder"_s, u"Projekte"_s}});
        QVERIFY(none->text.startsWith(u"No mail folder has that name; these are there:\n"_s));
        QVERIFY(none->text.contains(u"written by others: data"_s));
        QVERIFY(none->text.contains(u"\nProjects/Fair/2026\n"_s));
        QVERIFY(none->text.contains(u"\nPosteingang/Suppliers (evil)\n"_s));
        const int asked = world.tenant.count(u"graph"_s);
        const auto twice = world.call(u"FindMail"_s, {{u"folder"_s, u"Fair"_s}});
        QVERIFY(twice->text.startsWith(u"More than one mail folder has that name:\n"_s));
        QVERIFY(twice->text.contains(u"\nProjects/Fair\nArchiv/Fair\n"_s)
                || twice->text.contains(u"\nArchiv/Fair\nProjects/Fair\n"_s));
        QVERIFY(!twice->text.contains(u"2026"_s));
        QCOMPARE(world.tenant.count(u"graph"_s), asked); // they are remembered for a while
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void aFolderIsNoPath()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, {{u"folder"_s, u"inbox/../../users"_s}});
        QVERIFY(result->text.startsWith(u"No mail folder has that name"_s));
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void questions_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QStringList>("ids");
        const auto received = [](const QJsonObject &mail) {
            return mail["receivedDateTime"_L1].toString();
        };
        QTest::newRow("all, the newest first")
            << QJsonObject{{u"limit"_s, 25}} << idsWhere([](const QJsonObject &) { return true; });
        QTest::newRow("unread") << QJsonObject{{u"unread"_s, true}}
                                << idsWhere([](const QJsonObject &mail) {
                                       return !mail["isRead"_L1].toBool();
                                   });
        QTest::newRow("folder") << QJsonObject{{u"folder"_s, u"archive"_s}}
                                << idsWhere([](const QJsonObject &mail) {
                                       return mail["subject"_L1] == u"Fire drill"_s;
                                   });
        QTest::newRow("a folder of the person's, by its path")
            << QJsonObject{{u"folder"_s, u"projects/fair"_s}}
            << QStringList{u"AAMkAGUzY2Nz-0101_AAA="_s};
        QTest::newRow("a folder deep down, by its name, with words")
            << QJsonObject{{u"folder"_s, u"2026"_s}, {u"text"_s, u"stand"_s}}
            << QStringList{u"AAMkAGUzY2Nz-0102_AAA="_s};
        QTest::newRow("a folder in a folder that every mailbox has")
            << QJsonObject{{u"folder"_s, u"Archiv/Fair"_s}}
            << QStringList{u"AAMkAGUzY2Nz-0103_AAA="_s};
        QTest::newRow("as people write it")
            << QJsonObject{{u"folder"_s, u" Sent Items "_s}}
            << idsWhere([](const QJsonObject &mail) {
                   return mail["subject"_L1].toString().startsWith(u"RE: Budget"_s)
                       && mail["from"_L1]["emailAddress"_L1]["name"_L1] == u"Adele Vance"_s;
               });
        QTest::newRow("attachments, none of them inline")
            << QJsonObject{{u"hasAttachments"_s, true}}
            << idsWhere([](const QJsonObject &mail) { return mail["hasAttachments"_L1].toBool(); });
        QTest::newRow("days") << QJsonObject{{u"since"_s, u"2026-11-18"_s},
                                             {u"until"_s, u"2026-11-22"_s}}
                              << idsWhere([&](const QJsonObject &mail) {
                                     return received(mail) >= u"2026-11-17T23"
                                         && received(mail) < u"2026-11-22T23";
                                 });
        QTest::newRow("sender") << QJsonObject{{u"from"_s, u"megan bowen"_s}}
                                << idsWhere([](const QJsonObject &mail) {
                                       return mail["from"_L1]["emailAddress"_L1]["name"_L1]
                                           == u"Megan Bowen"_s;
                                   });
        QTest::newRow("words, of which unread")
            << QJsonObject{{u"text"_s, u"budget"_s}, {u"unread"_s, true}}
            << QStringList{u"AAMkAGUzY2Nz-0003_AAA="_s};
        QTest::newRow("words and days")
            << QJsonObject{{u"text"_s, u"budget"_s}, {u"until"_s, u"2026-11-16"_s}}
            << QStringList{u"AAMkAGUzY2Nz-0002_AAA="_s, u"AAMkAGUzY2Nz-0001_AAA="_s};
    }
    void questions()
    {
        QFETCH(QJsonObject, arguments);
        QFETCH(QStringList, ids);
        QVERIFY(!ids.isEmpty());
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, arguments);
        QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(result.error().detail));
        QCOMPARE(idsIn(result->text), ids);
    }

    void pagesFollowEachOther()
    {
        ContosoWorld world;
        QStringList seen;
        QJsonObject arguments{{u"limit"_s, 2}};
        for (int page = 0; page < 6; ++page) {
            const auto result = world.call(u"FindMail"_s, arguments);
            QVERIFY(result.ok());
            seen += idsIn(result->text);
            arguments = {{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
        }
        QCOMPARE(seen, idsWhere([](const QJsonObject &) { return true; }));
        QCOMPARE(arguments["cursor"_L1].toString(), QString());
    }

    // Unread ones are picked by us from what Graph found: a page may have none of them.
    void aPageWithoutAMatchSaysThatThereIsMore()
    {
        ContosoWorld world;
        const auto first = world.call(
            u"FindMail"_s, {{u"from"_s, u"contoso"_s}, {u"unread"_s, true}, {u"limit"_s, 1}});
        QVERIFY(first.ok());
        QVERIFY2(first->text.startsWith(u"No mail on this page matches."_s),
                 qPrintable(first->text));
        const auto second =
            world.call(u"FindMail"_s, {{u"cursor"_s, ContosoWorld::cursorIn(first->text)}});
        QVERIFY(second.ok());
        QCOMPARE(idsIn(second->text), QStringList{u"AAMkAGUzY2Nz-0005_AAA="_s});
    }

    void aCursorIsForWhomItWasGiven()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, {{u"limit"_s, 1}});
        const QJsonObject cursor{{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
        const int before = world.tenant.count(u"graph"_s);
        const auto other = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/b"_s);
        QCOMPARE(world.call(u"FindMail"_s, cursor, other).error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.call(u"ReadMail"_s, cursor).error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.tenant.count(u"graph"_s), before);
        QVERIFY(world.call(u"FindMail"_s, cursor).ok());
    }

    void nothingOfAnOutsiderHides()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, {{u"folder"_s, u"junkemail"_s}});
        QVERIFY(result.ok());
        const QString &text = result->text;
        QVERIFY(text.contains(u"from Adele Vance <billing@contoso-pay.example>"_s));
        QVERIFY(text.contains(u"\n  Invoice overdue\n"_s));
        for (const QChar c : text)
            QVERIFY(c == u'\n' || (c.isPrint() && !c.isSurrogate()));
    }

    void badArgumentsAskNothingOfGraph()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindMail"_s, {{u"since"_s, u"yesterday"_s}});
        QCOMPARE(result.error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.tenant.count(u"graph"_s), 0);
        QVERIFY(world.tokens.requests.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFindMailTool)
#include "tst_find_mail_tool.moc"
