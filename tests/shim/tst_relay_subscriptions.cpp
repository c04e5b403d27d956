// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Streams that outlive the tray process, and lines whose answer names no id.

#include "tests/shim/relay_lines.h"

using namespace relay_test;

namespace {

std::string listen(const std::string &id)
{
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"subscriptions/listen"})" + "\n";
}
std::string acknowledged(const std::string &id)
{
    return R"({"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":)"
           R"({"_meta":{"io.modelcontextprotocol/subscriptionId":)"
        + id + R"(},"notifications":{}}})" + "\n";
}
std::string cancelled(const std::string &id)
{
    return R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id
        + "}}\n";
}
const std::string batch = R"([{"id":1,"method":"a"},{"id":2,"method":"b"}])"
                          "\n";
const std::string changed = R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})"
                            "\n";
const std::string refusal = R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}})"
                            "\n";

// A relay whose client has sent these lines, and the tray process has taken them.
void sendAll(Relay &relay, const std::string &lines)
{
    relay.fromClient(lines);
    QCOMPARE(takeToTray(relay), lines);
}
std::string passOn(Relay &relay, const std::string &lines)
{
    if (!relay.fromTray(lines))
        return "broken";
    return takeToClient(relay);
}

} // namespace

class TestRelaySubscriptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anOpenStreamMovesToTheNextTrayProcess()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("0") + listen("\"listen:0\""));
        QCOMPARE(passOn(relay, acknowledged("0") + acknowledged("\"listen:0\"")),
                 acknowledged("0") + acknowledged("\"listen:0\""));
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
        relay.lost();
        QCOMPARE(takeToClient(relay), std::string());
        QVERIFY(!relay.needsTray()); // the person may have ended it
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("0") + listen("\"listen:0\""));
        // The client has these already; what changed it has not.
        QCOMPARE(passOn(relay, acknowledged("0") + acknowledged("\"listen:0\"") + changed),
                 changed);
        // A third one.
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("0") + listen("\"listen:0\""));
        QCOMPARE(passOn(relay, acknowledged("0")), std::string());
    }

    void theHandshakeGoesFirst()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, initialize + initialized + listen("4"));
        QVERIFY(relay.fromTray(initializeAnswer + acknowledged("4")));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), initialize + initialized + listen("4"));
    }

    void aStreamThatNobodyAcknowledgedIsACallThatWasLost()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("1"));
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        relay.lost();
        QCOMPARE(idsPerLine(takeToClient(relay)), QStringList{u"1"_s});
        relay.fromClient(listen("2"));
        QVERIFY(relay.needsTray());
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("2"));
        QCOMPARE(passOn(relay, acknowledged("2")), acknowledged("2"));
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
    }

    // The tray process acknowledges what it had before it hears that nobody wants it.
    void aLateAcknowledgementOfAWithdrawnStreamIsSwallowed()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("1") + cancelled("1") + listen("2") + listen("1"));
        QCOMPARE(passOn(relay, acknowledged("1")), std::string());
        QCOMPARE(passOn(relay, acknowledged("2") + acknowledged("1")),
                 acknowledged("2") + acknowledged("1"));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("2") + listen("1"));
    }

    // An id that is in use is refused, and what used it first goes on.
    void anotherRequestWithTheIdOfAStreamTakesNothingFromIt()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("1") + listen("2"));
        passOn(relay, acknowledged("1") + acknowledged("2"));
        sendAll(relay, call(1) + listen("2"));
        QCOMPARE(relay.callsInFlight(), std::size_t(2));
        QCOMPARE(passOn(relay, answer(1) + answer(2)), answer(1) + answer(2));
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("1") + listen("2"));
        sendAll(relay, listen("1"));
        QCOMPARE(passOn(relay, acknowledged("1") + acknowledged("2") + answer(1)), answer(1));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("1") + listen("2"));
    }

    void aStreamThatWasWithdrawnIsForgotten()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("1") + listen("2") + listen("3"));
        passOn(relay, acknowledged("1") + acknowledged("2") + acknowledged("3"));
        sendAll(relay, cancelled("1"));
        relay.lost();
        relay.fromClient(cancelled("2")); // while nobody is there
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("3"));
        QCOMPARE(passOn(relay, acknowledged("3")), std::string());
    }

    void aStreamThatWasAnsweredIsForgotten()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("1") + listen("2"));
        QCOMPARE(passOn(relay, answer(1) + acknowledged("2")), answer(1) + acknowledged("2"));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), listen("2"));
        QCOMPARE(passOn(relay, acknowledged("2")), std::string());
        // It may still end it: that is for the client.
        QCOMPARE(passOn(relay, answer(2)), answer(2));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), std::string());
    }

    void aStreamThatNobodyTookIsRefusedAsACall()
    {
        Relay relay;
        relay.fromClient(listen("1"));
        QVERIFY(relay.needsTray());
        relay.refuse("no");
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 1);
        relay.connected();
        QCOMPARE(takeToTray(relay), std::string());
    }

    void streamsAreCountedAndTheRestAreCalls()
    {
        Relay relay;
        relay.connected();
        for (std::size_t i = 0; i < OpenSubscriptions::countLimit + 3; ++i) {
            const std::string id = std::to_string(i);
            sendAll(relay, listen(id));
            QCOMPARE(passOn(relay, acknowledged(id)), acknowledged(id));
        }
        QCOMPARE(relay.callsInFlight(), std::size_t(3));
        relay.lost();
        QCOMPARE(objectsIn(takeToClient(relay)).size(), 3);
    }

    void aStreamAcknowledgedAfterTheEndIsEndedToo()
    {
        Relay relay;
        relay.connected();
        relay.fromClient(listen("7"));
        relay.clientEnded();
        QCOMPARE(takeToTray(relay), listen("7"));
        QVERIFY(!relay.isIdle());
        const QList<QJsonObject> lines = objectsIn(passOn(relay, acknowledged("7")));
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[1]["result"_L1]["resultType"_L1].toString(), u"complete"_s);
        QVERIFY(relay.isIdle());
    }

    // Acknowledgements come in order, also that of a line which is too long to be replayed.
    void aLongRequestForAStreamKeepsItsPlaceInTheOrder()
    {
        Relay relay;
        relay.connected();
        const std::string longOne = "{\"x\":\"" + std::string(Relay::rememberLimit, 'x')
            + "\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\"}\n";
        relay.fromClient(longOne);
        takeToTray(relay);
        sendAll(relay, listen("2") + cancelled("2"));
        QCOMPARE(passOn(relay, acknowledged("1")), acknowledged("1"));
        QCOMPARE(passOn(relay, acknowledged("2")), std::string());
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        relay.lost();
        relay.connected();
        QCOMPARE(takeToTray(relay), std::string());
    }

    // Its last word does not wait for the end of half an answer, and is the last.
    void nothingIsTakenAfterTheLastWord()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, call(1));
        QVERIFY(relay.fromTray(answer(1).substr(0, 9)));
        relay.clientEnded();
        relay.giveUp();
        QCOMPARE(idsPerLine(takeToClient(relay)), QStringList{u"1"_s});
        QVERIFY(relay.isIdle());
        QCOMPARE(passOn(relay, answer(1).substr(9) + answer(1)), std::string());
    }

    void theEndOfTheClientEndsItsStreams()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, listen("7") + listen("\"a\\u0041\""));
        passOn(relay, acknowledged("7") + acknowledged("\"aA\""));
        relay.clientEnded();
        const QList<QJsonObject> ends = objectsIn(takeToClient(relay));
        QCOMPARE(ends.size(), 2);
        for (const QJsonObject &end : ends) {
            QCOMPARE(end["result"_L1]["resultType"_L1].toString(), u"complete"_s);
            QCOMPARE(end["result"_L1]["_meta"_L1]["io.modelcontextprotocol/subscriptionId"_L1],
                     end["id"_L1]);
        }
        QCOMPARE(ends[1]["id"_L1].toString(), u"aA"_s);
        QVERIFY(relay.isIdle());
    }

    void aRefusalWithoutIdIsWaitedFor_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::newRow("no JSON") << std::string("nonsense");
        QTest::newRow("an empty batch") << std::string("[]");
        QTest::newRow("no object") << std::string("5");
        QTest::newRow("an id that is none") << std::string(R"({"id":null,"method":"ping"})");
        QTest::newRow("a line that is too long") << std::string(Relay::lineLimit + 1, ' ');
    }
    void aRefusalWithoutIdIsWaitedFor()
    {
        QFETCH(std::string, line);
        Relay relay;
        relay.connected();
        sendAll(relay, line + "\n");
        QVERIFY(!relay.isIdle());
        QCOMPARE(passOn(relay, refusal), refusal);
        QVERIFY(relay.isIdle());
        sendAll(relay, line + "\n");
        relay.lost();
        QVERIFY(relay.isIdle());
    }

    void aBatchThatIsRefusedAsAWholeIsNoCall()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, call(9) + "nonsense\n" + batch);
        QCOMPARE(relay.callsInFlight(), std::size_t(1));
        passOn(relay, answer(9) + refusal); // the one of the line before
        QVERIFY(!relay.isIdle());
        QCOMPARE(passOn(relay, refusal), refusal);
        QVERIFY(relay.isIdle());
        sendAll(relay, batch);
        relay.lost();
        QCOMPARE(takeToClient(relay), std::string());
    }

    void aBatchBehindAHandshakeIsDecidedWithIt_data()
    {
        QTest::addColumn<std::string>("answer");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("the revision with batches") << batchesAgreed << true;
        QTest::newRow("another one") << initializeAnswer << false;
        QTest::newRow("refused") << std::string(R"({"id":"i","error":{}})"
                                                "\n")
                                 << false;
    }
    void aBatchBehindAHandshakeIsDecidedWithIt()
    {
        QFETCH(std::string, answer);
        QFETCH(bool, isTaken);
        Relay relay;
        relay.connected();
        sendAll(relay, initialize + batch + batch);
        QCOMPARE(relay.callsInFlight(), std::size_t(5));
        passOn(relay, answer);
        QCOMPARE(relay.callsInFlight(), std::size_t(isTaken ? 4 : 0));
        QVERIFY(!relay.isIdle());
        if (isTaken) {
            passOn(relay, refusal); // of something else
            QCOMPARE(relay.callsInFlight(), std::size_t(4));
            relay.lost();
            QCOMPARE(idsPerLine(takeToClient(relay)), (QStringList{u"[1,2]"_s, u"[1,2]"_s}));
        } else {
            passOn(relay, refusal + refusal);
            QVERIFY(relay.isIdle());
        }
    }

    // Each initialize is answered in its turn, whatever the ids are.
    void handshakesAreDecidedInTheirOrder()
    {
        Relay relay;
        agreeOnBatches(relay);
        sendAll(relay, batch);
        const std::string other = R"({"jsonrpc":"2.0","id":"","method":"initialize"})"
                                  "\n";
        const std::string refused = R"({"jsonrpc":"2.0","id":"","error":{"code":-32602}})"
                                    "\n";
        sendAll(relay, initialize + batch + other);
        passOn(relay, batchesAgreed);
        passOn(relay, refused);
        QCOMPARE(relay.callsInFlight(), std::size_t(4));
        // The first of two does not decide about what was sent behind the second.
        Relay second;
        second.connected();
        sendAll(second, other + initialize + batch);
        passOn(second, refused);
        QCOMPARE(second.callsInFlight(), std::size_t(3));
        passOn(second, batchesAgreed);
        QCOMPARE(second.callsInFlight(), std::size_t(2));
        // One that agrees on another revision: what was sent before it is still taken.
        sendAll(relay, initialize + batch);
        passOn(relay, initializeAnswer);
        QCOMPARE(relay.callsInFlight(), std::size_t(4));
        passOn(relay, refusal);
        sendAll(relay, batch);
        QCOMPARE(relay.callsInFlight(), std::size_t(4));
    }

    void aCancelledEntryOfABatchIsForgotten()
    {
        Relay relay;
        agreeOnBatches(relay);
        sendAll(relay, batch + cancelled("2"));
        passOn(relay,
               R"([{"id":1,"result":{}}])"
               "\n");
        QVERIFY(relay.isIdle());
        sendAll(relay, batch + cancelled("1"));
        relay.lost();
        QCOMPARE(idsPerLine(takeToClient(relay)), QStringList{u"[2]"_s});
        // A tray process that refuses the handshake has none; the next one is asked again.
        relay.connected();
        takeToTray(relay);
        QCOMPARE(passOn(relay,
                        R"({"id":"i","error":{}})"
                        "\n"),
                 std::string());
        sendAll(relay, batch);
        QCOMPARE(relay.callsInFlight(), std::size_t(0));
        relay.lost();
        relay.connected();
        takeToTray(relay);
        QCOMPARE(passOn(relay, batchesAgreed), std::string());
        sendAll(relay, batch);
        QCOMPARE(relay.callsInFlight(), std::size_t(2));
    }

    void anAnswerWithoutIdInsideABatchIsOfThatBatch()
    {
        Relay relay;
        agreeOnBatches(relay);
        sendAll(relay, batch + "nonsense\n");
        passOn(relay,
               R"([{"id":1,"result":{}},{"id":2,"result":{}},{"error":{}}])"
               "\n");
        QVERIFY(!relay.isIdle());
        passOn(relay, refusal);
        QVERIFY(relay.isIdle());
    }

    // What nobody answers is not waited for.
    void whatNobodyTookDrawsNoAnswer()
    {
        Relay relay;
        relay.fromClient(R"({"id":null,"result":{}})"
                         "\n");
        QVERIFY(relay.isIdle());
    }

    void blankLinesDrawNoAnswer()
    {
        Relay relay;
        relay.connected();
        sendAll(relay, "\n \t\r\n");
        QVERIFY(relay.isIdle());
    }
};

QTEST_GUILESS_MAIN(TestRelaySubscriptions)
#include "tst_relay_subscriptions.moc"
