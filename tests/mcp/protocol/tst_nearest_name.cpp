// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/nearest_name.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestNearestName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("meant");
        const auto row = [](const char *name, const char *meant) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(meant);
        };
        row("has_attachments", "hasAttachments");
        row("HASATTACHMENTS", "hasAttachments");
        row("hasAttachment", "hasAttachments");
        row("hasAtachmnets", "hasAttachments");
        row("form", "from");
        row("folderName", "folder");
        row("fold", "folder");
        row("sinse", "since");
        row("limits", "limit");
        row("query", "");
        row("top", "");
        row("x", "");
        row("", "");
        row("ünread", "unread");
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, meant);
        const QStringList known{u"cursor"_s,         u"folder"_s, u"from"_s,
                                u"hasAttachments"_s, u"limit"_s,  u"since"_s,
                                u"text"_s,           u"unread"_s, u"until"_s};
        QCOMPARE(nearestName(name, known), meant);
    }

    void whereNothingIsKnownNothingIsMeant() { QCOMPARE(nearestName(u"a"_s, {}), QString()); }

    void aHugeNameIsNotComparedWhole()
    {
        QCOMPARE(nearestName(u"since"_s + QString(1'000'000, u'x'), {u"since"_s}), u"since"_s);
    }
};

QTEST_APPLESS_MAIN(TestNearestName)
#include "tst_nearest_name.moc"
