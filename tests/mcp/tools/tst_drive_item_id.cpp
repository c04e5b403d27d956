// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ids that a model carries: nothing in them can become another path.

#include "mcp/tools/drive_item_id.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestDriveItemId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereTheyLead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("scope");
        QTest::newRow("root") << u"root"_s << u"/v1.0/me/drive/root"_s << u"Files.Read"_s;
        QTest::newRow("own") << u"me/01ABC"_s << u"/v1.0/me/drive/items/01ABC"_s << u"Files.Read"_s;
        QTest::newRow("site") << u"b!a-B_9/01ABC"_s << u"/v1.0/drives/b!a-B_9/items/01ABC"_s
                              << u"Files.Read.All"_s;
        QTest::newRow("personal") << u"12ab/12AB!345"_s << u"/v1.0/drives/12ab/items/12AB!345"_s
                                  << u"Files.Read.All"_s;
    }
    void whereTheyLead()
    {
        QFETCH(QString, text);
        QFETCH(QString, path);
        QFETCH(QString, scope);
        const auto id = DriveItemId::of(text);
        QVERIFY(id);
        QCOMPARE(id->path(), path);
        QCOMPARE(id->scopes(), QStringList{scope});
        QCOMPARE(id->text(), text);
    }

    void whatIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "/", "me", "me/", "/01", "me/01/children", "me/..", "../01",
                                 "me/01?a=b", "me/01%2F", "me/01 ", "me/01\n", "me/0\xC3\xA4",
                                 "b!x/01:/content", "drive/items/01", "me\\01"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("long") << u"me/"_s + QString(201, u'A');
    }
    void whatIsNone()
    {
        QFETCH(QString, text);
        QVERIFY(!DriveItemId::of(text));
    }

    void aShortcutLeadsToWhatItIsFor()
    {
        const QJsonObject there{{u"id"_s, u"09"_s},
                                {u"parentReference"_s, QJsonObject{{u"driveId"_s, u"b!other"_s}}}};
        const QJsonObject item{{u"id"_s, u"01"_s},
                               {u"parentReference"_s, QJsonObject{{u"driveId"_s, u"b!own"_s}}}};
        QJsonObject shortcut = item;
        shortcut.insert(u"remoteItem"_s, there);
        QCOMPARE(DriveItemId::ofItem(item, true)->text(), u"me/01"_s);
        QCOMPARE(DriveItemId::ofItem(item, false)->text(), u"b!own/01"_s);
        QCOMPARE(DriveItemId::ofItem(shortcut, true)->text(), u"b!other/09"_s);
        QVERIFY(!DriveItemId::ofItem({{u"id"_s, u"../x"_s}}, true));
        QVERIFY(!DriveItemId::ofItem({{u"id"_s, u"01"_s}}, false));
    }
};

QTEST_GUILESS_MAIN(TestDriveItemId)
#include "tst_drive_item_id.moc"
