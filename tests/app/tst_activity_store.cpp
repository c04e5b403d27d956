// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_store.h"
#include "tests/app/activity_folder.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = ActivityEvent::Kind;
using Outcome = ActivityEntry::Outcome;
using Mark = ActivityEntry::Mark;

class TestActivityStore : public QObject
{
    Q_OBJECT

private:
    // Words of what is there, oldest first; what the chain says behind them.
    static QStringList wordsIn(const ActivityStore &store)
    {
        QStringList words;
        for (qint64 serial = store.first(); serial <= store.last(); ++serial) {
            const ActivityEntry entry = store.at(serial);
            const QString what = entry.outcome == Outcome::Unreadable
                ? u"unreadable %1"_s.arg(entry.bytes)
                : entry.words;
            const QString mark = entry.mark == Mark::Changed ? u" changed"_s
                : entry.mark == Mark::Foreign                ? u" foreign"_s
                                                             : QString();
            words.append(what + mark);
        }
        return words;
    }
    static QStringList read(const ActivityFolder &folder)
    {
        ActivityStore store(folder.log.get());
        return QTest::qWaitFor([&] { return !store.isLoading(); }) ? wordsIn(store)
                                                                   : QStringList{u"never"_s};
    }

private Q_SLOTS:
    void filesAreReadBackAndTheRestFollowsLive()
    {
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"one"_s));
        folder.now = folder.now.addDays(1);
        folder.record(ActivityFolder::call(u"two"_s));
        ActivityStore store(folder.log.get());
        QCOMPARE(store.size(), 0); // not before the event loop
        folder.record(ActivityFolder::call(u"three"_s));
        QTRY_VERIFY(!store.isLoading());
        QTRY_COMPARE(store.size(), 3);
        QCOMPARE(wordsIn(store), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
        QCOMPARE(store.marked(), 0);
        const ActivityEntry entry = store.at(store.last());
        QCOMPARE(entry.program, ActivityFolder::claude());
        QCOMPARE(entry.tool, u"FindMail"_s);
        QCOMPARE(entry.duration, 340);
        QCOMPARE(entry.bytes, 2048);
        QCOMPARE(entry.time, folder.now.toMSecsSinceEpoch());
        QCOMPARE(entry.sequence, 3);
    }

    void aCallIsThereWhenItBeginsAndEndsInItsPlace()
    {
        ActivityFolder folder;
        ActivityStore store(folder.log.get());
        QSignalSpy added(&store, &ActivityStore::newerAdded);
        QSignalSpy changed(&store, &ActivityStore::changed);
        ActivityEvent event = ActivityFolder::call(u"slow"_s);
        event.call = 7;
        folder.log->callBegan(event);
        QTRY_COMPARE(added.size(), 1);
        const qint64 slow = store.last();
        QCOMPARE(store.at(slow).outcome, Outcome::Running);
        QCOMPARE(store.at(slow).words, u"slow"_s);
        const qint64 began = store.at(slow).began();

        ActivityEvent quick = ActivityFolder::call(u"quick"_s);
        quick.call = 8;
        folder.log->callBegan(quick);
        folder.record(quick);
        QTRY_COMPARE(added.size(), 2);
        QCOMPARE(store.at(store.last()).outcome, Outcome::Ok);

        event.error = Error{.kind = Error::Kind::Timeout};
        event.duration = std::chrono::milliseconds(1000);
        folder.record(event);
        QCOMPARE(changed.size(), 1); // not that of the quick one, which was told as it ended
        QCOMPARE(changed.first().first().toLongLong(), slow);
        QCOMPARE(store.size(), 2);
        QCOMPARE(store.at(slow).outcome, Outcome::Failed);
        QCOMPARE(store.at(slow).errorKind, u"Timeout"_s);
        QCOMPARE(store.at(slow).began(), began);
    }

    void namesOfAccountsAreLearnt()
    {
        ActivityFolder folder;
        folder.record({.kind = Kind::SignIn,
                       .principal = u"tid.adele"_s,
                       .username = u"adele@contoso.com"_s});
        folder.record(ActivityFolder::call(u"one"_s)); // names the principal only
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        QCOMPARE(store.at(store.last()).username, u"adele@contoso.com"_s);
    }

    void anEditedFileCanBeTold_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *name, const QByteArray &from, const QByteArray &to,
                            const QStringList &words) {
            QTest::newRow(name) << from << to << words;
        };
        row("untouched", "", "", {u"one"_s, u"two"_s, u"three"_s, u"four"_s});
        row("a word", "\"words\":\"two\"", "\"words\":\"2\"",
            {u"one"_s, u"2 changed"_s, u"three"_s, u"four"_s});
        row("a line is gone", "line two", "", {u"one changed"_s, u"three"_s, u"four"_s});
        row("a line is twice", "line two", "line two twice",
            {u"one"_s, u"two changed"_s, u"two"_s, u"three"_s, u"four"_s});
        row("the last line is gone", "line four", "", {u"one"_s, u"two"_s, u"three changed"_s});
        row("a line of nobody", "line two", "line two and another",
            {u"one"_s, u"two"_s, u"fake foreign"_s, u"three"_s, u"four"_s});
        row("no JSON any more", "\"words\":\"two\"", "\"words\":two",
            {u"one changed"_s, u"unreadable 1"_s, u"three"_s, u"four"_s});
    }
    void anEditedFileCanBeTold()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QStringList, words);
        ActivityFolder folder;
        for (const QString &word : {u"one"_s, u"two"_s, u"three"_s, u"four"_s})
            folder.record(ActivityFolder::call(word));
        QByteArray content = folder.content(folder.today());
        const QList<QByteArray> lines = content.split('\n');
        const QByteArray two = lines.at(1) + '\n';
        if (from == "line two")
            from = two;
        else if (from == "line four")
            from = lines.at(3) + '\n';
        if (to == "line two twice")
            to = two + two;
        else if (to == "line two and another")
            to = two
                + "{\"time\":\"2026-02-17T09:30:02.500Z\",\"event\":\"toolCall\",\"outcome\":"
                  "\"ok\",\"words\":\"fake\"}\n";
        folder.replace(folder.today(), content.replace(from, to));
        QCOMPARE(read(folder), words);
        // The next process sees it as well, but for the end, which only this one knew.
        const bool isAtEnd = from == lines.at(3) + '\n';
        folder.restart();
        if (!isAtEnd)
            QCOMPARE(read(folder), words);
    }

    void whatIsWrittenOnAfterAChangeSaysSo()
    {
        ActivityFolder folder;
        for (const QString &word : {u"one"_s, u"two"_s})
            folder.record(ActivityFolder::call(word));
        QVERIFY(QFile::remove(folder.today()));
        folder.record(ActivityFolder::call(u"three"_s));
        folder.record(ActivityFolder::call(u"four"_s));
        // Nothing is left that could be marked, but the numbers begin at three.
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        QCOMPARE(wordsIn(store), (QStringList{u"three"_s, u"four"_s}));
        QCOMPARE(store.at(store.first()).sequence, 3);
    }

    void whateverIsInAFileIsBounded_data()
    {
        QTest::addColumn<QByteArray>("junk");
        QTest::addColumn<int>("entries");
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("line breaks") << QByteArray(1'000'000, '\n') << 0;
        QTest::newRow("one huge line") << QByteArray(5'000'000, 'x') << 1;
        QTest::newRow("huge lines") << QByteArray(100'000, 'x') + '\n' + QByteArray(100'000, '\0')
                + '\n' + QByteArray(16'385, ' ')
                + '\n' << 1;
        QTest::newRow("many short ones") << QByteArray("x\n").repeated(100'000) << 10;
        QTest::newRow("torn") << QByteArray("{\"time\":\"2026-02-17T09:3\n") << 1;
        QTest::newRow("deep") << QByteArray(10'000, '[') + '\n' << 1;
        QTest::newRow("no UTF-8") << QByteArray("{\"time\":\"\xff\xfe\"}\n") << 1;
    }
    void whateverIsInAFileIsBounded()
    {
        QFETCH(QByteArray, junk);
        QFETCH(int, entries);
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"before"_s));
        folder.replace(folder.today(), folder.content(folder.today()) + junk);
        folder.restart();
        folder.record(ActivityFolder::call(u"after"_s));
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        const QStringList words = wordsIn(store);
        QCOMPARE(words.size(), 2 + entries);
        // Behind much of it the chain begins anew, and says so.
        QCOMPARE(words.first(), junk.size() > 65'536 ? u"before changed"_s : u"before"_s);
        QCOMPARE(words.last(), u"after"_s);
    }

    // Whatever the block borders cut.
    void everyLengthOfLineIsReadWhole()
    {
        ActivityFolder folder;
        QByteArray content;
        constexpr int count = 600;
        for (int i = 0; i < count; ++i) {
            content += "{\"time\":\"2026-02-17T09:30:00.000Z\",\"event\":\"toolCall\","
                       "\"outcome\":\"ok\",\"words\":\""
                + QByteArray::number(i) + "\",\"x\":\"" + QByteArray(i * 7 % 1001, 'x') + "\"}\n";
        }
        folder.record({.kind = Kind::SignIn});
        folder.replace(folder.today(), content);
        folder.restart();
        ActivityStore store(folder.log.get());
        QTRY_VERIFY(!store.isLoading());
        QCOMPARE(store.size(), count);
        for (int i = 0; i < count; ++i)
            QCOMPARE(store.at(store.first() + i).words, QString::number(i));
    }

    void aFileThatShrinksWhileItIsReadEndsThere()
    {
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"one"_s));
        ActivityStore store(folder.log.get());
        QVERIFY(QFile::resize(folder.today(), 10));
        QTRY_VERIFY(!store.isLoading());
        QVERIFY(store.size() <= 1);
    }

    void theLimitHoldsForFilesAndForWhatComes()
    {
        ActivityFolder folder;
        for (int i = 0; i < 30; ++i)
            folder.record(ActivityFolder::call(QString::number(i)));
        ActivityStore store(folder.log.get(), 20);
        QTRY_VERIFY(!store.isLoading());
        QCOMPARE(store.size(), 20);
        QVERIFY(store.hasMore());
        QCOMPARE(store.at(store.first()).words, u"10"_s);
        QSignalSpy dropped(&store, &ActivityStore::oldestDropped);
        folder.record(ActivityFolder::call(u"30"_s));
        QTRY_COMPARE(dropped.size(), 1);
        QVERIFY(store.size() <= 20);
        QCOMPARE(store.at(store.last()).words, u"30"_s);
    }

    void aRunningCallMayBeDroppedBeforeItEnds()
    {
        ActivityFolder folder;
        ActivityStore store(folder.log.get(), 5);
        ActivityEvent event = ActivityFolder::call(u"slow"_s);
        event.call = 7;
        folder.log->callBegan(event);
        for (int i = 0; i < 10; ++i)
            folder.record(ActivityFolder::call(u"quick"_s));
        QTRY_VERIFY(store.size() <= 5 && store.size() > 0);
        folder.record(event);
        QVERIFY(!wordsIn(store).contains(u"slow"_s));
    }

    void nothingIsKeptAndWhatHappensIsStillSeen()
    {
        ActivityFolder folder;
        folder.restart(0);
        ActivityStore store(folder.log.get());
        folder.record(ActivityFolder::call(u"one"_s));
        QTRY_COMPARE(store.size(), 1);
        QVERIFY(folder.content(folder.today()).isEmpty());
    }

    // 100,000 lines: each turn of the event loop is short. Measured against what a slice is
    // allowed, with a wide margin for a machine that does other things.
    void manyLinesAreReadInSlices()
    {
        ActivityFolder folder;
        folder.record(ActivityFolder::call(u"line"_s));
        const QByteArray line = folder.content(folder.today());
        folder.replace(folder.today(), line.repeated(100'000));
        folder.restart();
        ActivityStore store(folder.log.get());
        QSignalSpy slices(&store, &ActivityStore::olderAdded);
        QTRY_VERIFY_WITH_TIMEOUT(!store.isLoading(), 60'000);
        QCOMPARE(store.size(), 100'000);
        QVERIFY2(slices.size() > 20, qPrintable(QString::number(slices.size())));
    }
};

QTEST_GUILESS_MAIN(TestActivityStore)
#include "tst_activity_store.moc"
