// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The queue towards the client: order, wholeness of lines, and what is kept outside of memory.

#include "mcp/shim/answer_queue.h"

#include <QRandomGenerator>
#include <QTest>

namespace {

// All that may be seen, taken in pieces.
std::string take(AnswerQueue &queue, std::size_t most = SIZE_MAX)
{
    std::string taken;
    while (!queue.view().empty() && taken.size() < most) {
        const std::string piece(queue.view().substr(0, most - taken.size()));
        taken += piece;
        queue.drop(piece.size());
    }
    return taken;
}

std::string lineOf(char letter, std::size_t size)
{
    return std::string(size - 1, letter) + '\n';
}

} // namespace

class TestAnswerQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLineIsSeenWhenItIsWhole_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("small") << 100;
        QTest::newRow("all in memory") << int(AnswerQueue::memoryLimit);
        QTest::newRow("a byte outside") << int(AnswerQueue::memoryLimit + 1);
        QTest::newRow("large") << 9 * 1024 * 1024;
    }
    void aLineIsSeenWhenItIsWhole()
    {
        QFETCH(int, size);
        AnswerQueue queue;
        const std::string line = lineOf('a', std::size_t(size));
        for (std::size_t at = 0; at < line.size(); at += 10'000) {
            queue.append(std::string_view(line).substr(at, 10'000));
            QVERIFY(queue.isEmpty());
            QVERIFY(queue.view().empty());
        }
        QCOMPARE(queue.unfinishedSize(), line.size());
        queue.endLine();
        QCOMPARE(queue.size(), line.size());
        QCOMPARE(queue.unfinishedSize(), std::size_t(0));
        QVERIFY(take(queue) == line);
        QVERIFY(queue.isEmpty());
    }

    void anUnfinishedLineCanBeDropped_data() { aLineIsSeenWhenItIsWhole_data(); }
    void anUnfinishedLineCanBeDropped()
    {
        QFETCH(int, size);
        AnswerQueue queue;
        queue.appendLines("first\n");
        const std::string line = lineOf('b', std::size_t(size));
        queue.append(std::string_view(line).substr(0, line.size() / 2));
        queue.append(std::string_view(line).substr(line.size() / 2));
        queue.dropUnfinished();
        queue.appendLines("second\n");
        QVERIFY(take(queue) == "first\nsecond\n");
        queue.append(line);
        queue.endLine();
        QVERIFY(take(queue) == line);
    }

    void whatIsDroppedMayBeHalfTaken()
    {
        AnswerQueue queue;
        const std::string whole = lineOf('w', 700'000);
        queue.append(whole);
        queue.endLine();
        queue.append(std::string(800'000, 'x'));
        std::string taken = take(queue, 100'000);
        queue.dropUnfinished();
        taken += take(queue);
        QVERIFY(taken == whole);
        queue.appendLines("after\n");
        QVERIFY(take(queue) == "after\n");
    }

    // Of our own: never inside of somebody else's line.
    void linesOfOurOwnWaitForTheEndOfTheUnfinishedOne()
    {
        AnswerQueue queue;
        queue.append("unfin");
        queue.appendLines("own\n");
        QVERIFY(queue.view().empty());
        queue.append("ished\n");
        queue.endLine();
        QVERIFY(take(queue) == "unfinished\nown\n");
        queue.append("cut");
        queue.appendLines("own\n");
        queue.dropUnfinished();
        QVERIFY(take(queue) == "own\n");
    }

    // Whoever adds behind lines that lie outside of memory keeps the file from ever being given
    // back.
    void aBacklogIsSaid()
    {
        AnswerQueue queue;
        const std::string line = lineOf('a', 2 * AnswerQueue::memoryLimit);
        for (std::size_t at = 0; at < line.size(); at += 10'000) {
            queue.append(std::string_view(line).substr(at, 10'000));
            QVERIFY(!queue.isBacklogged()); // its rest must come
        }
        queue.endLine();
        QVERIFY(queue.isBacklogged());
        std::size_t left = line.size();
        while (queue.isBacklogged())
            left -= take(queue, 1000).size();
        QVERIFY(left > 0); // the rest is in memory
        QCOMPARE(take(queue).size(), left);
    }

    void anySequenceKeepsItsOrder()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        AnswerQueue queue;
        std::string expected; // whole lines that nobody took yet
        std::string unfinished;
        std::string waiting;
        for (int step = 0; step < 20'000; ++step) {
            switch (random.bounded(6)) {
            case 0:
            case 1: {
                const std::string piece(std::size_t(1 + random.bounded(60'000)),
                                        char('a' + step % 26));
                queue.append(piece);
                unfinished += piece;
                break;
            }
            case 2:
                queue.append("\n");
                queue.endLine();
                expected += unfinished;
                expected += '\n';
                expected += waiting;
                unfinished.clear();
                waiting.clear();
                break;
            case 3:
                if (random.bounded(4) == 0) {
                    queue.dropUnfinished();
                    expected += waiting;
                    unfinished.clear();
                    waiting.clear();
                }
                break;
            case 4:
                queue.appendLines("own\n");
                (unfinished.empty() ? expected : waiting) += "own\n";
                break;
            default: {
                const std::string taken = take(queue, std::size_t(random.bounded(200'000)));
                QVERIFY(expected.compare(0, taken.size(), taken) == 0);
                expected.erase(0, taken.size());
            }
            }
            QCOMPARE(queue.size(), expected.size());
            QCOMPARE(queue.unfinishedSize(), unfinished.size());
        }
        QVERIFY(take(queue) == expected);
    }
};

QTEST_GUILESS_MAIN(TestAnswerQueue)
#include "tst_answer_queue.moc"
