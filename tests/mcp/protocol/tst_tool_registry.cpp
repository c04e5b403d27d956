// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/tool_registry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestToolRegistry : public QObject
{
    Q_OBJECT

private:
    static Tool tool(const QString &name)
    {
        return {.name = name,
                .title = u"Title"_s,
                .description = u"Text."_s,
                .inputSchema = {{u"type"_s, u"object"_s},
                                {u"properties"_s, QJsonObject{}},
                                {u"additionalProperties"_s, false}},
                .handler = [](const QJsonObject &, const RequestContextPtr &) {
                    return readyAsync<ToolResult>(ToolResult{});
                }};
    }

private Q_SLOTS:
    void toolsAreFoundAndKeepTheirOrder()
    {
        ToolRegistry registry;
        for (const QString &name : {u"Zebra"_s, u"Ape"_s, u"Mouse"_s})
            QVERIFY(registry.add(tool(name)).ok());
        QStringList names;
        for (const Tool &one : registry.tools())
            names.append(one.name);
        QCOMPARE(names, (QStringList{u"Zebra"_s, u"Ape"_s, u"Mouse"_s}));
        QCOMPARE(registry.find(u"Ape"_s)->name, u"Ape"_s);
        QVERIFY(!registry.find(u"ape"_s));
        QVERIFY(!registry.find({}));
    }

    void namesThatClientsWouldDropAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QString();
        QTest::newRow("begins small") << u"getMail"_s;
        QTest::newRow("a dot") << u"Get.Mail"_s;
        QTest::newRow("an underscore") << u"Get_Mail"_s;
        QTest::newRow("a blank") << u"Get Mail"_s;
        QTest::newRow("a line feed at the end") << u"GetMail\n"_s;
        QTest::newRow("33 characters") << QString(33, u'A');
        QTest::newRow("not ASCII") << u"Žebra"_s;
        QTest::newRow("there already") << u"Taken"_s;
    }
    void namesThatClientsWouldDropAreRefused()
    {
        QFETCH(QString, name);
        ToolRegistry registry;
        QVERIFY(registry.add(tool(u"Taken"_s)).ok());
        const auto added = registry.add(tool(name));
        QVERIFY(!added.ok());
        QCOMPARE(added.error().kind, Error::Kind::Bug);
        QCOMPARE(registry.tools().size(), 1);
        QVERIFY(registry.add(tool(QString(32, u'A'))).ok());
    }

    void aToolWithABadSchemaOrNoHandlerIsRefused()
    {
        ToolRegistry registry;
        Tool badInput = tool(u"BadInput"_s);
        badInput.inputSchema.remove(u"additionalProperties"_s);
        QVERIFY(!registry.add(badInput).ok());
        Tool badOutput = tool(u"BadOutput"_s);
        badOutput.outputSchema = {{u"type"_s, u"array"_s}};
        QVERIFY(!registry.add(badOutput).ok());
        Tool lazy = tool(u"Lazy"_s);
        lazy.handler = nullptr;
        QVERIFY(!registry.add(lazy).ok());
        QVERIFY(registry.tools().isEmpty());
    }

    void argumentsAreCheckedAgainstTheToolsOwnSchema()
    {
        ToolRegistry registry;
        QVERIFY(registry.add(tool(u"Plain"_s)).ok());
        const Tool &plain = *registry.find(u"Plain"_s);
        QVERIFY(registry.argumentProblem(plain, {}).isEmpty());
        QVERIFY(registry.argumentProblem(plain, {{u"x"_s, 1}}).contains(u"Known: none"_s));
    }
};

QTEST_GUILESS_MAIN(TestToolRegistry)
#include "tst_tool_registry.moc"
