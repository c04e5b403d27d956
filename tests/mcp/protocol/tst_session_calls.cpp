// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens to a call between its line and its answer: order, cancellation, progress, batches.

#include "tests/mcp/support/session_world.h"

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace session_test;

class TestSessionCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        QCOMPARE(acknowledged["params"_L1]["notifications"_L1].toObject(),
                 (QJsonObject{{u"toolsListChanged"_s, true}}));
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
        for (const auto &answer : answers) {
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
};

QTEST_GUILESS_MAIN(TestSessionCalls)
#include "tst_session_calls.moc"
