// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes over the wire, per revision: bytes in, bytes out, no transport.

#include "tests/mcp/support/session_world.h"

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace session_test;

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initializeNegotiates_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QString>("got");
        QTest::addColumn<bool>("hasTitle");
        QTest::newRow("2024-11-05") << QByteArray("2024-11-05") << u"2024-11-05"_s << false;
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << u"2025-03-26"_s << false;
        QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << u"2025-06-18"_s << true;
        QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << u"2025-11-25"_s << true;
        QTest::newRow("an older one") << QByteArray("2024-10-07") << u"2025-11-25"_s << true;
        QTest::newRow("the modern one") << QByteArray("2026-07-28") << u"2025-11-25"_s << true;
        QTest::newRow("one from the future") << QByteArray("2031-01-01") << u"2025-11-25"_s << true;
        QTest::newRow("nonsense") << QByteArray("yes") << u"2025-11-25"_s << true;
        QTest::newRow("an empty one") << QByteArray("") << u"2025-11-25"_s << true;
    }
    void initializeNegotiates()
    {
        QFETCH(QByteArray, asked);
        QFETCH(QString, got);
        QFETCH(bool, hasTitle);
        World world;
        world.receive(initialize(asked));
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toInt(-1), 0);
        const QJsonObject result = answer["result"_L1].toObject();
        QCOMPARE(keys(result),
                 (QStringList{u"capabilities"_s, u"instructions"_s, u"protocolVersion"_s,
                              u"serverInfo"_s}));
        QCOMPARE(result["protocolVersion"_L1].toString(), got);
        QCOMPARE(result["capabilities"_L1].toObject(), (QJsonObject{{u"tools"_s, QJsonObject{}}}));
        QCOMPARE(result["instructions"_L1].toString(), u"Use it."_s);
        QCOMPARE(result["serverInfo"_L1]["name"_L1].toString(), u"graph-valet"_s);
        QCOMPARE(result["serverInfo"_L1]["version"_L1].toString(), u"9.9"_s);
        QCOMPARE(result["serverInfo"_L1].toObject().contains("title"_L1), hasTitle);
        QCOMPARE(world.session->client().claimedName, u"legacy"_s);
    }

    void initializeNeedsAVersion()
    {
        World world;
        world.receive(request("1", "initialize", R"("capabilities":{})"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
        world.receive(request("2", "initialize", R"("protocolVersion":20251125)"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
    }

    void toolsAreListedWithTheFieldsOfTheRevision_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QStringList>("toolKeys");
        const QStringList oldest{u"description"_s, u"inputSchema"_s, u"name"_s};
        const QStringList annotated{u"annotations"_s, u"description"_s, u"inputSchema"_s,
                                    u"name"_s};
        const QStringList structured{u"annotations"_s, u"description"_s,  u"inputSchema"_s,
                                     u"name"_s,        u"outputSchema"_s, u"title"_s};
        QTest::newRow("2024-11-05") << QByteArray("2024-11-05") << oldest;
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << annotated;
        QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << structured;
        QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << structured;
        QTest::newRow("2026-07-28") << QByteArray() << structured;
    }
    void toolsAreListedWithTheFieldsOfTheRevision()
    {
        QFETCH(QByteArray, version);
        QFETCH(QStringList, toolKeys);
        World world;
        if (!version.isEmpty()) {
            world.receive(initialize(version));
            world.answer();
        }
        world.receive(version.isEmpty() ? modern("1", "tools/list") : request("1", "tools/list"));
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        if (version.isEmpty()) {
            QCOMPARE(keys(result),
                     (QStringList{u"_meta"_s, u"cacheScope"_s, u"resultType"_s, u"tools"_s,
                                  u"ttlMs"_s}));
            QCOMPARE(result["cacheScope"_L1].toString(), u"private"_s);
            QCOMPARE(result["resultType"_L1].toString(), u"complete"_s);
            QVERIFY(result["ttlMs"_L1].toInt(-1) >= 0);
            QCOMPARE(
                result["_meta"_L1]["io.modelcontextprotocol/serverInfo"_L1]["name"_L1].toString(),
                u"graph-valet"_s);
        } else {
            QCOMPARE(keys(result), QStringList{u"tools"_s});
        }
        const QJsonArray tools = result["tools"_L1].toArray();
        QCOMPARE(tools.size(), 2);
        QCOMPARE(tools[0]["name"_L1].toString(), u"Echo"_s);
        QCOMPARE(tools[1]["name"_L1].toString(), u"Wait"_s);
        QCOMPARE(keys(tools[0]), toolKeys);
        if (toolKeys.contains(u"annotations"_s)) {
            QCOMPARE(tools[0]["annotations"_L1].toObject(),
                     (QJsonObject{{u"title"_s, u"Echo title"_s},
                                  {u"readOnlyHint"_s, true},
                                  {u"destructiveHint"_s, false},
                                  {u"idempotentHint"_s, true},
                                  {u"openWorldHint"_s, false}}));
        }
        QVERIFY(!tools[1].toObject().contains("outputSchema"_L1));
    }

    void aCallIsAnsweredWithTheFieldsOfTheRevision_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QStringList>("resultKeys");
        const QStringList oldest{u"content"_s};
        const QStringList structured{u"content"_s, u"structuredContent"_s};
        QTest::newRow("2024-11-05") << QByteArray("2024-11-05") << oldest;
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << oldest;
        QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << structured;
        QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << structured;
        QTest::newRow("2026-07-28")
            << QByteArray()
            << QStringList{u"_meta"_s, u"content"_s, u"resultType"_s, u"structuredContent"_s};
    }
    void aCallIsAnsweredWithTheFieldsOfTheRevision()
    {
        QFETCH(QByteArray, version);
        QFETCH(QStringList, resultKeys);
        World world;
        if (!version.isEmpty()) {
            world.receive(initialize(version));
            world.answer();
        }
        const QByteArray params = R"("name":"Echo","arguments":{"text":"Žluťoučký 🦊"})";
        world.receive(version.isEmpty() ? modern("\"a\"", "tools/call", params)
                                        : request("\"a\"", "tools/call", params));
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toString(), u"a"_s);
        const QJsonObject result = answer["result"_L1].toObject();
        QCOMPARE(keys(result), resultKeys);
        QCOMPARE(result["content"_L1].toArray(),
                 (QJsonArray{QJsonObject{{u"type"_s, u"text"_s},
                                         {u"text"_s, u"{\"text\":\"Žluťoučký 🦊\"}"_s}}}));
    }

    void discoverNamesModernVersionsOnly()
    {
        World world;
        world.receive(modern("\"server-discover-probe-1\"", "server/discover"));
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toString(), u"server-discover-probe-1"_s);
        const QJsonObject result = answer["result"_L1].toObject();
        QCOMPARE(keys(result),
                 (QStringList{u"_meta"_s, u"cacheScope"_s, u"capabilities"_s, u"instructions"_s,
                              u"resultType"_s, u"supportedVersions"_s, u"ttlMs"_s}));
        QCOMPARE(result["supportedVersions"_L1].toArray(), QJsonArray{u"2026-07-28"_s});
        QCOMPARE(world.session->client().claimedName, u"modern"_s);
    }

    void initializeAfterDiscoverAndTheOtherWayRound()
    {
        World world;
        world.receive(modern("1", "server/discover"));
        QVERIFY(world.answerObject().contains("result"_L1));
        world.receive(initialize("2025-06-18", "2"));
        QCOMPARE(world.answerObject()["result"_L1]["protocolVersion"_L1].toString(),
                 u"2025-06-18"_s);
        world.receive(request("3", "tools/list"));
        QVERIFY(!world.answerObject()["result"_L1].toObject().contains("resultType"_L1));
        // The era is chosen per message.
        world.receive(modern("4", "tools/list"));
        QVERIFY(world.answerObject()["result"_L1].toObject().contains("resultType"_L1));
        world.receive(request("5", "tools/list"));
        QVERIFY(!world.answerObject()["result"_L1].toObject().contains("resultType"_L1));
    }

    void aModernRequestIsChecked_data()
    {
        QTest::addColumn<QByteArray>("meta");
        QTest::addColumn<int>("code");
        const QByteArray version = R"("io.modelcontextprotocol/protocolVersion":)";
        const QByteArray capabilities = R"("io.modelcontextprotocol/clientCapabilities":)";
        QTest::newRow("no _meta at all") << QByteArray() << -32602;
        QTest::newRow("an empty _meta") << QByteArray(R"("_meta":{})") << -32602;
        QTest::newRow("_meta is no object") << QByteArray(R"("_meta":7)") << -32602;
        QTest::newRow("capabilities only") << R"("_meta":{)" + capabilities + "{}}" << -32602;
        QTest::newRow("version only") << R"("_meta":{)" + version + R"("2026-07-28"})" << -32602;
        QTest::newRow("version is a number")
            << R"("_meta":{)" + version + "2026," + capabilities + "{}}" << -32602;
        QTest::newRow("version is null")
            << R"("_meta":{)" + version + "null," + capabilities + "{}}" << -32602;
        QTest::newRow("capabilities are a list")
            << R"("_meta":{)" + version + R"("2026-07-28",)" + capabilities + "[]}" << -32602;
        QTest::newRow("an unknown version")
            << R"("_meta":{)" + version + R"("1900-01-01",)" + capabilities + "{}}" << -32022;
        QTest::newRow("an unknown version without capabilities")
            << R"("_meta":{)" + version + R"("2031-01-01"})" << -32022;
        QTest::newRow("a legacy version")
            << R"("_meta":{)" + version + R"("2025-11-25",)" + capabilities + "{}}" << -32022;
    }
    void aModernRequestIsChecked()
    {
        QFETCH(QByteArray, meta);
        QFETCH(int, code);
        for (const QByteArray method : {"tools/list", "tools/call", "server/discover"}) {
            World world;
            world.receive(request("7", method, meta));
            const QJsonObject answer = world.answerObject();
            QCOMPARE(answer["id"_L1].toInt(), 7);
            QCOMPARE(answer["error"_L1]["code"_L1].toInt(), code);
            if (code == -32022) {
                QCOMPARE(answer["error"_L1]["data"_L1]["supported"_L1].toArray(),
                         QJsonArray{u"2026-07-28"_s});
                QVERIFY(meta.contains(
                    answer["error"_L1]["data"_L1]["requested"_L1].toString().toUtf8()));
            }
        }
    }

    void clientInfoMayBeMissingAndUnknownMetaIsIgnored()
    {
        World world;
        world.receive(request(
            "1", "tools/list",
            R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"sampling":{}},"claudecode/toolUseId":"x","traceparent":"y"})"));
        QVERIFY(world.answerObject().contains("result"_L1));
        QVERIFY(world.session->client().claimedName.isEmpty());
    }

    void methodsThatAreNotThere_data()
    {
        QTest::addColumn<QByteArray>("era"); // a legacy version, "modern", or empty: no handshake
        QTest::addColumn<QByteArray>("method");
        for (const char *method :
             {"nonsense", "prompts/list", "resources/list", "resources/read",
              "resources/templates/list", "completion/complete", "logging/setLevel",
              "resources/subscribe", "tasks/get", "", "notifications/cancelled", "Initialize"}) {
            for (const char *era : {"2024-11-05", "2025-11-25", "modern", ""})
                QTest::addRow("\"%s\" in era \"%s\"", method, era)
                    << QByteArray(era) << QByteArray(method);
        }
        QTest::newRow("ping went with the modern era")
            << QByteArray("modern") << QByteArray("ping");
        QTest::newRow("discover came with the modern era")
            << QByteArray("2025-11-25") << QByteArray("server/discover");
        QTest::newRow("listen came with the modern era")
            << QByteArray("2025-11-25") << QByteArray("subscriptions/listen");
    }
    void methodsThatAreNotThere()
    {
        QFETCH(QByteArray, era);
        QFETCH(QByteArray, method);
        World world;
        if (era.startsWith("20")) {
            world.receive(initialize(era));
            world.answer();
        }
        world.receive(era == "modern" ? modern("9", method) : request("9", method));
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toInt(), 9);
        QCOMPARE(answer["error"_L1]["code"_L1].toInt(), -32601);
    }

    void pingIsAnsweredBeforeAndAfterInitialize()
    {
        World world;
        world.receive(request("1", "ping"));
        QCOMPARE(world.answer(), QByteArray(R"({"id":1,"jsonrpc":"2.0","result":{}})"));
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(request("\"2\"", "ping", R"("_meta":{})"));
        QCOMPARE(world.answer(), QByteArray(R"({"id":"2","jsonrpc":"2.0","result":{}})"));
    }

    void idsComeBackAsTheyWere_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("zero") << QByteArray("0");
        QTest::newRow("a number") << QByteArray("12");
        QTest::newRow("negative") << QByteArray("-1");
        QTest::newRow("above 2^53") << QByteArray("9007199254740993");
        QTest::newRow("a string") << QByteArray(R"("listen:0")");
        QTest::newRow("an empty string") << QByteArray(R"("")");
        QTest::newRow("a digit as a string") << QByteArray(R"("0")");
        QTest::newRow("not ASCII") << QByteArray(R"("ž🦊")");
    }
    void idsComeBackAsTheyWere()
    {
        QFETCH(QByteArray, id);
        World world;
        world.receive(request(id, "ping"));
        QCOMPARE(world.answer(), R"({"id":)" + id + R"(,"jsonrpc":"2.0","result":{}})");
        world.receive(request(id, "nonsense"));
        QVERIFY(world.answer().contains(R"("id":)" + id));
        world.receive(modern(id, "tools/call", R"("name":"Echo")"));
        QVERIFY(world.answer().contains(R"("id":)" + id));
    }

    void idsThatAreNoneGetAnErrorWithoutId_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("a fraction") << QByteArray("1.5");
        QTest::newRow("a list") << QByteArray("[1]");
    }
    void idsThatAreNoneGetAnErrorWithoutId()
    {
        QFETCH(QByteArray, id);
        World world;
        world.receive(request(id, "ping"));
        const QJsonObject answer = world.answerObject();
        QVERIFY(!answer.contains("id"_L1));
        QCOMPARE(answer["error"_L1]["code"_L1].toInt(), -32600);
    }

    void notificationsAndResponsesAreNeverAnswered_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("initialized")
            << QByteArray(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
        QTest::newRow("unknown") << notification("notifications/whatever", "");
        QTest::newRow("a request's method") << notification("tools/call", R"("name":"Echo")");
        QTest::newRow("initialize") << notification("initialize", R"("protocolVersion":"x")");
        QTest::newRow("roots changed") << notification("notifications/roots/list_changed", "");
        QTest::newRow("cancel without id") << notification("notifications/cancelled", "");
        QTest::newRow("cancel of something unknown")
            << notification("notifications/cancelled", R"("requestId":99)");
        QTest::newRow("cancel with a wrong id")
            << notification("notifications/cancelled", R"("requestId":{})");
        QTest::newRow("wrong params") << QByteArray(R"({"jsonrpc":"2.0","method":"n","params":3})");
        QTest::newRow("a response") << QByteArray(R"({"jsonrpc":"2.0","id":1,"result":{}})");
        QTest::newRow("an error response")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":""}})");
    }
    void notificationsAndResponsesAreNeverAnswered()
    {
        QFETCH(QByteArray, line);
        World world;
        world.receive(line);
        QVERIFY(world.isSilent());
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(line);
        QVERIFY(world.isSilent());
    }

    void cursorsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("cursor");
        QTest::newRow("made up") << QByteArray(R"("abc")");
        QTest::newRow("an empty one is one too") << QByteArray(R"("")");
        QTest::newRow("a number") << QByteArray("3");
    }
    void cursorsAreRefused()
    {
        QFETCH(QByteArray, cursor);
        World world;
        world.receive(modern("1", "tools/list", R"("cursor":)" + cursor));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
        world.receive(initialize("2025-06-18"));
        world.answer();
        world.receive(request("1", "tools/list", R"("cursor":)" + cursor));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
    }

    void callsThatAreMalformed_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("no name") << QByteArray(R"("arguments":{})");
        QTest::newRow("a name that is a number") << QByteArray(R"("name":1)");
        QTest::newRow("an unknown tool") << QByteArray(R"("name":"Nope")");
        QTest::newRow("the name in other case") << QByteArray(R"("name":"echo")");
        QTest::newRow("arguments as a list") << QByteArray(R"("name":"Echo","arguments":[])");
        QTest::newRow("arguments as text") << QByteArray(R"("name":"Echo","arguments":"{}")");
    }
    void callsThatAreMalformed()
    {
        QFETCH(QByteArray, params);
        World world;
        world.receive(modern("1", "tools/call", params));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32602);
        QCOMPARE(world.session->inFlight(), 0);
    }

    void missingArgumentsAreNone_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("missing") << QByteArray(R"("name":"Echo")");
        QTest::newRow("null") << QByteArray(R"("name":"Echo","arguments":null)");
        QTest::newRow("empty") << QByteArray(R"("name":"Echo","arguments":{})");
    }
    void missingArgumentsAreNone()
    {
        QFETCH(QByteArray, params);
        World world;
        world.receive(modern("1", "tools/call", params));
        QCOMPARE(world.answerObject()["result"_L1]["content"_L1][0]["text"_L1].toString(), u"{}"_s);
    }

    void aSlowToolBlocksNothing()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(request("1", "tools/call", R"("name":"Wait")"));
        world.receive(request("2", "ping"));
        world.receive(request("3", "tools/list"));
        QVERIFY(!world.isSilent());
        QCOMPARE(world.sent.size(), 2);
        world.sent.clear();
        world.receive(request("4", "tools/call", R"("name":"Echo")"));
        QCOMPARE(world.answerObject()["id"_L1].toInt(), 4);
        world.waiting.first().answer(ToolResult{.text = u"late"_s});
        QCOMPARE(world.answerObject()["id"_L1].toInt(), 1);
        QCOMPARE(world.session->inFlight(), 0);
    }

    void aFailedToolIsAResultAndAProtocolErrorIsAnError()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.receive(modern("2", "tools/call", R"("name":"Wait")"));
        world.waiting[0].answer(ToolResult{.text = u"what to do"_s, .isError = true});
        const QJsonObject result = world.answerObject()["result"_L1].toObject();
        QVERIFY(result["isError"_L1].toBool());
        QCOMPARE(result["resultType"_L1].toString(), u"complete"_s);
        world.waiting[1].answer(Error{.kind = Error::Kind::Bug, .detail = u"oops"_s});
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32603);
    }

    void aDroppedToolIsAnsweredToo()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.waiting.clear();
        QVERIFY(world.answerObject().contains("error"_L1));
        QCOMPARE(world.session->inFlight(), 0);
    }

    void theRequestsWorldGoesWithTheCall()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.principal = u"tenant.other"_s;
        const RequestContextPtr context = world.contexts.first();
        QCOMPARE(context->principal, u"tenant.person"_s);
        QCOMPARE(context->client.claimedName, u"modern"_s);
        QVERIFY(context->era.isModern());
        QCOMPARE(context->connection.data(), world.session.get());
        QVERIFY(!context->cancellation->isCancelled());
        QVERIFY(!context->deadline.isForever());
        QVERIFY(context->deadline.remainingTime() <= 44'000);
        context->progress(u"nobody asked"_s);
        QVERIFY(world.isSilent());
    }

    void aModernRequestSaysItselfWhoAsks()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.receive(request("2", "tools/call", R"("name":"Wait")"));
        QCOMPARE(world.contexts[0]->client.claimedName, u"modern"_s);
        QCOMPARE(world.contexts[1]->client.claimedName, u"legacy"_s);
    }

    void aCancelledCallIsStoppedAndNeverAnswered()
    {
        World world;
        world.receive(modern("7", "tools/call", R"("name":"Wait")"));
        world.receive(notification("notifications/cancelled", R"("requestId":"7")"));
        QVERIFY(!world.contexts.first()->cancellation->isCancelled()); // another id
        world.receive(
            notification("notifications/cancelled", R"("requestId":7,"reason":"changed my mind")"));
        QVERIFY(world.contexts.first()->cancellation->isCancelled());
        QCOMPARE(world.session->inFlight(), 0);
        world.contexts.first()->progress(u"still working"_s);
        world.waiting.first().answer(ToolResult{.text = u"too late"_s});
        QVERIFY(world.isSilent());
        // The id is free again, and the old call's answer is not taken for the new one's.
        world.receive(modern("7", "tools/call", R"("name":"Wait")"));
        QVERIFY(world.isSilent());
        world.waiting.last().answer(ToolResult{.text = u"second"_s});
        QCOMPARE(world.answerObject()["result"_L1]["content"_L1][0]["text"_L1].toString(),
                 u"second"_s);
    }

    void anIdInFlightIsRefusedAndTheFirstCallGoesOn()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.receive(modern("1", "tools/list"));
        const QJsonObject refusal = world.answerObject();
        QCOMPARE(refusal["error"_L1]["code"_L1].toInt(), -32600);
        QCOMPARE(refusal["id"_L1].toInt(), 1);
        world.receive(modern("\"1\"", "tools/list")); // a string is another id
        QVERIFY(world.answerObject().contains("result"_L1));
        world.waiting.first().answer(ToolResult{.text = u"first"_s});
        QCOMPARE(world.answerObject()["result"_L1]["content"_L1][0]["text"_L1].toString(),
                 u"first"_s);
    }

    void tooManyCallsInFlightAreBusy()
    {
        World world;
        for (int i = 0; i < Session::inFlightLimit; ++i)
            world.receive(modern(QByteArray::number(i), "tools/call", R"("name":"Wait")"));
        QVERIFY(world.isSilent());
        world.receive(modern("\"more\"", "tools/call", R"("name":"Wait")"));
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), wire::busy);
        world.waiting.first().answer(ToolResult{});
        world.answer();
        world.receive(modern("\"again\"", "tools/call", R"("name":"Echo")"));
        QVERIFY(world.answerObject().contains("result"_L1));
    }

    void theEndOfASessionCancelsItsCalls()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        const RequestContextPtr context = world.contexts.first();
        world.session.reset();
        QVERIFY(context->cancellation->isCancelled());
        context->progress(u"to nobody"_s);
        world.waiting.first().answer(ToolResult{});
        QVERIFY(world.isSilent());
    }

    void progressNeedsATokenRisesAndStopsWithTheAnswer_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<bool>("hasMessage");
        QTest::newRow("2024-11-05 has no message")
            << QByteArray("2024-11-05") << QByteArray("5") << false;
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << QByteArray(R"("t")") << true;
        QTest::newRow("2025-11-25, token zero")
            << QByteArray("2025-11-25") << QByteArray("0") << true;
    }
    void progressNeedsATokenRisesAndStopsWithTheAnswer()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, token);
        QFETCH(bool, hasMessage);
        World world;
        world.receive(initialize(version));
        world.answer();
        world.receive(
            request("1", "tools/call", R"("name":"Wait","_meta":{"progressToken":)" + token + '}'));
        const RequestContextPtr context = world.contexts.first();
        double last = -1;
        for (const QString &text : {u"one"_s, u"two"_s}) {
            context->progress(text);
            const QByteArray line = world.answer();
            QVERIFY(line.contains(R"("progressToken":)" + token));
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QCOMPARE(object["method"_L1].toString(), u"notifications/progress"_s);
            QVERIFY(!object.contains("id"_L1));
            const double progress = object["params"_L1]["progress"_L1].toDouble();
            QVERIFY(progress > last);
            last = progress;
            QCOMPARE(object["params"_L1].toObject().contains("message"_L1), hasMessage);
            if (hasMessage)
                QCOMPARE(object["params"_L1]["message"_L1].toString(), text);
        }
        context->progress(u"waits for its turn"_s);
        world.waiting.first().answer(ToolResult{});
        QVERIFY(world.answerObject().contains("result"_L1));
        context->progress(u"after the end"_s);
        QTest::qWait(300); // longer than the pause between two: nothing may come
        QVERIFY(world.isSilent());
    }

    void aFloodOfProgressIsThinnedAndTheNewestTextWins()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(request("1", "tools/call", R"("name":"Wait","_meta":{"progressToken":"t"})"));
        for (int i = 0; i < 1000; ++i)
            world.contexts.first()->progress(QString::number(i));
        QCOMPARE(world.sent.size(), 1);
        QCOMPARE(world.answerObject()["params"_L1]["message"_L1].toString(), u"0"_s);
        QCOMPARE(world.answerObject()["params"_L1]["message"_L1].toString(), u"999"_s);
    }

    void aTokenThatIsNoneMeansNoProgress()
    {
        World world;
        world.receive(initialize("2025-11-25"));
        world.answer();
        world.receive(request("1", "tools/call", R"("name":"Wait","_meta":{"progressToken":{}})"));
        world.contexts.first()->progress(u"text"_s);
        QVERIFY(world.isSilent());
    }

    // We announce no changes, so the honoured subset is empty and the stream stays open.
    void listenIsAcknowledgedAndStaysOpenUntilCancelled()
    {
        World world;
        world.receive(modern("\"listen:0\"", "subscriptions/listen",
                             R"("notifications":{"toolsListChanged":true})"));
        const QJsonObject acknowledged = world.answerObject();
        QCOMPARE(acknowledged["method"_L1].toString(),
                 u"notifications/subscriptions/acknowledged"_s);
        QCOMPARE(acknowledged["params"_L1]["_meta"_L1]["io.modelcontextprotocol/subscriptionId"_L1]
                     .toString(),
                 u"listen:0"_s);
        QCOMPARE(acknowledged["params"_L1]["notifications"_L1].toObject(), QJsonObject());
        QCOMPARE(world.session->inFlight(), 1);
        world.receive(notification("notifications/cancelled", R"("requestId":"listen:0")"));
        QVERIFY(world.isSilent());
        QCOMPARE(world.session->inFlight(), 0);
    }

    void batchesBelongToOneRevision_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("no handshake") << QByteArray() << false;
        QTest::newRow("2024-11-05") << QByteArray("2024-11-05") << false;
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26") << true;
        QTest::newRow("2025-06-18") << QByteArray("2025-06-18") << false;
        QTest::newRow("2025-11-25") << QByteArray("2025-11-25") << false;
    }
    void batchesBelongToOneRevision()
    {
        QFETCH(QByteArray, version);
        QFETCH(bool, allowed);
        World world;
        if (!version.isEmpty()) {
            world.receive(initialize(version));
            world.answer();
        }
        world.receive('[' + request("1", "ping") + ',' + request("2", "tools/list") + ']');
        const QJsonDocument answer = QJsonDocument::fromJson(world.answer());
        if (!allowed) {
            QCOMPARE(answer["error"_L1]["code"_L1].toInt(), -32600);
            QVERIFY(!answer.object().contains("id"_L1));
            return;
        }
        QCOMPARE(answer.array().size(), 2);
        QCOMPARE(answer[0]["id"_L1].toInt(), 1);
        QCOMPARE(answer[1]["id"_L1].toInt(), 2);
        QVERIFY(answer[1]["result"_L1].toObject().contains("tools"_L1));
    }

    void aBatchIsAnsweredWhenItsLastEntryIs()
    {
        World world;
        world.receive(initialize("2025-03-26"));
        world.answer();
        world.receive('[' + request("1", "tools/call", R"("name":"Wait")") + ','
                      + request("2", "tools/call", R"("name":"Wait")") + ','
                      + notification("notifications/initialized", "") + ',' + request("3", "ping")
                      + ",5," + initialize("2025-03-26", "4") + ',' + modern("6", "tools/list")
                      + ']');
        QVERIFY(world.isSilent());
        world.receive(notification("notifications/cancelled", R"("requestId":2)"));
        QVERIFY(world.isSilent());
        world.waiting.first().answer(ToolResult{.text = u"done"_s});
        const QJsonArray answers = QJsonDocument::fromJson(world.answer()).array();
        QStringList found;
        for (const QJsonValue &answer : answers) {
            found.append(u"%1:%2"_s.arg(answer["id"_L1].toInt(-1))
                             .arg(answer["error"_L1]["code"_L1].toInt()));
        }
        QCOMPARE(found,
                 (QStringList{u"3:0"_s, u"-1:-32600"_s, u"4:-32600"_s, u"6:-32600"_s, u"1:0"_s}));
    }

    void aBatchWithoutRequestsIsNotAnswered()
    {
        World world;
        world.receive(initialize("2025-03-26"));
        world.answer();
        world.receive('[' + notification("notifications/initialized", "") + ','
                      + notification("x", "") + ']');
        QVERIFY(world.isSilent());
        world.receive("[]");
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32600);
        world.receive('[' + request("1", "tools/call", R"("name":"Wait")") + ']');
        world.receive(notification("notifications/cancelled", R"("requestId":1)"));
        QVERIFY(world.isSilent());
    }

    void aHugeBatchIsRefusedAsAWhole()
    {
        World world;
        world.receive(initialize("2025-03-26"));
        world.answer();
        QByteArrayList entries;
        for (int i = 0; i < 257; ++i)
            entries.append(request(QByteArray::number(i), "ping"));
        world.receive('[' + entries.join(',') + ']');
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32600);
    }

    void badLinesGetTheirErrorAndTheSessionLives()
    {
        World world;
        world.receive("{");
        QCOMPARE(world.answerObject()["error"_L1]["code"_L1].toInt(), -32700);
        world.session->receiveTooLong();
        const QJsonObject tooLong = world.answerObject();
        QCOMPARE(tooLong["error"_L1]["code"_L1].toInt(), -32600);
        QVERIFY(!tooLong.contains("id"_L1));
        world.receive(request("1", "ping"));
        QVERIFY(world.answerObject().contains("result"_L1));
    }

    void anAnswerThatIsTooLargeBecomesAnError()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"Wait")"));
        world.waiting.first().answer(ToolResult{.text = QString(9 * 1024 * 1024, u'x')});
        const QJsonObject answer = world.answerObject();
        QCOMPARE(answer["id"_L1].toInt(), 1);
        QCOMPARE(answer["error"_L1]["code"_L1].toInt(), -32603);
    }

    void everyLineSentIsOneLine()
    {
        World world;
        world.receive(
            modern("1", "tools/call", R"("name":"Echo","arguments":{"text":"a\nb\r\u2028c"})"));
        const QByteArray line = world.answer();
        QVERIFY(!line.contains('\n'));
        QVERIFY(!line.contains('\r'));
    }

    void namesFromTheWireAreMadePlain()
    {
        World world;
        world.receive(request(
            "1", "initialize",
            R"("protocolVersion":"2025-11-25","clientInfo":{"name":"Cla\u202eude\nCode","version":")"
                + QByteArray(5000, '1') + R"("})"));
        world.answer();
        QCOMPARE(world.session->client().claimedName, u"Claude Code"_s);
        QCOMPARE(world.session->client().claimedVersion.size(), 200);
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
