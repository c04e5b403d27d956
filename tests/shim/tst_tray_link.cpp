// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When the tray process is looked for, started and given up, on a clock that the test moves.

#include "mcp/link/hello.h"
#include "mcp/shim/tray_link.h"

#include <QTest>

using namespace std::chrono_literals;

namespace {

class FakeTransport final : public TrayTransport
{
public:
    ConnectOutcome outcome = ConnectOutcome::NobodyThere;
    std::string problem;
    bool canLaunch = true;
    bool takesHello = true;
    int opened = 0;
    int closed = 0;
    int launched = 0;
    std::string sent;
    QStringList complaints;

    ConnectOutcome open(std::string &why) override
    {
        ++opened;
        why = problem;
        return outcome;
    }
    bool sendHello(std::string_view line) override
    {
        sent += line;
        return takesHello;
    }
    void close() override { ++closed; }
    bool launch(std::string &why) override
    {
        ++launched;
        why = problem;
        return canLaunch;
    }
    void complain(std::string_view text) override
    {
        complaints += QString::fromStdString(std::string(text));
    }
};

const std::string call = R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
                         "\n";

struct World
{
    Relay relay;
    FakeTransport transport;
    TrayLink link{relay, transport, 10s};
    TrayLink::Time now{};

    World() { now += 1h; }
    // Moves the clock to each due time until `end` has passed.
    void runFor(std::chrono::milliseconds time)
    {
        const auto end = now + time;
        while (link.nextTime() && *link.nextTime() <= end) {
            now = std::max(now, *link.nextTime());
            link.tick(now);
        }
        now = end;
        link.tick(now);
    }
    void hello() { link.received(valet_link::helloLine(valet_link::Role::Mcp), now); }
    void up()
    {
        transport.outcome = ConnectOutcome::Connected;
        link.begin(now);
        hello();
        QVERIFY(link.isUp());
    }
    QByteArray answers()
    {
        QByteArray text = QByteArray::fromStdString(std::string(relay.toClient()));
        relay.sentToClient(relay.toClient().size());
        return text;
    }
};

} // namespace

