// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The relay's decisions, without processes: bytes in, bytes out.

#include "tests/shim/relay_lines.h"

using namespace relay_test;

class TestRelay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passesEveryByteOn_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("one by one") << 1;
        QTest::newRow("in pieces") << 7;
        QTest::newRow("all at once") << 100000;
    }

    void passesEveryByteOn()
    {
        QFETCH(int, piece);
        const std::string text = initialize + "\r\n" + initialized + "garbage\n" + call(1) + "[1]\n"
            + call(2) + R"({"id":5,"result":1})" + "\n";
        Relay relay;
        relay.connected();
        std::string sent;
        std::string shown;
        for (std::size_t at = 0; at < text.size(); at += size_t(piece)) {
            relay.fromClient(std::string_view(text).substr(at, size_t(piece)));
            sent += takeToTray(relay);
            QVERIFY(relay.fromTray(std::string_view(text).substr(at, size_t(piece))));
            const std::string part = takeToClient(relay);
            QVERIFY(part.empty() || part.back() == '\n'); // whole lines only
            shown += part;
        }
        QCOMPARE(sent, text);
        QCOMPARE(shown, text);
    }

    void countsCallsUntilTheirAnswer()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(call(1) + call(2) + initialized);
        QCOMPARE(relay.callsInFlight(), std::size_t(0)); // not sent yet
        takeToTray(relay, call(1).size());
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        takeToTray(relay);
        QCOMPARE(relay.callsInFlight(), std::size_t(2));
        QVERIFY(relay.fromTray(answer(2)));
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        QVERIFY(relay.fromTray(R"({"id":1,"method":"ping"})"
                               "\n")); // a question of the tray process
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
    }

    void lossIsAnsweredWithTheIdsAsSent()
    {
        Relay relay;
        handshake(relay);
        const std::string odd = "{\"method\":\"tools/call\",\"id\":\"\\u00e9\\/\"}\n";
        relay.fromClient(call(7) + odd);
        takeToTray(relay);
        relay.lost();
        const std::string lines = takeToClient(relay);
        QVERIFY(lines.find("\"id\":\"\\u00e9\\/\"") != std::string::npos);
        const auto objects = objectsIn(lines);
        QCOMPARE(objects.size(), 2);
        QCOMPARE(objects[0].value("id"_L1).toInt(), 7);
        for (const QJsonObject &object : objects) {
            QCOMPARE(object.value("error"_L1).toObject().value("code"_L1).toInt(), -32603);
            QVERIFY(messageOf(object).contains(
                "connection lost, outcome unknown; if this call changes something, check before "
                "repeating"_L1));
        }
        QVERIFY(relay.isIdle());
        QVERIFY(!relay.needsTray());
    }

    void handshakeIsReplayedAndItsAnswerSwallowed()
    {
        Relay relay;
        handshake(relay);
        relay.lost();
        QVERIFY(takeToClient(relay).empty());
        relay.fromClient(call(1));
        QVERIFY(relay.needsTray());
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized + call(1));
        const std::string note = R"({"method":"notifications/tools/list_changed"})"
                                 "\n";
        QVERIFY(relay.fromTray(note + initializeAnswer + answer(1) + initializeAnswer));
        // Only one answer is swallowed.
        QCOMPARE(takeToClient(relay), note + answer(1) + initializeAnswer);
    }

    void handshakeOnItsWayIsRepeatedInsteadOfFailed()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(initialize);
        takeToTray(relay);
        for (int loss = 0; loss < 2; ++loss) {
            relay.lost();
            QVERIFY(takeToClient(relay).empty());
            QVERIFY(relay.needsTray());
            relay.connected();
            QCOMPARE(takeToTray(relay), initialize);
        }
        // A tray process that dies of it every time is not started for ever.
        relay.lost();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        QVERIFY(!relay.needsTray());
        relay.connected();
        QVERIFY(relay.toTray().empty());
        // Another one is a new try; of two the newer is sent again, and the older is lost.
        const std::string other = R"({"jsonrpc":"2.0","id":"o","method":"initialize"})"
                                  "\n";
        relay.fromClient(other + initialize);
        takeToTray(relay);
        relay.lost();
        QCOMPARE(idsPerLine(takeToClient(relay)), QStringList{u"o"_s});
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize);
        QVERIFY(relay.fromTray(initializeAnswer));
        QCOMPARE(takeToClient(relay), initializeAnswer);
    }

    // However many: what is kept of them is bounded.
    void manyHandshakesAreKnownByTheirIdsOnly()
    {
        Relay relay;
        relay.connected();
        for (std::size_t i = 0; i <= ClientHandshake::dueLimit; ++i)
            relay.fromClient(initialize);
        takeToTray(relay);
        relay.lost();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), qsizetype(ClientHandshake::dueLimit + 1));
        relay.connected();
        QCOMPARE(takeToTray(relay), std::string());
    }

    // Such a call is no handshake: it is not repeated, and not answered with that of the handshake.
    void callWithTheIdOfTheHandshakeIsACall()
    {
        Relay relay;
        handshake(relay);
        const std::string again = R"({"jsonrpc":"2.0","id":"i","method":"tools/call"})"
                                  "\n";
        relay.fromClient(again);
        QCOMPARE(takeToTray(relay), again);
        relay.lost();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        QVERIFY(relay.isIdle());
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized);
        QVERIFY(relay.fromTray(initializeAnswer));
        QVERIFY(takeToClient(relay).empty());

        // Nor does its refusal end the handshake.
        relay.lost();
        relay.fromClient(again);
        relay.refuse("nobody is there");
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized);
    }

    void cancelledHandshakeIsNotRepeated()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(initialize);
        relay.fromClient(
            R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"\u0069"}})"
            "\n");
        takeToTray(relay);
        relay.lost();
        QVERIFY(!relay.needsTray());
        relay.connected();
        QVERIFY(relay.fromTray(initializeAnswer));
        QVERIFY(takeToClient(relay).empty());
    }

    void repeatedHandshakeIsAnswered()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(initialize);
        takeToTray(relay);
        relay.lost();
        relay.connected();
        takeToTray(relay);
        QVERIFY(relay.fromTray(initializeAnswer));
        QCOMPARE(takeToClient(relay), initializeAnswer);
    }

    void refusedHandshakeLeavesTheOneBeforeIt()
    {
        Relay relay;
        handshake(relay);
        const std::string other = R"({"jsonrpc":"2.0","id":"o","method":"initialize"})"
                                  "\n";
        relay.fromClient(other);
        QCOMPARE(takeToTray(relay), other);
        QVERIFY(relay.fromTray(R"({"jsonrpc":"2.0","id":"o","error":{"code":-32602}})"
                               "\n"));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized);
        takeToClient(relay);
        // A new tray process that refuses it is not the last one.
        QVERIFY(relay.fromTray(R"({"jsonrpc":"2.0","id":"i","error":{"code":-32602}})"
                               "\n"));
        QCOMPARE(takeToClient(relay), std::string());
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized);
    }

    // However much a client writes before it reads: nobody is forgotten.
    void manyCallsAreHeldBackInsteadOfForgotten()
    {
        Relay relay;
        relay.connected();
        int sent = 0;
        while (sent < 5000 && relay.roomForClient() > 100)
            relay.fromClient(call(++sent));
        std::size_t taken = takeToTray(relay).size();
        while (sent < 5000 && relay.roomForClient() > 100) {
            relay.fromClient(call(++sent));
            taken += takeToTray(relay).size();
        }
        QVERIFY(taken > 0);
        QVERIFY(sent < 5000); // the client has to wait
        QVERIFY(relay.toTray().empty());
        const std::size_t before = relay.callsInFlight();
        QVERIFY(before >= CallsInFlight::countLimit);
        // Answers make room.
        for (int id = 1; relay.toTray().empty(); ++id)
            QVERIFY(relay.fromTray(answer(id)));
        takeToClient(relay);
        relay.lost();
        relay.refuse("no");
        std::size_t answered = 0;
        for (std::string lines = takeToClient(relay); !lines.empty(); lines = takeToClient(relay))
            answered += std::size_t(objectsIn(lines).size());
        QCOMPARE(answered + (before - CallsInFlight::countLimit) + 1, std::size_t(sent));
    }

    void clientWithoutHandshakeReplaysNothing()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(call(1));
        takeToTray(relay);
        relay.lost();
        relay.connected();
        QVERIFY(relay.toTray().empty());
    }

    void tooLongAnInitializeIsNotRemembered()
    {
        Relay relay;
        relay.connected();
        const std::string line = std::string("{\"x\":\"") + std::string(Relay::rememberLimit, 'x')
            + "\",\"id\":1,\"method\":\"initialize\"}" + "\n";
        for (std::size_t at = 0; at < line.size(); at += 1000) {
            relay.fromClient(std::string_view(line).substr(at, 1000));
            takeToTray(relay);
        }
        QVERIFY(relay.fromTray(answer(1)));
        relay.lost();
        relay.connected();
        QVERIFY(relay.toTray().empty());
    }

    void cancelledCallsAreForgotten()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(
            call(1) + call(2)
            + R"({"method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}})"
            + "\n");
        takeToTray(relay);
        relay.lost();
        const auto objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0].value("id"_L1).toInt(), 2);
    }

    void lineCutByTheLossIsAnsweredAtItsEnd()
    {
        Relay relay;
        handshake(relay);
        const std::string line = call(9);
        relay.fromClient(std::string_view(line).substr(0, 20));
        takeToTray(relay, 10);
        relay.lost();
        QVERIFY(takeToClient(relay).empty());
        relay.fromClient(std::string_view(line).substr(20, 5));
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized); // nothing of the cut line
        relay.fromClient(std::string(line.substr(25)) + call(10));
        QCOMPARE(takeToTray(relay), call(10));
        const auto objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0].value("id"_L1).toInt(), 9);
        QVERIFY(messageOf(objects[0]).contains("outcome unknown"_L1));
    }

    void cutNotificationIsForgotten()
    {
        Relay relay;
        handshake(relay);
        const std::string note = R"({"method":"notifications/x","params":{}})"
                                 "\n";
        relay.fromClient(note);
        takeToTray(relay, 5);
        relay.lost();
        QVERIFY(takeToClient(relay).empty());
        QVERIFY(!relay.needsTray());
    }

    void callsNotSentYetAreSentLater()
    {
        Relay relay;
        handshake(relay);
        relay.fromClient(call(1) + call(2));
        takeToTray(relay, call(1).size());
        relay.lost();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        QVERIFY(relay.needsTray());
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized + call(2));
    }

    void halfAnAnswerNeverReachesTheClient()
    {
        Relay relay;
        handshake(relay);
        relay.fromClient(call(1));
        takeToTray(relay);
        const std::string half = answer(1).substr(0, 15);
        QVERIFY(relay.fromTray(half));
        QVERIFY(relay.toClient().empty());
        relay.lost();
        const auto objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0].value("id"_L1).toInt(), 1);
        QVERIFY(!messageOf(objects[0]).isEmpty());
        relay.connected();
        takeToTray(relay);
        QVERIFY(relay.fromTray(initializeAnswer + answer(2)));
        QCOMPARE(takeToClient(relay), answer(2));
    }

    void notificationsNeedNoTray()
    {
        Relay relay;
        relay.fromClient(initialized + "\n" + R"({"id":1,"result":{}})" + "\n");
        QVERIFY(!relay.needsTray());
        QVERIFY(relay.isIdle());
        relay.fromClient(R"({"method":"notifications/x")");
        QVERIFY(!relay.needsTray()); // not whole yet
        relay.fromClient("}\n");
        QVERIFY(!relay.needsTray());
        relay.fromClient(call(1));
        QVERIFY(relay.needsTray());
        relay.fromClient(initialized);
        relay.connected();
        QCOMPARE(takeToTray(relay), call(1) + initialized); // in order behind the call
    }

    void initializedSentWhileAwayIsReplayed()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(initialize);
        takeToTray(relay);
        QVERIFY(relay.fromTray(initializeAnswer));
        takeToClient(relay);
        relay.lost();
        relay.fromClient(initialized);
        QVERIFY(!relay.needsTray());
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized);
    }

    void refusalAnswersWhatWaits()
    {
        Relay relay;
        relay.fromClient(call(1) + initialized + call(2) + call(3).substr(0, 10));
        relay.refuse("install \"it\"");
        auto objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 2);
        QCOMPARE(messageOf(objects[0]), u"install \"it\""_s);
        QVERIFY(!relay.needsTray());
        relay.fromClient(call(3).substr(10));
        objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objects[0].value("id"_L1).toInt(), 3);
        QVERIFY(!relay.needsTray());
        relay.fromClient(call(4)); // tries again
        QVERIFY(relay.needsTray());
        // What never left is no loss, whatever happens before it ends.
        relay.fromClient(call(5).substr(0, 10));
        relay.refuse("install \"it\"");
        takeToClient(relay);
        relay.connected();
        relay.lost();
        relay.fromClient(call(5).substr(10));
        objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(messageOf(objects[0]), u"install \"it\""_s);
    }

    void refusedInitializeIsNotReplayed()
    {
        Relay relay;
        relay.fromClient(initialize);
        relay.refuse("no");
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        relay.connected();
        QVERIFY(relay.toTray().empty());
    }

    void impossibleIdsAreRefusedWithoutId()
    {
        Relay relay;
        relay.fromClient(R"({"id":null,"method":"a"})"
                         "\n"
                         R"({"id":1.5,"method":"a"})"
                         "\n");
        relay.refuse("no");
        const auto objects = objectsIn(takeToClient(relay));
        QCOMPARE(objects.size(), 2);
        QVERIFY(!objects[0].contains("id"_L1));
        QVERIFY(!objects[1].contains("id"_L1));
    }

    // MCP 2025-03-26: the answers to a batch come as a batch.
    void whatWaitsOfALostBatchIsAnsweredAsOne()
    {
        Relay relay;
        agreeOnBatches(relay);
        relay.fromClient(call(7)
                         + R"([{"id":1,"method":"a"},{"method":"n"},{"id":2,"method":"b"},)"
                           R"({"id":3,"method":"c"}])"
                           "\n"
                           R"([{"id":4,"method":"d"}])"
                           "\n"
                         + call(8));
        takeToTray(relay);
        QCOMPARE(relay.callsInFlight(), std::size_t(6));
        // Not by its id alone: a call of its own may have the same.
        QVERIFY(relay.fromTray(R"({"id":3,"result":{}})"
                               "\n"
                               R"([{"id":2,"result":{}}])"
                               "\n"));
        takeToClient(relay);
        relay.lost();
        QCOMPARE(idsPerLine(takeToClient(relay)),
                 (QStringList{u"7"_s, u"[1,3]"_s, u"[4]"_s, u"8"_s}));
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
    }

    void batchThatNobodyTookIsRefusedAsOne()
    {
        Relay relay;
        relay.fromClient(R"([{"id":1,"method":"a"},{"method":"n"},{"id":"x","method":"b"}])"
                         "\n"
                         + call(9));
        relay.refuse("no");
        QCOMPARE(idsPerLine(takeToClient(relay)), (QStringList{u"[1,x]"_s, u"9"_s}));
    }

    void batchCutByTheLossIsAnsweredAsOne()
    {
        Relay relay;
        agreeOnBatches(relay);
        relay.fromClient(R"([{"id":1,"method":"a"},)");
        takeToTray(relay);
        relay.lost();
        relay.fromClient(R"({"id":2,"method":"b"}])"
                         "\n");
        QCOMPARE(idsPerLine(takeToClient(relay)), QStringList{u"[1,2]"_s});
    }

    void answerToAWholeBatchEndsItsCalls()
    {
        Relay relay;
        agreeOnBatches(relay);
        relay.fromClient(R"([{"id":1,"method":"a"},{"id":2,"method":"b"}])"
                         "\n");
        takeToTray(relay);
        QVERIFY(relay.fromTray(R"([{"id":2,"result":{}},{"id":1,"result":{}}])"
                               "\n"));
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
    }

    void endOfTheClientClosesItsLine()
    {
        Relay relay;
        relay.connected();
        std::string line = call(1);
        line.pop_back();
        relay.fromClient(line);
        takeToTray(relay, 5);
        relay.clientEnded();
        takeToTray(relay);
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        QVERIFY(!relay.isIdle());
        relay.giveUp();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        QVERIFY(relay.isIdle());
    }

    void memoryIsBounded()
    {
        Relay relay;
        QCOMPARE(relay.roomForClient(), Relay::clientQueueLimit);
        relay.fromClient(std::string(Relay::clientQueueLimit, 'x'));
        QCOMPARE(relay.roomForClient(), std::size_t(0));
        QVERIFY(relay.needsTray()); // a line longer than the queue may be a call
        relay.connected();
        takeToTray(relay);
        QVERIFY(relay.roomForClient() > 0);

        QVERIFY(relay.roomForTray());
        const std::string large(9 * 1024 * 1024, 'x');
        QVERIFY(relay.fromTray(large + "\n"));
        QVERIFY(!relay.roomForTray());
        QVERIFY(relay.roomForClient() > 0); // the other direction goes on
        QCOMPARE(takeToClient(relay).size(), large.size() + 1);
        QVERIFY(relay.roomForTray());
        // Less than the limit is left, but it lies outside of memory.
        QVERIFY(relay.fromTray(large + "\n"));
        std::size_t left = large.size() + 1;
        while (left > Relay::answerQueueLimit - 1) {
            const std::size_t count = std::min(relay.toClient().size(), std::size_t(1000));
            relay.sentToClient(count);
            left -= count;
        }
        QVERIFY(!relay.roomForTray());
        takeToClient(relay);
        QVERIFY(relay.roomForTray());
        relay.lost();
        while (relay.roomForClient() > 0) {
            relay.fromClient(call(1));
            relay.refuse("no");
            QVERIFY(relay.toClient().size() < 2 * Relay::answerQueueLimit);
        }
        relay.connected();
        QVERIFY(!relay.fromTray(std::string(Relay::answerLimit + 1, 'x')));
    }
};

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"
