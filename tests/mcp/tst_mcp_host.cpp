// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole MCP side over a real local socket and a real HTTP server: an AI client in, Graph out.

#include "mcp/local/local_server.h"
#include "mcp/mcp_host.h"
#include "mcp/tools/all_tools.h"
#include "tests/mcp/support/fakes.h"
#include "tests/mcp/support/line_client.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace test_support;
using mcp::AccessDecision;
using mcp::ApprovalMode;

class TestMcpHost : public QObject
{
    Q_OBJECT

private:
    struct World
    {
        explicit World(ApprovalMode mode = ApprovalMode::Allow,
                       std::chrono::milliseconds callLimit = 45s, KeptActivity *activity = nullptr)
            : host({.tokens = &tokens,
                    .prompt = &prompt,
                    .approvals = &approvals,
                    .activity = activity,
                    .callLimit = callLimit},
                   graph.url(), mode)
        {
            QObject::connect(&server, &mcp::LocalServer::mcpConnected, &host,
                             &mcp::McpHost::accept);
            if (!server.listen(path()).ok())
                qFatal("cannot listen");
        }
        QString path() const { return folder.filePath(u"socket"_s); }

        ScriptedServer graph;
        FakeTokenSource tokens;
        FakePrompt prompt;
        MemoryApprovals approvals;
        QTemporaryDir folder;
        mcp::McpHost host;
        mcp::LocalServer server;
    };

    static QByteArray initialize()
    {
        return R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"tester","version":"1.2"}}})";
    }
    static QByteArray call(int id)
    {
        return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id)
            + R"(,"method":"tools/call","params":{"name":"GetUserDetailsFromGraph","arguments":{}}})";
    }
    static QByteArray read(int id)
    {
        return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id)
            + R"(,"method":"resources/read","params":{"uri":"graph://me"}})";
    }
    static QJsonObject adele()
    {
        return {
            {u"@odata.context"_s, u"https://graph.microsoft.com/v1.0/$metadata#users/$entity"_s},
            {u"id"_s, u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s},
            {u"displayName"_s, u"Adele Vance"_s},
            {u"jobTitle"_s, u"Retail Manager"_s},
            {u"mail"_s, u"AdeleV@contoso.com"_s}};
    }

