// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a server may add to a session: methods of its own, other contents, questions to the client,
// and what a tool needs of the client.

#include "tests/mcp/support/session_world.h"

using namespace session_test;

namespace {

// A method that answers with the params that it got.
ServerMethod echoing(ServerMethod::Eras eras)
{
    return {.eras = eras, .handler = [](const RequestContextPtr &context) {
                return readyAsync<QJsonObject>(
                    context->era.complete({}, {{u"echo"_s, context->params.value("text"_L1)}}));
            }};
}

QByteArray inEra(bool isModern, const QByteArray &id, const QByteArray &method,
                 const QByteArray &params = "")
{
    return isModern ? modern(id, method, params) : request(id, method, params);
}

} // namespace

class TestSessionMethods : public QObject
{
    Q_OBJECT
private:
    static void addEras()
    {
        QTest::addColumn<bool>("isModern");
        QTest::newRow("legacy") << false;
        QTest::newRow("modern") << true;
    }
    static void open(World &world, bool isModern)
    {
        if (isModern)
            return;
        world.receive(initialize("2025-11-25"));
        world.answer();
    }

private Q_SLOTS:
    void aMethodExistsInItsErasOnly_data() { addEras(); }
    void aMethodExistsInItsErasOnly()
    {
        QFETCH(bool, isModern);
        World world([](Session::Parts &parts) {
            parts.methods = {{u"x/both"_s, echoing(ServerMethod::Eras::Both)},
                             {u"x/old"_s, echoing(ServerMethod::Eras::Legacy)},
                             {u"x/new"_s, echoing(ServerMethod::Eras::Modern)}};
        });
        open(world, isModern);
        for (const QByteArray &method :
             {QByteArray("x/both"), QByteArray("x/old"), QByteArray("x/new")}) {
            world.receive(inEra(isModern, "\"a\"", method, R"("text":"hi")"));
            const QJsonObject answer = world.answerObject();
            QCOMPARE(answer["id"_L1].toString(), u"a"_s);
            if (method == "x/both" || (method == "x/new") == isModern) {
                QCOMPARE(answer["result"_L1]["echo"_L1].toString(), u"hi"_s);
                QCOMPARE(answer["result"_L1].toObject().contains("resultType"_L1), isModern);
            } else {
                QCOMPARE(answer["error"_L1]["code"_L1].toInt(), -32601);
            }
        }
        QCOMPARE(world.session->inFlight(), 0);
    }

