// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every tool against the rules, and against its snapshot: what a model reads changes only on
// purpose. UPDATE_TOOL_SNAPSHOTS=1 rewrites tests/data/tools/<tool>.json.

#include "mcp/protocol/era.h"
#include "mcp/protocol/tool_registry.h"
#include "mcp/tools/all_tools.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestAllTools : public QObject
{
    Q_OBJECT

private:
    const QDir m_snapshots{QStringLiteral(TOOL_SNAPSHOTS)};

private Q_SLOTS:
    void theRegistryTakesThemAll()
    {
        ToolRegistry registry;
        for (const Tool &tool : allTools(nullptr)) {
            const auto added = registry.add(tool);
            QVERIFY2(added.ok(), added.ok() ? "" : qPrintable(added.error().detail));
        }
    }

    void theWholeListIsSmall()
    {
        const QJsonObject list = Era::modern().listToolsResult(
            {u"graph-valet"_s, u"Graph Valet"_s, u"1"_s}, allTools(nullptr));
        QVERIFY(QJsonDocument(list).toJson(QJsonDocument::Compact).size() < 10'000);
        for (const Tool &tool : allTools(nullptr)) {
            QVERIFY2(tool.description.size() <= 300, qPrintable(tool.name));
            QVERIFY2(!tool.title.isEmpty(), qPrintable(tool.name));
        }
    }

    void nothingThatReadsCallsItselfDestructive()
    {
        for (const Tool &tool : allTools(nullptr))
            QVERIFY(!(tool.annotations.readOnly && tool.annotations.destructive));
    }

    void everyToolIsAsInItsSnapshot_data()
    {
        QTest::addColumn<QJsonObject>("tool");
        for (const Tool &tool : allTools(nullptr))
            QTest::newRow(qPrintable(tool.name)) << Era::modern().toolToJson(tool);
    }
    void everyToolIsAsInItsSnapshot()
    {
        QFETCH(QJsonObject, tool);
        const QByteArray now = QJsonDocument(tool).toJson(QJsonDocument::Indented);
        QFile file(m_snapshots.filePath(tool["name"_L1].toString() + u".json"_s));
        if (qEnvironmentVariable("UPDATE_TOOL_SNAPSHOTS") == "1"_L1) {
            QVERIFY(QDir().mkpath(m_snapshots.path()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(now), now.size());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), "no snapshot; UPDATE_TOOL_SNAPSHOTS=1 writes it");
        QCOMPARE(QString::fromUtf8(now), QString::fromUtf8(file.readAll()));
    }

    // UPDATE_TOOL_SNAPSHOTS=1 writes this one too.
    void theTableOfTheReadmeIsCurrent()
    {
        const QString begin = u"<!-- tools -->\n"_s;
        const QString end = u"<!-- /tools -->\n"_s;
        QString table = u"| tool | what an AI client gets | part of the account | permission |\n"
                        "| --- | --- | --- | --- |\n"_s;
        for (const Tool &tool : allTools(nullptr)) {
            const QString named = u'`' + tool.scopes.join(u"`, `"_s) + u'`';
            const QString scopes = tool.scopes.isEmpty() ? u"none"_s : named;
            const QString asked =
                tool.scopes.isEmpty() ? u"the operation's least"_s : u"of "_s + named;
            // Of tools that depend on what is asked for, some need an argument to say so.
            const auto area = tool.areaOf ? tool.areaOf({}) : Result<Area>(tool.area);
            table += u"| `%1` | %2 | %3 | %4 |\n"_s.arg(
                tool.name, tool.description.section(u". "_s, 0, 0),
                area.ok() ? areaWord(*area) : u"what is asked for"_s, area.ok() ? scopes : asked);
        }
        QFile file(QStringLiteral(README_FILE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString readme = QString::fromUtf8(file.readAll());
        file.close();
        const auto from = readme.indexOf(begin) + begin.size();
        const auto to = readme.indexOf(end);
        QVERIFY(from >= begin.size() && to >= from);
        if (qEnvironmentVariable("UPDATE_TOOL_SNAPSHOTS") == "1"_L1) {
            readme.replace(from, to - from, table);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QVERIFY(file.write(readme.toUtf8()) > 0);
            return;
        }
        QCOMPARE(readme.mid(from, to - from), table);
    }

    void everySnapshotBelongsToATool()
    {
        QStringList names;
        for (const Tool &tool : allTools(nullptr))
            names.append(tool.name + u".json"_s);
        names.sort();
        QCOMPARE(m_snapshots.entryList({u"*.json"_s}, QDir::Files, QDir::Name), names);
    }
};

QTEST_GUILESS_MAIN(TestAllTools)
#include "tst_all_tools.moc"
