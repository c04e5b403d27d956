// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every message that we send is one that the official JSON schema of its revision allows: results,
// errors and notifications of a session over all methods, and of a whole host with the real tools.

#include "mcp/mcp_host.h"
#include "mcp/protocol/schema_check.h"
#include "tests/mcp/support/checked_talk.h"
#include "tests/mcp/support/fakes.h"
#include "tests/mcp/support/tool_calls.h"
#include "tests/sandbox/sandbox_tenant.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace session_test;

class TestSchemas : public QObject
{
    Q_OBJECT

private:
    static QJsonArray imageAndResource()
    {
        const QJsonObject text{{u"uri"_s, u"test://a"_s}, {u"text"_s, u"x"_s}};
        return {QJsonObject{{u"type"_s, u"image"_s},
                            {u"data"_s, u"AA=="_s},
                            {u"mimeType"_s, u"image/png"_s}},
                QJsonObject{{u"type"_s, u"resource"_s}, {u"resource"_s, text}}};
    }
    static QJsonObject askForAName()
    {
        const QJsonObject form{
            {u"type"_s, u"object"_s},
            {u"properties"_s, QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
        const QJsonObject params{
            {u"mode"_s, u"form"_s}, {u"message"_s, u"Who?"_s}, {u"requestedSchema"_s, form}};
        const QJsonObject ask{{u"method"_s, u"elicitation/create"_s}, {u"params"_s, params}};
        return {{u"inputRequests"_s, QJsonObject{{u"who"_s, ask}}},
                {u"requestState"_s, u"sealed"_s}};
    }
    static void addRevisions()
    {
        QTest::addColumn<QByteArray>("revision");
        const QByteArrayList revisions{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25",
                                       newestRevision};
        for (const QByteArray &revision : revisions)
            QTest::newRow(revision.constData()) << revision;
    }
    static void openConnection(Talk &talk, const QByteArray &revision)
    {
        if (talk.isModern()) {
            talk.ask("server/discover");
        } else {
            talk.send(initialize(revision));
        }
        talk.wait();
    }

private Q_SLOTS:
    void whatASessionSendsFits_data() { addRevisions(); }
    void whatASessionSendsFits()
    {
        QFETCH(QByteArray, revision);
        World world;
        Talk talk(revision, &world.sent, [&world](const QByteArray &line) { world.receive(line); });
        const bool isModern = talk.isModern();

        // What cannot be read, before and without a handshake.
        for (const QByteArray &line :
             {QByteArray("{"), QByteArray("5"), QByteArray("[]"), QByteArray("[{}]"),
              QByteArray("{\"jsonrpc\":\"1.0\",\"id\":7}"), request("null", "ping"),
              request("\"x\"", "tools/list")}) {
            talk.send(line);
            talk.wait();
        }
        world.session->receiveTooLong();
        talk.wait();
        openConnection(talk, revision);

        // Every method with a result.
        for (const char *method :
             {"ping", "tools/list", "resources/list", "resources/templates/list"}) {
            talk.ask(method);
            talk.wait();
        }
        talk.ask("tools/call", named("Echo", R"(,"arguments":{"text":"Žluťoučký 🦊"})"));
        talk.wait();
        talk.ask("tools/call", named("Echo", R"(,"arguments":{"text":5})"));
        talk.wait();
        talk.ask("tools/call", named("Wait"));
        world.waiting.last().answer(ToolResult{.text = u"What to do."_s, .isError = true});
        talk.wait();
        talk.ask("resources/read", slowUri);
        world.reading.last().answer(u"{}"_s);
        talk.wait();

        // Every error.
        for (const QByteArray &line :
             {talk.line("prompts/list"), talk.line("tools/call", named("Nope")),
              talk.line("tools/call"), talk.line("tools/list", R"("cursor":"x")"),
              talk.line("resources/read", uriOf("graph://nope")),
              talk.line("resources/read", R"("uri":5)"), talk.line("initialize")}) {
            talk.send(line);
            talk.wait();
        }
        for (const Error::Kind kind : allErrorKinds()) {
            const Error error{.kind = kind, .detail = u"What to do."_s};
            talk.ask("tools/call", named("Wait"));
            world.waiting.last().answer(error);
            talk.wait();
            talk.ask("resources/read", slowUri);
            world.reading.last().answer(error);
            talk.wait();
        }
        talk.ask("tools/call", named("Wait"));
        world.waiting.last().answer(ToolResult{.text = QString(9 * 1024 * 1024, u'x')});
        talk.wait();

        talk.ask("tools/call", named("Wait"));
        world.waiting.last().answer(ToolResult{.content = imageAndResource()});
        talk.wait();

        // Every notification.
        for (const QByteArray &token : {QByteArray("7"), QByteArray("\"t\""), QByteArray("0")}) {
            talk.send(reporting(talk.line("tools/call", named("Wait")), isModern, token));
            world.contexts.last()->progress(u"Waiting for the person"_s);
            talk.wait();
            world.waiting.last().answer(ToolResult{.text = u"done"_s});
            talk.wait();
        }
        QStringList expected{u"error -32600"_s,
                             u"error -32601"_s,
                             u"error -32602"_s,
                             u"error -32603"_s,
                             u"error -32700"_s,
                             u"error 1001"_s,
                             u"error 1002"_s,
                             u"error 1003"_s,
                             u"error 1004"_s,
                             u"notifications/progress"_s,
                             u"resources/list"_s,
                             u"resources/read"_s,
                             u"resources/templates/list"_s,
                             u"tools/call"_s,
                             u"tools/list"_s};
        if (isModern) {
            Tool needy = *world.tools.find(u"Wait"_s);
            needy.name = u"Needy"_s;
            needy.needs = {{u"sampling"_s, QJsonObject{}}};
            QVERIFY(world.tools.add(needy).ok());
            talk.ask("tools/call", named("Needy"));
            talk.wait();
            talk.ask("tools/call", named("Wait"));
            world.waiting.last().answer(ToolResult{.inputRequired = askForAName()});
            talk.wait();
            for (const QByteArray &id : {QByteArray("1000"), QByteArray("\"listen:0\"")}) {
                talk.send(modern(id, "subscriptions/listen",
                                 R"("notifications":{"toolsListChanged":true})"));
                talk.wait();
            }
            world.session->announce({.what = ListChange::What::Tools});
            talk.wait(2);
            talk.send(
                request("1001", "tools/list", QByteArray(modernMeta).replace("-07-", "-08-")));
            talk.wait();
            expected += {u"error -32021"_s,
                         u"error -32022"_s,
                         u"notifications/tools/list_changed"_s,
                         u"tools/call asks"_s,
                         u"notifications/subscriptions/acknowledged"_s,
                         u"server/discover"_s};
        } else {
            talk.send(notification("notifications/initialized", ""));
            for (const auto what : {ListChange::What::Tools, ListChange::What::Resources}) {
                world.session->announce({.what = what});
                talk.wait();
            }
            expected +=
                {u"notifications/tools/list_changed"_s, u"notifications/resources/list_changed"_s,
                 u"error -32002"_s, u"initialize"_s, u"ping"_s};
        }
        if (revision == "2025-03-26") {
            talk.send('[' + talk.line("tools/list") + ',' + talk.line("nonsense") + ",5,"
                      + talk.line("resources/read", slowUri) + ']');
            world.reading.last().answer(u"{}"_s);
            talk.wait();
            expected += u"batch"_s;
        }
        expected.sort();
        QVERIFY2(talk.problems().isEmpty(), qPrintable(talk.problems()));
        QCOMPARE(talk.seen(), expected);
    }

    void whatTheWholeHostSendsFits_data() { addRevisions(); }
    void whatTheWholeHostSendsFits()
    {
        QFETCH(QByteArray, revision);
        sandbox::SandboxTenant tenant;
        QVERIFY(tenant.listen());
        FakeTokenSource tokens;
        tokens.issue = [&tenant](const auth::TokenRequest &request) {
            return Secret(tenant.issueAccessToken(u"adele"_s, request.scopes));
        };
        FakePrompt prompt;
        MemoryApprovals approvals;
        McpHost host({.tokens = &tokens,
                      .prompt = &prompt,
                      .approvals = &approvals,
                      .downloadFolder = [] { return QDir::rootPath() + u"none"_s; }},
                     tenant.graphUrl(), ApprovalMode::Allow);
        MemoryLink link;
        host.accept(&link);
        Talk talk(revision, &link.sent,
                  [&link](const QByteArray &line) { Q_EMIT link.lineReceived(line); });

        openConnection(talk, revision);
        talk.ask("resources/list");
        talk.wait();
        talk.ask("resources/templates/list");
        talk.wait();
        talk.ask("tools/list");
        const QJsonArray tools = talk.wait()["result"_L1]["tools"_L1].toArray();
        QVERIFY(!tools.isEmpty());
        QHash<QString, QJsonObject> listed;
        for (const auto &tool : tools)
            listed.insert(tool["name"_L1].toString(), tool.toObject());
        for (const ToolCall &call : toolCalls()) {
            const QJsonObject tool = listed.value(QString::fromLatin1(call.tool));
            QVERIFY2(!tool.isEmpty(), call.tool);
            talk.ask("tools/call",
                     named(call.tool,
                           ",\"arguments\":"
                               + QJsonDocument(call.arguments).toJson(QJsonDocument::Compact)));
            const QJsonObject result = talk.wait()["result"_L1].toObject();
            QVERIFY(!result.contains("isError"_L1));
            QCOMPARE(result.contains("structuredContent"_L1), tool.contains("outputSchema"_L1));
            if (!result.contains("structuredContent"_L1))
                continue;
            // The revisions: a result fits the tool's own schema.
            const auto own = SchemaCheck::compile(tool["outputSchema"_L1].toObject());
            QVERIFY(own.ok());
            QCOMPARE((*own)->problem(u"output"_s, result["structuredContent"_L1].toObject()),
                     QString());
        }
        talk.ask("resources/read", uriOf("graph://me"));
        QVERIFY(talk.wait().contains("result"_L1));

        // Nobody is signed in.
        tokens.error = {.kind = Error::Kind::SignInNeeded, .serviceCode = u"AADSTS700082"_s};
        talk.ask("tools/call", named("GetUserDetailsFromGraph"));
        QVERIFY(talk.wait()["result"_L1]["isError"_L1].toBool());
        talk.ask("resources/read", uriOf("graph://me"));
        QCOMPARE(talk.wait()["error"_L1]["code"_L1].toInt(), 1003);
        tokens.error = {};
        // Wrong arguments, a person who has to act, and one who refuses.
        talk.ask("tools/call", named("GetMyPresence", R"(,"arguments":{"who":"me"})"));
        QVERIFY(talk.wait()["result"_L1]["isError"_L1].toBool());
        tokens.hold = true;
        talk.send(reporting(talk.line("tools/call", named("GetUserDetailsFromGraph")),
                            talk.isModern(), "1"));
        QTRY_COMPARE(tokens.held.size(), 1);
        tokens.requests.last().progress(u"Waiting for the person to sign in"_s);
        QCOMPARE(talk.wait()["method"_L1].toString(), u"notifications/progress"_s);
        tokens.held.first().answer(Error{.kind = Error::Kind::NoAnswer});
        QVERIFY(talk.wait()["result"_L1]["isError"_L1].toBool());
        host.setApprovalMode(ApprovalMode::Deny);
        talk.ask("resources/read", uriOf("graph://me"));
        QCOMPARE(talk.wait()["error"_L1]["code"_L1].toInt(), 1003);

        QVERIFY2(talk.problems().isEmpty(), qPrintable(talk.problems()));
        QVERIFY(talk.seen().contains(u"notifications/progress"_s));
    }
};

QTEST_GUILESS_MAIN(TestSchemas)
#include "tst_schemas.moc"