    void aMethodWithoutHandshakeIsToldWhatIsMissing()
    {
        World world([](Session::Parts &parts) {
            parts.methods = {{u"x/both"_s, echoing(ServerMethod::Eras::Both)}};
        });
        world.receive(request("1", "x/both"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
    }

    void aFailedMethodIsAnErrorAndACancelledOneIsSilent()
    {
        QList<Promised<QJsonObject>> waiting;
        World world([&waiting](Session::Parts &parts) {
            parts.methods = {{u"x/wait"_s, {.handler = [&waiting](const RequestContextPtr &) {
                                  waiting.append(Promised<QJsonObject>());
                                  return waiting.last().future();
                              }}}};
        });
        world.receive(modern("1", "x/wait"));
        waiting.last().answer(Error{.kind = Error::Kind::BadRequest, .detail = u"No."_s});
        const QJsonObject error = world.answerObject()["error"_L1].toObject();
        QCOMPARE(error["code"_L1].toInt(), -32602);
        QCOMPARE(error["message"_L1].toString(), u"No."_s);
        world.receive(modern("2", "x/wait"));
        world.receive(notification("notifications/cancelled", R"("requestId":2)"));
        waiting.last().answer(QJsonObject{});
        QVERIFY(world.isSilent());
    }

    void aMethodMayStandInForOneThatEverySessionHas()
    {
        World world([](Session::Parts &parts) {
            parts.methods = {{u"resources/read"_s, echoing(ServerMethod::Eras::Both)}};
        });
        world.receive(modern("1", "resources/read", R"("text":"mine")"));
        QCOMPARE(world.answerObject()["result"_L1]["echo"_L1].toString(), u"mine"_s);
    }

    void aMethodMayLeaveRequestsToOthers()
    {
        ServerMethod some = echoing(ServerMethod::Eras::Both);
        some.appliesTo = [](const QJsonObject &params) { return params.contains("text"_L1); };
        World world([&some](Session::Parts &parts) {
            parts.methods = {{u"resources/read"_s, some}, {u"x/some"_s, some}};
        });
        world.receive(modern("1", "resources/read", uriOf("graph://nope")));
        QCOMPARE(world.answerObject()["error"_L1]["data"_L1]["uri"_L1].toString(),
                 u"graph://nope"_s);
        world.receive(modern("2", "x/some"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32601);
        world.receive(modern("3", "x/some", R"("text":"mine")"));
        QCOMPARE(world.answerObject()["result"_L1]["echo"_L1].toString(), u"mine"_s);
    }

    void capabilitiesAreThoseOfTheRequestOrOfTheHandshake_data() { addEras(); }
    void capabilitiesAreThoseOfTheRequestOrOfTheHandshake()
    {
        QFETCH(bool, isModern);
        World world;
        const QByteArray declared = R"({"sampling":{}})";
        if (isModern) {
            world.receive(
                modern("1", "tools/call", R"("name":"Wait")")
                    .replace("clientCapabilities\":{}", "clientCapabilities\":" + declared));
        } else {
            world.receive(initialize("2025-11-25")
                              .replace("\"capabilities\":{}", "\"capabilities\":" + declared));
            world.answer();
            world.receive(request("1", "tools/call", R"("name":"Wait")"));
        }
        QCOMPARE(world.contexts.last()->clientCapabilities,
                 QJsonDocument::fromJson(declared).object());
        QCOMPARE(world.contexts.last()->params["name"_L1].toString(), u"Wait"_s);
    }

    void aToolSaysWhatItNeedsOfAModernClient()
    {
        World world;
        Tool tool = *world.tools.find(u"Wait"_s);
        tool.name = u"Needy"_s;
        tool.needs = {{u"sampling"_s, QJsonObject{}}, {u"roots"_s, QJsonObject{}}};
        QVERIFY(world.tools.add(tool).ok());
        const QByteArray call = modern("1", "tools/call", R"("name":"Needy")");
        world.receive(QByteArray(call).replace("clientCapabilities\":{}",
                                               "clientCapabilities\":{\"roots\":{}}"));
        const QJsonObject error = world.answerObject()["error"_L1].toObject();
        QCOMPARE(error["code"_L1].toInt(), -32021);
        QCOMPARE(error["data"_L1].toObject(),
                 (QJsonObject{
                     {u"requiredCapabilities"_s, QJsonObject{{u"sampling"_s, QJsonObject{}}}}}));
        QVERIFY(world.contexts.isEmpty());
        world.receive(QByteArray(call).replace(
            "clientCapabilities\":{}", "clientCapabilities\":{\"roots\":{},\"sampling\":{}}"));
        QCOMPARE(world.contexts.size(), 1);
    }

    void contentsMayBeOtherThanText_data() { addEras(); }
    void contentsMayBeOtherThanText()
    {
        QFETCH(bool, isModern);
        World world;
        open(world, isModern);
        world.receive(inEra(isModern, "1", "tools/call", R"("name":"Wait")"));
        const QJsonArray content{QJsonObject{
            {u"type"_s, u"image"_s}, {u"data"_s, u"AA=="_s}, {u"mimeType"_s, u"x/y"_s}}};
        world.waiting.last().answer(ToolResult{.text = u"unused"_s, .content = content});
        QCOMPARE(world.answerObject()["result"_L1]["content"_L1].toArray(), content);
    }

    void aModernClientCanBeAskedForInput()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        const QJsonObject asked{{u"requestState"_s, u"sealed"_s},
                                {u"inputRequests"_s, QJsonObject{}}};
        world.waiting.last().answer(ToolResult{.inputRequired = asked});
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        QCOMPARE(result["resultType"_L1].toString(), u"input_required"_s);
        QCOMPARE(result["requestState"_L1].toString(), u"sealed"_s);
        QVERIFY(!result.contains("content"_L1));
        QVERIFY(!result.contains("ttlMs"_L1));
    }

    void aNotificationOfARequestEndsWithItsAnswer()
    {
        World world;
        open(world, false);
        world.receive(request("1", "tools/call", R"("name":"Wait")"));
        const RequestContextPtr context = world.contexts.last();
        context->notify(u"notifications/message"_s, {{u"level"_s, u"info"_s}});
        const QJsonObject message = world.answerObject();
        QCOMPARE(message["method"_L1].toString(), u"notifications/message"_s);
        QCOMPARE(message["params"_L1]["level"_L1].toString(), u"info"_s);
        world.waiting.last().answer(ToolResult{.text = u"done"_s});
        QVERIFY(world.answer().contains("done"));
        context->notify(u"notifications/message"_s, {});
        QVERIFY(world.isSilent());
        world.session.reset();
        context->notify(u"notifications/message"_s, {});
        QVERIFY(world.sent.isEmpty());
    }

    void aRequestOfOursGetsItsAnswer()
    {
        World world;
        QList<QJsonObject> responses;
        connect(world.session.get(), &Session::responseReceived, this,
                [&responses](const Response &response) { responses.append(response.object); });
        world.session->send({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 5}, {u"method"_s, u"ping"_s}});
        QVERIFY(world.answer().contains("ping"));
        world.receive(R"({"jsonrpc":"2.0","id":5,"result":{"ok":true}})");
        world.receive(R"({"jsonrpc":"2.0","id":6,"error":{"code":1,"message":"no"}})");
        QCOMPARE(responses.size(), 2);
        QVERIFY(responses[0]["result"_L1]["ok"_L1].toBool());
        QCOMPARE(responses[1]["error"_L1]["message"_L1].toString(), u"no"_s);
        QVERIFY(world.isSilent());
    }
};

QTEST_GUILESS_MAIN(TestSessionMethods)
#include "tst_session_methods.moc"
