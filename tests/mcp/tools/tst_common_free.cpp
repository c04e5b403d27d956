// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/common_free.h"
#include "tests/mcp/support/time_spans.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace spans;

class TestCommonFree : public QObject
{
    Q_OBJECT

private:
    static Schedule worker(const QString &zone, const QList<BusyTime> &times = {},
                           const QString &begin = u"08:00"_s, const QString &end = u"17:00"_s)
    {
        return {.address = u"a@b.c"_s,
                .times = times,
                .hours = WorkingHours::of(graphHours(mondayToFriday(), begin, end, zoneOf(zone)))};
    }
    static BusyTime busy(const QString &begin, const QString &end,
                         Busyness busyness = Busyness::Busy)
    {
        return {span(begin, end), busyness};
    }
    static inline const QString berlin = u"W. Europe Standard Time"_s;
    // A Friday in Berlin.
    static inline const TimeSpan friday = span(u"2026-11-26 23:00"_s, u"2026-11-27 23:00"_s);

private Q_SLOTS:
    void free_data()
    {
        QTest::addColumn<QList<Schedule>>("schedules");
        QTest::addColumn<TimeSpan>("window");
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QList<Schedule> &schedules,
                            const TimeSpan &window, int minutes, const QStringList &expected) {
            QTest::newRow(name) << schedules << window << minutes << expected;
        };
        row("nobody busy", {worker(berlin), worker(berlin)}, friday, 30, {u"11-27 07:00-16:00"_s});
        row("gaps of each",
            {worker(berlin, {busy(u"2026-11-27 08:00"_s, u"2026-11-27 09:00"_s)}),
             worker(berlin,
                    {busy(u"2026-11-27 08:30"_s, u"2026-11-27 10:00"_s),
                     busy(u"2026-11-27 15:00"_s, u"2026-11-27 18:00"_s)})},
            friday, 60, {u"11-27 07:00-08:00"_s, u"11-27 10:00-15:00"_s});
        row("one minute too long",
            {worker(berlin, {busy(u"2026-11-27 08:00"_s, u"2026-11-27 16:00"_s)})}, friday, 61, {});
        row("just long enough",
            {worker(berlin, {busy(u"2026-11-27 08:00"_s, u"2026-11-27 16:00"_s)})}, friday, 60,
            {u"11-27 07:00-08:00"_s});
        row("adjacent items leave no gap",
            {worker(berlin,
                    {busy(u"2026-11-27 07:00"_s, u"2026-11-27 10:00"_s),
                     busy(u"2026-11-27 10:00"_s, u"2026-11-27 12:00"_s, Busyness::Tentative),
                     busy(u"2026-11-27 12:00"_s, u"2026-11-27 15:59"_s)})},
            friday, 1, {u"11-27 15:59-16:00"_s});
        row("all day", {worker(berlin, {{friday, Busyness::OutOfOffice}}), worker(berlin)}, friday,
            1, {});
        row("working elsewhere can be met",
            {worker(berlin, {{friday, Busyness::WorkingElsewhere}})}, friday, 30,
            {u"11-27 07:00-16:00"_s});
        row("what is unknown is no time to meet", {worker(berlin, {{friday, Busyness::Unknown}})},
            friday, 30, {});
        row("Berlin and San Francisco", {worker(berlin), worker(u"Pacific Standard Time"_s)},
            friday, 15, {});
        row("Berlin and New York", {worker(berlin), worker(u"Eastern Standard Time"_s)}, friday, 15,
            {u"11-27 13:00-16:00"_s});
        // For a week the difference is an hour less.
        row("clocks change in Europe first", {worker(berlin), worker(u"Eastern Standard Time"_s)},
            span(u"2026-10-25 23:00"_s, u"2026-10-26 23:00"_s), 15, {u"10-26 12:00-16:00"_s});
        row("clocks change over the weekend", {worker(berlin)},
            span(u"2026-10-22 22:00"_s, u"2026-10-26 23:00"_s), 15,
            {u"10-23 06:00-15:00"_s, u"10-26 07:00-16:00"_s});
        row("weekend", {worker(berlin)}, span(u"2026-11-27 23:00"_s, u"2026-11-29 23:00"_s), 15,
            {});
        row("hours not known", {worker(berlin), {.address = u"x@b.c"_s}}, friday, 15,
            {u"11-27 07:00-16:00"_s});
        row("nobody's hours are known", {{.address = u"x@b.c"_s}}, friday, 15,
            {u"11-26 23:00-23:00"_s});
        row("who is not known does not count",
            {worker(berlin),
             {.address = u"x@b.c"_s, .problem = u"5009"_s, .times = {{friday, Busyness::Busy}}}},
            friday, 15, {u"11-27 07:00-16:00"_s});
        row("shifts around the clock are one", {worker(u"UTC"_s, {}, u"00:00"_s, u"00:00"_s)},
            span(u"2026-11-23 00:00"_s, u"2026-11-25 12:00"_s), 1500, {u"11-23 00:00-12:00"_s});
        row("a window that is over", {worker(berlin)},
            span(u"2026-11-27 10:00"_s, u"2026-11-27 10:00"_s), 1, {});
        row("an item that reaches beyond",
            {worker(berlin,
                    {busy(u"2026-11-20 00:00"_s, u"2026-11-27 09:00"_s),
                     busy(u"2026-11-27 15:30"_s, u"2026-12-04 00:00"_s)})},
            friday, 30, {u"11-27 09:00-15:30"_s});
    }
    void free()
    {
        QFETCH(QList<Schedule>, schedules);
        QFETCH(TimeSpan, window);
        QFETCH(int, minutes);
        QFETCH(QStringList, expected);
        QCOMPARE(words(commonFree(schedules, window, minutes)), expected);
        std::reverse(schedules.begin(), schedules.end());
        QCOMPARE(words(commonFree(schedules, window, minutes)), expected);
    }

    // Minute by minute, the simplest way there is.
    void isWhatCountingSays()
    {
        QRandomGenerator random(7);
        const TimeSpan window = span(u"2026-10-24 00:00"_s, u"2026-10-27 00:00"_s);
        const qint64 length = window.begin.secsTo(window.end) / 60;
        for (int round = 0; round < 60; ++round) {
            QList<Schedule> schedules;
            std::vector<bool> isFree(size_t(length), true);
            for (int person = 0; person < 3; ++person) {
                Schedule schedule{.address = u"a@b.c"_s};
                for (int item = random.bounded(8); item > 0; --item) {
                    const qint64 from = random.bounded(int(length));
                    const qint64 to = from + 1 + random.bounded(600);
                    const auto busyness = Busyness(random.bounded(5));
                    schedule.times.append(
                        {{window.begin.addSecs(from * 60), window.begin.addSecs(to * 60)},
                         busyness});
                    for (qint64 minute = from; minute < qMin(to, length); ++minute) {
                        if (busyness != Busyness::WorkingElsewhere)
                            isFree[size_t(minute)] = false;
                    }
                }
                schedules.append(schedule);
            }
            const int minutes = 1 + random.bounded(120);
            QList<TimeSpan> expected;
            for (qint64 minute = 0; minute < length; ++minute) {
                if (!isFree[size_t(minute)])
                    continue;
                const qint64 from = minute;
                while (minute < length && isFree[size_t(minute)])
                    ++minute;
                if (minute - from >= minutes)
                    expected.append(
                        {window.begin.addSecs(from * 60), window.begin.addSecs(minute * 60)});
            }
            QCOMPARE(commonFree(schedules, window, minutes), expected);
        }
    }
};

QTEST_GUILESS_MAIN(TestCommonFree)
#include "tst_common_free.moc"
