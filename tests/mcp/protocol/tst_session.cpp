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
        const QJsonObject list{{u"listChanged"_s, true}};
        QCOMPARE(result["capabilities"_L1].toObject(),
                 (QJsonObject{{u"resources"_s, list}, {u"tools"_s, list}}));
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
            QJsonObject annotations{{u"readOnlyHint"_s, true},
                                    {u"destructiveHint"_s, false},
                                    {u"idempotentHint"_s, true},
                                    {u"openWorldHint"_s, false}};
            if (!toolKeys.contains(u"title"_s))
                annotations.insert(u"title"_s, u"Echo title"_s);
            QCOMPARE(tools[0]["annotations"_L1].toObject(), annotations);
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
        for (const char *method : {"tools/list", "tools/call", "server/discover"}) {
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
        // What MCP has and we do not offer; what belongs to the client's side; what is no method.
        for (const char *method : {"prompts/list",
                                   "prompts/get",
                                   "completion/complete",
                                   "logging/setLevel",
                                   "resources/subscribe",
                                   "resources/unsubscribe",
                                   "tasks/get",
                                   "tasks/list",
                                   "tasks/result",
                                   "tasks/update",
                                   "tasks/cancel",
                                   "roots/list",
                                   "sampling/createMessage",
                                   "elicitation/create",
                                   "notifications/cancelled",
                                   "notifications/initialized",
                                   "notifications/message",
                                   "rpc.discover",
                                   "nonsense",
                                   "",
                                   "Initialize",
                                   "tools/List",
                                   "tools/list ",
                                   "resources/template/list"}) {
            for (const char *era :
                 {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "modern", ""})
                QTest::addRow("\"%s\" in era \"%s\"", method, era)
                    << QByteArray(era) << QByteArray(method);
        }
        for (const char *method : {"ping", "initialize"}) {
            QTest::addRow("%s went with the modern era", method)
                << QByteArray("modern") << QByteArray(method);
        }
        for (const char *era : {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"}) {
            for (const char *method : {"server/discover", "subscriptions/listen"}) {
                QTest::addRow("%s came with the modern era, not with %s", method, era)
                    << QByteArray(era) << QByteArray(method);
            }
        }
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

    void aMisspelledToolIsNamed()
    {
        World world;
        world.receive(modern("1", "tools/call", R"("name":"ecco")"));
        QCOMPARE(world.answerObject()["error"_L1]["message"_L1].toString(),
                 u"unknown tool: ecco. Did you mean Echo?"_s);
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