class TestTrayLink : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysItsEntryInEveryHello()
    {
        World world;
        TrayLink link(world.relay, world.transport, 10s, "cursor-1");
        world.transport.outcome = ConnectOutcome::Connected;
        link.begin(world.now);
        QCOMPARE(world.transport.sent, valet_link::helloOfRelay("", "cursor-1"));
        link.received(valet_link::helloLine(valet_link::Role::Mcp, "lists"), world.now);
        world.transport.sent.clear();
        world.now += 1min;
        link.lose(world.now);
        world.now = *link.nextTime();
        link.tick(world.now);
        QCOMPARE(world.transport.sent, valet_link::helloOfRelay("lists", "cursor-1"));
    }

    void greetsTheOneThatIsThereAndPassesOnWhatComesWithTheHello()
    {
        World world;
        world.transport.outcome = ConnectOutcome::Connected;
        world.link.begin(world.now);
        QVERIFY(world.link.isGreeting());
        QCOMPARE(world.transport.sent, valet_link::helloLine(valet_link::Role::Mcp));
        const std::string hello = valet_link::helloLine(valet_link::Role::Mcp);
        world.link.received(hello.substr(0, 9), world.now);
        QVERIFY(world.link.isGreeting());
        world.link.received(hello.substr(9) + "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n",
                            world.now);
        QVERIFY(world.link.isUp());
        QVERIFY(world.answers().contains("result"));
        QVERIFY(!world.link.nextTime()); // no timer while nothing is due
    }

    void nobodyIsStartedWithoutACall()
    {
        World world;
        world.link.begin(world.now);
        world.runFor(1min);
        QCOMPARE(world.transport.launched, 0);
        QCOMPARE(world.transport.opened, 1);
        QVERIFY(!world.link.nextTime());
    }

    void aCallStartsItOnceAndIsTakenWhenItIsThere()
    {
        World world;
        world.link.begin(world.now);
        world.relay.fromClient(call);
        QVERIFY(world.link.isDue());
        world.link.tick(world.now);
        QCOMPARE(world.transport.launched, 1);
        world.runFor(2s);
        QCOMPARE(world.transport.launched, 1);
        QVERIFY(world.transport.opened > 5); // 5, 10, 20, ... 250 ms
        world.transport.outcome = ConnectOutcome::Connected;
        world.runFor(TrayLink::longestPause);
        QVERIFY(world.link.isGreeting());
        world.hello();
        QVERIFY(world.link.isUp());
        QVERIFY(world.answers().isEmpty());
        QCOMPARE(std::string(world.relay.toTray()), call);
    }

    void aCallIsRefusedAfterTheLimitAndTheNextOneTriesAgain()
    {
        World world;
        world.relay.fromClient(call);
        world.link.tick(world.now);
        world.runFor(9999ms);
        QVERIFY(world.answers().isEmpty());
        world.runFor(1ms);
        QVERIFY(world.answers().contains("did not start in time"));
        QCOMPARE(world.transport.complaints.size(), 1);
        QVERIFY(!world.link.nextTime());
        const int opened = world.transport.opened;
        world.runFor(1min);
        QCOMPARE(world.transport.opened, opened);
        world.relay.fromClient(call);
        world.link.tick(world.now);
        QCOMPARE(world.transport.launched, 2);
    }

    void whoListensAndIsBusyIsNotStartedASecondTime()
    {
        World world;
        world.transport.outcome = ConnectOutcome::Busy;
        world.relay.fromClient(call);
        world.link.tick(world.now);
        world.runFor(5s);
        QCOMPARE(world.transport.launched, 0);
        QVERIFY(world.transport.opened > 5);
    }

    void aProgramThatCannotBeStartedIsSaidAtOnce()
    {
        World world;
        world.transport.canLaunch = false;
        world.transport.problem = "install it";
        world.relay.fromClient(call);
        world.link.tick(world.now);
        QVERIFY(world.answers().contains("Graph Valet: install it"));
        QCOMPARE(world.transport.complaints, QStringList{QStringLiteral("install it")});
        QVERIFY(!world.link.nextTime());
    }

    void anotherUsersProgramIsNeitherGreetedNorReplaced()
    {
        World world;
        world.transport.outcome = ConnectOutcome::NotTrusted;
        world.transport.problem = "another user's program listens";
        world.link.begin(world.now);
        QVERIFY(world.answers().isEmpty());
        world.relay.fromClient(call);
        world.link.tick(world.now);
        QVERIFY(world.answers().contains("another user's program listens"));
        QCOMPARE(world.transport.launched, 0);
        QVERIFY(world.transport.sent.empty());
    }

    void whoDoesNotGreetIsLeft()
    {
        World world;
        world.transport.outcome = ConnectOutcome::Connected;
        world.link.begin(world.now);
        world.relay.fromClient(call);
        world.runFor(9999ms);
        QVERIFY(world.link.isGreeting());
        world.runFor(1ms);
        QVERIFY(world.link.isAway());
        QCOMPARE(world.transport.closed, 1);
        QVERIFY(world.answers().contains("does not answer"));
    }

    void whatIsNoHelloEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("endless") << QByteArray(valet_link::helloLimit + 1, 'x')
                                 << QByteArray("4096");
        QTest::newRow("a refusal arrives as its text")
            << QByteArray::fromStdString(valet_link::helloRefusal("too many clients"))
            << QByteArray("Graph Valet: too many clients");
    }
    void whatIsNoHelloEndsTheConnection()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(QByteArray, answer);
        World world;
        world.transport.outcome = ConnectOutcome::Connected;
        world.relay.fromClient(call);
        world.link.tick(world.now);
        world.link.received(greeting.toStdString(), world.now);
        QVERIFY(world.link.isAway());
        QVERIFY(world.answers().contains(answer));
    }

    void afterALossItLooksForAWhileAndStartsNobody()
    {
        World world;
        world.up();
        world.transport.outcome = ConnectOutcome::NobodyThere;
        world.now += 1min;
        world.link.lose(world.now);
        QVERIFY(world.link.isAway());
        const int opened = world.transport.opened;
        world.runFor(TrayLink::lookLimit + 1s);
        QVERIFY(world.transport.opened > opened + 5);
        QCOMPARE(world.transport.launched, 0);
        QVERIFY(!world.link.nextTime());
    }

    void aNewTrayProcessIsFoundAfterALossWithoutACall()
    {
        World world;
        world.up();
        world.now += 1min;
        world.link.lose(world.now);
        world.runFor(TrayLink::firstPause);
        QVERIFY(world.link.isGreeting());
        world.hello();
        QVERIFY(world.link.isUp());
    }

    // What the client has seen is brought to the next tray process, which knows what is new.
    void theListsOfTheLastTrayProcessGoAlong_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("seen");
        QTest::newRow("lists") << QByteArray("0.0.1") << QByteArray(",\"lists\":\"a.b\"")
                               << QByteArray("a.b");
        QTest::newRow("a release that names none")
            << QByteArray("0.0.1") << QByteArray() << QByteArray("0.0.1");
        QTest::newRow("lists that are too long")
            << QByteArray("0.0.1") << ",\"lists\":\"" + QByteArray(129, 'x') + '"'
            << QByteArray("0.0.1");
        QTest::newRow("a version that is too long")
            << QByteArray(200, '1') << QByteArray() << QByteArray("unknown");
    }
    void theListsOfTheLastTrayProcessGoAlong()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, seen);
        World world;
        world.transport.outcome = ConnectOutcome::Connected;
        world.link.begin(world.now);
        QCOMPARE(world.transport.sent, valet_link::helloLine(valet_link::Role::Mcp));
        const QByteArray hello =
            "{\"link\":1,\"version\":\"" + version + "\",\"role\":\"mcp\"" + more + "}\n";
        world.link.received(hello.toStdString(), world.now);
        QVERIFY(world.link.isUp());
        world.transport.sent.clear();
        world.link.lose(world.now);
        world.runFor(TrayLink::firstPause);
        QCOMPARE(world.transport.sent, valet_link::helloOfRelay(seen.toStdString()));
    }

    // A tray process that goes before it told anybody tells nothing.
    void whatNobodyWasToldStaysUnseen()
    {
        World world;
        const auto helloWith = [&world](const char *lists) {
            world.transport.sent.clear();
            world.runFor(TrayLink::longestPause);
            world.link.received("{\"link\":1,\"version\":\"1\",\"role\":\"mcp\",\"lists\":\""
                                    + std::string(lists) + "\"}\n",
                                world.now);
            world.now += 1min;
            return world.transport.sent;
        };
        world.transport.outcome = ConnectOutcome::Connected;
        world.link.begin(world.now);
        helloWith("old");
        world.link.lose(world.now);
        QCOMPARE(helloWith("new"), valet_link::helloOfRelay("old"));
        world.link.lose(world.now);
        QCOMPARE(helloWith("new"), valet_link::helloOfRelay("old"));
        world.link.received(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})"
                            "\n",
                            world.now);
        world.link.lose(world.now);
        QCOMPARE(helloWith("new"), valet_link::helloOfRelay("new"));
    }

    // A tray process that dies of every connection must not be called for ever.
    void connectionsThatDieAtOnceEndTheSearch()
    {
        World world;
        world.up();
        const auto start = world.now;
        while (world.link.nextTime() || world.link.isUp()) {
            QVERIFY(world.now - start < TrayLink::lookLimit + TrayLink::longestPause);
            if (world.link.isUp())
                world.link.lose(world.now);
            else
                world.runFor(1ms);
            if (world.link.isGreeting())
                world.hello();
        }
        QVERIFY(world.now - start >= TrayLink::lookLimit - TrayLink::longestPause);
        QCOMPARE(world.transport.launched, 0);
        world.relay.fromClient(call); // the next call tries again
        world.link.tick(world.now);
        QVERIFY(world.link.isGreeting());
    }

    void aHelloThatCannotBeWrittenIsALoss()
    {
        World world;
        world.transport.outcome = ConnectOutcome::Connected;
        world.transport.takesHello = false;
        world.link.begin(world.now);
        QVERIFY(world.link.isAway());
        QCOMPARE(world.transport.closed, 1);
        world.transport.takesHello = true;
        world.runFor(TrayLink::firstPause);
        QVERIFY(world.link.isGreeting());
    }

    void bytesThatNoGraphValetSendsEndTheConnection()
    {
        World world;
        world.up();
        world.link.received(std::string(Relay::answerLimit + 1, 'x'), world.now);
        QVERIFY(world.link.isAway());
        QCOMPARE(world.transport.closed, 1);
    }
};

QTEST_GUILESS_MAIN(TestTrayLink)
#include "tst_tray_link.moc"
