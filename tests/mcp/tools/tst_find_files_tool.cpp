// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FindFiles against the drives of the sample tenant: the same facts as Graph's JSON.

#include "tests/mcp/support/contoso_world.h"
#include "tests/sandbox/drive.h"

using namespace Qt::StringLiterals;
using namespace mcp;

class TestFindFilesTool : public QObject
{
    Q_OBJECT

private:
    static QStringList idsIn(const QString &answer)
    {
        QStringList ids;
        for (const QString &line : answer.split(u'\n')) {
            if (line.startsWith(u"  id: "_s))
                ids.append(line.mid(6));
        }
        return ids;
    }
    static QStringList idsBelow(const QString &folder, const QString &prefix)
    {
        QStringList ids;
        for (const QJsonObject &item : sandbox::Drive::items(*sandbox::personByKey(u"adele"_s))) {
            if (item["parentReference"_L1]["id"_L1] == folder)
                ids.append(prefix + item["id"_L1].toString());
        }
        return ids;
    }
    static QStringList sorted(QStringList list)
    {
        list.sort();
        return list;
    }
    // Of all pages, one after the other.
    static QStringList allIds(ContosoWorld &world, QJsonObject arguments, int *pages)
    {
        QStringList ids;
        for (*pages = 0; *pages < 20; ++*pages) {
            const auto result = world.call(u"FindFiles"_s, arguments);
            if (!result.ok())
                return {result.error().detail};
            ids += idsIn(result->text);
            arguments = {{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
            if (arguments["cursor"_L1].toString().isEmpty())
                break;
        }
        return ids;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void aFolderIsListedWithGraphsFacts()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s, {{u"folder"_s, u"me/01ADV7PROJECTS"_s}});
        QVERIFY(result.ok());
        const QStringList lines = result->text.split(u'\n');
        QCOMPARE(lines.size(), 13);
        QCOMPARE(lines[0], u"3 items, times of Europe/Berlin."_s);
        QVERIFY(lines[1].contains(u"written by others"_s));
        QCOMPARE(lines[3], u"file  Budget 2027.xlsx  (10 kB)"_s);
        QCOMPARE(lines[4], u"  2026-11-21 18:45 +01:00 by Nestor Wilke <NestorW@contoso.com>"_s);
        QCOMPARE(lines[5], u"  id: me/01ADV7BUDGET"_s);
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"Files.Read"_s});
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void withoutArgumentsTheOwnOneDrive()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s);
        QVERIFY(result.ok());
        QStringList ids = idsBelow(u"01ADV7ROOT"_s, u"me/"_s);
        ids.replaceInStrings(u"me/01ADV7SHORTCUT"_s,
                             sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7FAIR"_s);
        QCOMPARE(sorted(idsIn(result->text)), sorted(ids));
        QVERIFY(result->text.contains(u"\nshared folder  Fair (Megan)\n"_s));
        QVERIFY(result->text.contains(u"\nfolder  Daily reports  (23 items)\n"_s));
        QVERIFY(result->text.contains(u"\nfile  Empty.txt  (0 bytes)\n"_s));
        QVERIFY(result->text.contains(u"\nfile  Inventory.log  (3.1 MB)\n"_s)
                || result->text.contains(u"\nfile  Inventory.log  (3 MB)\n"_s));
        QCOMPARE(idsIn(world.call(u"FindFiles"_s, {{u"folder"_s, u"root"_s}})->text),
                 idsIn(result->text));
    }

    void foldersOfOthers()
    {
        ContosoWorld world;
        const QString fair = sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7FAIR"_s;
        const auto shared = world.call(u"FindFiles"_s, {{u"folder"_s, fair}});
        QVERIFY(shared.ok());
        QCOMPARE(idsIn(shared->text),
                 QStringList{sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7STAND"_s});
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"Files.Read.All"_s});
        const QString own = sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7ROOT"_s;
        QCOMPARE(world.call(u"FindFiles"_s, {{u"folder"_s, own}}).error().kind,
                 Error::Kind::Forbidden);
        QCOMPARE(world.call(u"FindFiles"_s, {{u"folder"_s, u"me/01ADV7EMPTYDIR"_s}})->text,
                 u"This folder is empty."_s);
    }

    void wordsFindAllThatThePersonCanReach()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s, {{u"text"_s, u"(Budget)"_s}});
        QVERIFY(result.ok());
        QCOMPARE(idsIn(result->text),
                 (QStringList{sandbox::Drive::driveOf(u"adele"_s) + u"/01ADV7BUDGET"_s,
                              sandbox::Drive::driveOf(u"megan"_s) + u"/01MGN7STAND"_s,
                              sandbox::Drive::driveOf({}) + u"/01MKT7BRIEF"_s,
                              u"b!Retail-Site_5pLx2K/01RTL7BUDGET"_s}));
        QVERIFY(result->text.contains(
            u"\n  in contoso.sharepoint.com/sites/Marketing/Shared Documents/Campaigns\n"_s));
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"Files.Read.All"_s});
        QCOMPARE(world.call(u"FindFiles"_s, {{u"text"_s, u"unicorn"_s}})->text,
                 u"No file matches."_s);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void wordsWithinAFolder()
    {
        ContosoWorld world;
        const auto own = world.call(
            u"FindFiles"_s, {{u"text"_s, u"budget"_s}, {u"folder"_s, u"me/01ADV7PROJECTS"_s}});
        QVERIFY(own.ok());
        QCOMPARE(idsIn(own->text), QStringList{u"me/01ADV7BUDGET"_s});
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"Files.Read"_s});
        const auto quoted =
            world.call(u"FindFiles"_s, {{u"text"_s, u"till's"_s}, {u"folder"_s, u"root"_s}});
        QVERIFY(quoted.ok());
        QCOMPARE(quoted->text, u"No file matches."_s);
    }

    void pagesFollowEachOther()
    {
        ContosoWorld world;
        int pages = 0;
        // 23 reports and the folder that is named like them, and 60 of the shops.
        const QStringList everywhere = allIds(world, {{u"text"_s, u"report"_s}}, &pages);
        QCOMPARE(everywhere.size(), 84);
        QVERIFY(pages >= 3);
        const QStringList digits = allIds(world, {{u"text"_s, u"e"_s}}, &pages);
        QCOMPARE(digits.size(), QSet<QString>(digits.begin(), digits.end()).size());
        QVERIFY(digits.size() > 30);
    }

    void aCursorIsForWhomItWasGiven()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s, {{u"text"_s, u"e"_s}});
        const QJsonObject cursor{{u"cursor"_s, ContosoWorld::cursorIn(result->text)}};
        const int before = world.tenant.count(u"graph"_s);
        const auto other = ContosoWorld::contextOf(world.tokens.defaultPrincipal(), u"/b"_s);
        QCOMPARE(world.call(u"FindFiles"_s, cursor, other).error().kind, Error::Kind::BadRequest);
        QCOMPARE(world.tenant.count(u"graph"_s), before);
        QVERIFY(world.call(u"FindFiles"_s, cursor).ok());
    }

    void nothingOfAnOutsiderHides()
    {
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s);
        QVERIFY(result->text.contains(u"\nfile  invoicefdp.exe  "_s));
        for (const QChar c : result->text)
            QVERIFY(c == u'\n' || c.isPrint());
    }

    void badArgumentsAskNothingOfGraph_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("no words") << QJsonObject{{u"text"_s, u" :*() "_s}};
        QTest::newRow("no id") << QJsonObject{{u"folder"_s, u"Projects"_s}};
        QTest::newRow("path") << QJsonObject{{u"folder"_s, u"me/01/../02"_s}};
        QTest::newRow("cursor") << QJsonObject{{u"cursor"_s, u"x.y"_s}};
    }
    void badArgumentsAskNothingOfGraph()
    {
        QFETCH(QJsonObject, arguments);
        ContosoWorld world;
        const auto result = world.call(u"FindFiles"_s, arguments);
        QCOMPARE(result.error().cause, Cause::ArgumentWrong);
        QVERIFY(world.tokens.requests.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFindFilesTool)
#include "tst_find_files_tool.moc"
