// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_budget.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestGraphBudget : public QObject
{
    Q_OBJECT

private:
    static QString mail() { return GraphBudget::laneOf(u"t.adele"_s, u"/v1.0/me/messages"_s); }
    static QString profile() { return GraphBudget::laneOf(u"t.adele"_s, u"/v1.0/me"_s); }

    // Calls that ask for their turn when they are made; `came` has their numbers in that order.
    struct World
    {
        explicit World(const std::function<double()> &random = [] { return 0.0; })
            : budget(random)
        {
        }
        int add(const QString &lane, const QString &client = u"/a"_s)
        {
            const int number = int(turns.size());
            turns.push_back(std::make_unique<GraphTurn>(&budget, lane, client));
            QObject::connect(turns.back().get(), &GraphTurn::came, &owner,
                             [this, number] { came.append(number); });
            turns.back()->take();
            return number;
        }
        void end(int number) { turns.at(size_t(number)).reset(); }

        GraphBudget budget;
        std::vector<std::unique_ptr<GraphTurn>> turns;
        QObject owner;
        QList<int> came;
    };

private Q_SLOTS:
    void lanes_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("lane");
        const auto row = [](const char *path, const char *lane) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(lane);
        };
        row("/v1.0/me", "directory");
        row("/v1.0/users", "directory");
        row("/v1.0/me/manager", "directory");
        row("/v1.0/me/messages/A=", "outlook");
        row("/v1.0/users/megan/events", "outlook");
        row("/v1.0/me/todo/lists", "outlook");
        row("/v1.0/me/onenote/pages", "onenote");
        row("/v1.0/drives/b!1/items/2", "files");
        row("/v1.0/me/drive/root", "files");
        row("/v1.0/chats/19:a@thread.v2/messages", "teams");
        row("/v1.0/teams/1/channels/2/messages", "teams");
        row("/v1.0/planner/tasks/1", "planner");
        row("/v1.0/search/query", "search");
    }
    void lanes()
    {
        QFETCH(QString, path);
        QFETCH(QString, lane);
        QCOMPARE(GraphBudget::laneOf(u"t.adele"_s, path), lane + u" t.adele"_s);
    }

    void aMailboxServesFourAtATime()
    {
        World world;
        for (int i = 0; i < 6; ++i)
            world.add(mail());
        QCOMPARE(world.came, (QList<int>{0, 1, 2, 3}));
        world.end(2);
        QCOMPARE(world.came, (QList<int>{0, 1, 2, 3, 4}));
        world.end(5); // gives up in line
        world.end(0);
        QCOMPARE(world.came, (QList<int>{0, 1, 2, 3, 4}));
        world.add(mail());
        QCOMPARE(world.came.last(), 6);
    }

    void otherServicesAndAccountsHavePlacesOfTheirOwn()
    {
        World world;
        for (int i = 0; i < 5; ++i)
            world.add(mail());
        world.add(profile());
        world.add(GraphBudget::laneOf(u"t.alex"_s, u"/v1.0/me/messages"_s));
        QCOMPARE(world.came, (QList<int>{0, 1, 2, 3, 5, 6}));
    }

    void theDirectoryHasNoLimit()
    {
        World world;
        for (int i = 0; i < 100; ++i)
            world.add(profile());
        QCOMPARE(world.came.size(), 100);
    }

    // A client that asks much does not shut out one that asks a little.
    void whoHasLessUnderWayIsNext()
    {
        World world;
        for (int i = 0; i < 10; ++i)
            world.add(mail(), u"/greedy"_s);
        const int modest = world.add(mail(), u"/modest"_s);
        world.end(0);
        QCOMPARE(world.came.last(), modest);
        world.end(1);
        QCOMPARE(world.came.last(), 4);
    }

    void aPauseHoldsTheWholeLane()
    {
        World world;
        world.budget.pause(mail(), 60ms);
        QVERIFY(world.budget.pauseOf(mail()) > 0ms);
        QCOMPARE(world.budget.pauseOf(profile()), 0ms);
        QElapsedTimer since;
        since.start();
        world.add(mail());
        world.add(mail());
        world.add(profile());
        QCOMPARE(world.came, QList<int>{2});
        QTRY_COMPARE(world.came, (QList<int>{2, 0, 1}));
        QVERIFY(since.elapsed() >= 55);
    }

    void theLongestWishCounts()
    {
        World world;
        world.budget.pause(mail(), 4min);
        world.budget.pause(mail(), 1ms);
        QVERIFY(world.budget.pauseOf(mail()) > 3min);
    }

    void aPauseHasABound()
    {
        World world;
        world.budget.pause(mail(), 24h);
        QVERIFY(world.budget.pauseOf(mail()) > 4min);
        QVERIFY(world.budget.pauseOf(mail()) <= GraphBudget::longestPause);
    }

    void aPauseDuringTheWaitIsKept()
    {
        World world;
        world.budget.pause(mail(), 1ms);
        world.add(mail());
        world.budget.pause(mail(), 10min);
        world.budget.pause(profile(), 20ms); // longer than the first one
        const int other = world.add(profile());
        QTRY_COMPARE(world.came, QList<int>{other});
    }

    void afterAPauseTheyComeApart()
    {
        int asked = 0;
        World world([&] {
            ++asked;
            return 0.1;
        });
        world.budget.pause(profile(), 1ms);
        QList<qint64> times;
        QElapsedTimer since;
        since.start();
        for (int i = 0; i < 4; ++i) {
            world.add(profile());
            connect(world.turns.back().get(), &GraphTurn::came, &world.owner,
                    [&] { times.append(since.elapsed()); });
        }
        QTRY_COMPARE(world.came.size(), 4);
        QCOMPARE(asked, 3);
        for (int i = 1; i < 4; ++i)
            QVERIFY2(times.at(i) - times.at(i - 1) >= 20, qPrintable(QString::number(i)));
        // Once nobody waits they go at once again.
        world.add(profile());
        world.add(profile());
        QCOMPARE(world.came.size(), 6);
    }

    void aTurnMayEndFromInside()
    {
        World world;
        world.budget.pause(mail(), 1ms);
        GraphTurn first(&world.budget, mail(), u"/a"_s);
        connect(&first, &GraphTurn::came, &world.owner, [&] {
            first.giveUp();
            world.add(mail());
        });
        first.take();
        QTRY_COMPARE(world.came, QList<int>{0});
        QVERIFY(!first.isUnderWay());
    }
};

QTEST_GUILESS_MAIN(TestGraphBudget)
#include "tst_graph_budget.moc"