private Q_SLOTS:
    void aClientHandshakesListsAndCalls()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()));
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        client.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
        const QJsonObject hello = client.nextObject()["result"_L1].toObject();
        QCOMPARE(hello["protocolVersion"_L1].toString(), u"2025-11-25"_s);
        QCOMPARE(hello["serverInfo"_L1]["name"_L1].toString(), u"graph-valet"_s);
        QVERIFY(hello["instructions"_L1].toString().contains(u"Microsoft Graph"_s));
        const QJsonArray tools = client.nextObject()["result"_L1]["tools"_L1].toArray();
        QCOMPARE(tools.size(), mcp::allTools(nullptr).size());
        QCOMPARE(tools[0]["name"_L1].toString(), u"GetUserDetailsFromGraph"_s);

        client.send(call(2));
        const QJsonObject answer = client.nextObject();
        QCOMPARE(answer["id"_L1].toInt(), 2);
        const QJsonObject result = answer["result"_L1].toObject();
        QVERIFY(!result.contains("isError"_L1));
        const QJsonObject profile = result["structuredContent"_L1].toObject();
        QCOMPARE(profile["displayName"_L1].toString(), u"Adele Vance"_s);
        QVERIFY(!profile.contains("@odata.context"_L1));
        const QByteArray text = result["content"_L1][0]["text"_L1].toString().toUtf8();
        QCOMPARE(QJsonDocument::fromJson(text).object(), profile);

        QCOMPARE(world.tokens.requests.size(), 1);
        QCOMPARE(world.tokens.requests.first().principal, u"tenant.person"_s);
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"User.Read"_s});
        QCOMPARE(world.tokens.requests.first().interaction, auth::Interaction::Allowed);
        QCOMPARE(world.tokens.requests.first().client.name, u"tester"_s);
        QCOMPARE(world.tokens.requests.first().client.program,
                 world.host.clients().first().identity.program);
        QCOMPARE(world.graph.requests().first().header("Authorization"),
                 QByteArray("Bearer token-1"));
    }

    void aCallIsWrittenDownOnceAlsoWhereItsClientGoesOrWeDo_data()
    {
        QTest::addColumn<bool>("clientGoes");
        QTest::newRow("the client") << true;
        QTest::newRow("we") << false;
    }
    void aCallIsWrittenDownOnceAlsoWhereItsClientGoesOrWeDo()
    {
        QFETCH(bool, clientGoes);
        KeptActivity kept;
        {
            World world(ApprovalMode::Ask, 45s, &kept);
            auto client = std::make_unique<LineClient>();
            QVERIFY(client->greet(world.path()));
            client->send(initialize());
            client->nextObject();
            client->send(call(1));
            QTRY_COMPARE(kept.begun.size(), 1);
            QCOMPARE(kept.begun.first().words, u"Read your profile"_s);
            QCOMPARE(kept.begun.first().client.name, u"tester"_s);
            QCOMPARE(kept.calls.size(), 0);
            if (clientGoes) {
                client.reset();
                QTRY_COMPARE(kept.calls.size(), 1);
            }
        }
        QCOMPARE(kept.calls.size(), 1);
        QCOMPARE(kept.calls.first().call, kept.begun.first().call);
        QCOMPARE(activityOutcome(kept.calls.first()), "cancelled"_L1);
    }

    void theProfileCanBeReadAsAResourceWithTheFactsOfTheTool()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()), 2);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        const QJsonObject hello = client.nextObject()["result"_L1].toObject();
        QVERIFY(hello["capabilities"_L1].toObject().contains("resources"_L1));
        QVERIFY(hello["instructions"_L1].toString().contains(u"graph://me"_s));
        client.send(R"({"jsonrpc":"2.0","id":1,"method":"resources/list"})");
        const QJsonArray resources = client.nextObject()["result"_L1]["resources"_L1].toArray();
        QCOMPARE(resources.size(), 1);
        QCOMPARE(resources[0]["uri"_L1].toString(), u"graph://me"_s);
        client.send(read(2));
        const QJsonObject contents = client.nextObject()["result"_L1]["contents"_L1][0].toObject();
        QCOMPARE(contents["uri"_L1].toString(), u"graph://me"_s);
        QVERIFY(world.host.clients().first().lastCall.isValid());
        client.send(call(3));
        QCOMPARE(contents["text"_L1], client.nextObject()["result"_L1]["content"_L1][0]["text"_L1]);
        QVERIFY(contents["text"_L1].toString().contains(u"Adele Vance"_s));
    }

    // A relay that was answered by another release before.
    void aClientOfAnotherReleaseIsToldWhatIsNew()
    {
        World world;
        LineClient client;
        const QByteArray own = world.host.listsText();
        const QByteArray ownTools = own.left(own.indexOf('.'));
        QVERIFY(client.connectTo(world.path()));
        client.send(R"({"link":1,"version":"0.0.1","role":"mcp","seen":")" + ownTools
                    + R"(.old"})");
        client.nextLine();
        client.send(initialize());
        client.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        client.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
        QVERIFY(client.nextObject().contains("result"_L1));
        QCOMPARE(client.nextObject()["method"_L1].toString(),
                 u"notifications/resources/list_changed"_s);
        QCOMPARE(client.nextObject()["id"_L1].toInt(), 1);
        // One that saw these very lists hears nothing.
        LineClient same;
        QVERIFY(same.connectTo(world.path()));
        same.send(R"({"link":1,"version":"0.0.1","role":"mcp","seen":")" + own + R"("})");
        same.nextLine();
        same.send(initialize());
        same.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        same.send(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
        QVERIFY(same.nextObject().contains("result"_L1));
        QCOMPARE(same.nextObject()["id"_L1].toInt(), 1);
    }

    void readingTakesThePathOfACall()
    {
        World world(ApprovalMode::Ask);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(read(1));
        QTRY_COMPARE(world.prompt.questions.size(), 1);
        QVERIFY(world.tokens.requests.isEmpty());
        world.prompt.questions.first().answer.answer(AccessDecision::Denied);
        const QJsonObject error = client.nextObject()["error"_L1].toObject();
        QCOMPARE(error["code"_L1].toInt(), 1003);
        QVERIFY2(error["message"_L1].toString().contains(u"does not allow this AI client"_s),
                 qPrintable(error["message"_L1].toString()));
        QCOMPARE(error["data"_L1]["kind"_L1].toString(), u"Denied"_s);
    }

    void anAccountWithoutTheRoleThatIsRequiredServesNobody()
    {
        World world;
        world.tokens.roles = QStringList{u"Task.Approver"_s};
        QVERIFY(!world.host.roleProblem(world.tokens.principal));
        world.host.setRoleRequired(true);
        QCOMPARE(world.host.roleProblem(world.tokens.principal)->cause, Cause::RoleMissing);
        QVERIFY(!world.host.roleProblem(u"somebody.else"_s));
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1)); // Graph expects nothing
        const QJsonObject refused = client.nextObject()["result"_L1].toObject();
        QVERIFY(refused["isError"_L1].toBool());
        const QString text = refused["content"_L1][0]["text"_L1].toString();
        QVERIFY2(text.contains(u"GraphValet.Reader"_s), qPrintable(text));

        world.tokens.roles = QStringList{u"GraphValet.Reader"_s};
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()));
        client.send(call(2));
        QVERIFY(!client.nextObject()["result"_L1].toObject().contains("isError"_L1));
    }

    void clientsAreListedWithWhatTheyCallThemselves()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()));
        QSignalSpy changed(&world.host, &mcp::McpHost::clientsChanged);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        QCOMPARE(changed.size(), 1);
        client.send(initialize());
        client.nextLine();
        QCOMPARE(changed.size(), 2);
        auto clients = world.host.clients();
        QCOMPARE(clients.size(), 1);
        QCOMPARE(clients.first().identity.claimedName, u"tester"_s);
        QCOMPARE(clients.first().identity.claimedVersion, u"1.2"_s);
        QCOMPARE(clients.first().identity.program, QCoreApplication::applicationFilePath());
        QVERIFY(clients.first().since.isValid());
        QVERIFY(!clients.first().lastCall.isValid());
        client.send(call(1));
        client.nextLine();
        QVERIFY(world.host.clients().first().lastCall.isValid());
        client.socket.abort();
        QTRY_VERIFY(world.host.clients().isEmpty());
        QCOMPARE(changed.size(), 3);
    }

    void theFirstCallOfANewClientAsksBeforeAnythingElse()
    {
        World world(ApprovalMode::Ask);
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()), 2);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1));
        QTRY_COMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.prompt.questions.first().request.client.claimedName, u"tester"_s);
        QCOMPARE(world.prompt.questions.first().request.client.program,
                 QCoreApplication::applicationFilePath());
        QVERIFY(world.tokens.requests.isEmpty());
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QCOMPARE(client.nextObject()["id"_L1].toInt(), 1);
        client.send(call(2));
        QCOMPARE(client.nextObject()["id"_L1].toInt(), 2);
        QCOMPARE(world.prompt.questions.size(), 1);
    }

    void whileASignInPageIsOpenTheCallSaysSo()
    {
        World world;
        world.tokens.error = {.kind = Error::Kind::NoAnswer};
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1));
        const QJsonObject result = client.nextObject()["result"_L1].toObject();
        QVERIFY(result["isError"_L1].toBool());
        QVERIFY(result["content"_L1][0]["text"_L1].toString().contains(u"sign-in page is open"_s));
    }

    void progressReachesAClientThatAskedForIt()
    {
        World world;
        world.tokens.hold = true;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"GetUserDetailsFromGraph","_meta":{"progressToken":"p"}}})");
        QTRY_COMPARE(world.tokens.requests.size(), 1);
        world.tokens.requests.first().progress(u"Waiting for the person to sign in"_s);
        const QJsonObject progress = client.nextObject();
        QCOMPARE(progress["method"_L1].toString(), u"notifications/progress"_s);
        QCOMPARE(progress["params"_L1]["progressToken"_L1].toString(), u"p"_s);
        QCOMPARE(progress["params"_L1]["message"_L1].toString(),
                 u"Waiting for the person to sign in"_s);
        world.tokens.held.first().answer(Error{.kind = Error::Kind::Cancelled});
        QVERIFY(client.nextObject()["result"_L1]["isError"_L1].toBool());
    }

    void aHungTokenSourceDoesNotHangTheCall()
    {
        World world(ApprovalMode::Allow, 300ms);
        world.tokens.hold = true;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1));
        const QJsonObject result = client.nextObject()["result"_L1].toObject();
        QVERIFY(result["isError"_L1].toBool());
        QVERIFY(world.tokens.requests.first().cancellation->isCancelled());
    }

    void aClientThatGoesAwayLeavesNothingBehind()
    {
        World world(ApprovalMode::Ask);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1));
        QTRY_COMPARE(world.prompt.questions.size(), 1);
        client.socket.abort();
        QTRY_COMPARE(world.prompt.withdrawals, 1);
        QVERIFY(world.approvals.decisions.isEmpty());
        QVERIFY(world.tokens.requests.isEmpty());
    }

    void withoutAGraphUrlTheModelLearnsWhereToSetIt()
    {
        World world;
        world.host.setGraphUrl({});
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(call(1));
        const QString text =
            client.nextObject()["result"_L1]["content"_L1][0]["text"_L1].toString();
        QVERIFY(text.contains(u"GRAPH_VALET_CLIENT_ID"_s));
    }

    void manyCallsAtOnceAreAllAnsweredOnce()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/me"_s, answer::json(200, adele()), 100);
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        for (int id = 1; id <= 100; ++id)
            client.send(call(id));
        QSet<int> answered;
        for (int i = 0; i < 100; ++i)
            answered.insert(client.nextObject()["id"_L1].toInt());
        QCOMPARE(answered.size(), 100);
        QVERIFY(!answered.contains(0));
    }

    void badInputNeitherEndsTheConnectionNorTheHost()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send("garbage");
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32700);
        client.send(QByteArray(100'000, '['));
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32700);
        client.send("\"\xff\"");
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32700);
        client.send(QByteArray(4 * 1024 * 1024 + 1, 'x'));
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32600);
        client.send(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})");
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32602);
        client.send(initialize());
        QVERIFY(client.nextObject().contains("result"_L1));
    }

    // The person switches parts of the account off while clients are connected.
    void theOfferChangesTheListAndSaysSo()
    {
        World world;
        LineClient client;
        QVERIFY(client.greet(world.path()));
        client.send(initialize());
        client.nextLine();
        client.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        const QByteArray list = R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})";
        const auto names = [&] {
            client.send(list);
            QStringList all;
            for (const auto &tool : client.nextObject()["result"_L1]["tools"_L1].toArray())
                all.append(tool["name"_L1].toString());
            return all;
        };
        QVERIFY(names().contains(u"CallGraph"_s));
        QSignalSpy changed(&world.host, &mcp::McpHost::listsChanged);
        const QByteArray before = world.host.listsText();

        world.host.setOffer({.areas = *mcp::areaChoiceOf(u"mail"_s), .operations = {}});
        QCOMPARE(changed.size(), 1);
        QVERIFY(world.host.listsText() != before);
        QCOMPARE(client.nextObject()["method"_L1].toString(),
                 u"notifications/tools/list_changed"_s);
        QCOMPARE(names(),
                 (QStringList{u"GetUserDetailsFromGraph"_s, u"FindMail"_s, u"ReadMail"_s}));
        client.send(
            R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"GetAgenda"}})");
        QCOMPARE(client.nextObject()["error"_L1]["code"_L1].toInt(), -32602);

        // What changes no list is no news.
        world.host.setOffer(
            {.areas = *mcp::areaChoiceOf(u"mail"_s), .operations = {.areSecrets = true}});
        QCOMPARE(changed.size(), 1);
        world.host.setOffer({});
        QCOMPARE(world.host.listsText(), before);
        QCOMPARE(client.nextObject()["method"_L1].toString(),
                 u"notifications/tools/list_changed"_s);
        QVERIFY(names().contains(u"CallGraph"_s));
    }

    void theHostMayGoWhileCallsAreInFlight()
    {
        LineClient client;
        {
            World world(ApprovalMode::Ask);
            QVERIFY(client.greet(world.path()));
            client.send(initialize());
            client.nextLine();
            client.send(call(1));
            QTRY_COMPARE(world.prompt.questions.size(), 1);
        }
        QVERIFY(client.waitForEnd());
    }
};

QTEST_GUILESS_MAIN(TestMcpHost)
#include "tst_mcp_host.moc"
