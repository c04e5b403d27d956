// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mcp/support/time_spans.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace spans;

class TestWorkingHours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hours_data()
    {
        QTest::addColumn<QJsonObject>("graph");
        QTest::addColumn<TimeSpan>("window");
        QTest::addColumn<QStringList>("expected");
        const QJsonArray sunday{u"sunday"_s};
        // Friday to Monday, and Berlin's clocks change on the Sunday.
        const TimeSpan autumn = span(u"2026-10-22 22:00"_s, u"2026-10-27 23:00"_s);
        QTest::newRow("over the end of summer time")
            << graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s,
                          zoneOf(u"W. Europe Standard Time"_s))
            << autumn
            << QStringList{u"10-23 06:00-15:00"_s, u"10-26 07:00-16:00"_s, u"10-27 07:00-16:00"_s};
        QTest::newRow("the same as a custom zone")
            << graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s, customZone(-60, 10, 5, 3, 5))
            << autumn
            << QStringList{u"10-23 06:00-15:00"_s, u"10-26 07:00-16:00"_s, u"10-27 07:00-16:00"_s};
        QTest::newRow("the night in which the clocks change")
            << graphHours({u"saturday"_s}, u"22:00"_s, u"06:00"_s, zoneOf(u"Europe/Berlin"_s))
            << autumn << QStringList{u"10-24 20:00-05:00"_s};
        QTest::newRow("the day on which they go forward")
            << graphHours(sunday, u"01:00"_s, u"04:00"_s, zoneOf(u"Europe/Berlin"_s))
            << span(u"2027-03-27 23:00"_s, u"2027-03-28 22:00"_s)
            << QStringList{u"03-28 00:00-02:00"_s};
        QTest::newRow("beyond the date line") << graphHours({u"monday"_s}, u"08:00"_s, u"17:00"_s,
                                                            zoneOf(u"New Zealand Standard Time"_s))
                                              << span(u"2026-10-24 00:00"_s, u"2026-10-28 00:00"_s)
                                              << QStringList{u"10-25 19:00-04:00"_s};
        QTest::newRow("America, later than Europe")
            << graphHours(mondayToFriday(), u"07:00"_s, u"16:00"_s, customZone(480, 11, 1, 3, 2))
            << span(u"2026-10-30 00:00"_s, u"2026-11-03 00:00"_s)
            << QStringList{u"10-30 14:00-23:00"_s, u"11-02 15:00-00:00"_s};
        QTest::newRow("summer in January")
            << graphHours({u"monday"_s}, u"09:00"_s, u"10:00"_s, customZone(-600, 4, 1, 10, 1))
            << span(u"2027-01-10 00:00"_s, u"2027-01-12 00:00"_s)
            << QStringList{u"01-10 22:00-23:00"_s};
        QTest::newRow("half an hour off, no summer time")
            << graphHours({u"saturday"_s}, u"10:00"_s, u"19:00"_s, zoneOf(u"India Standard Time"_s))
            << autumn << QStringList{u"10-24 04:30-13:30"_s};
        QTest::newRow("a shift that began two days of UTC ago")
            << graphHours({u"thursday"_s}, u"20:00"_s, u"19:00"_s, customZone(720, 0, 0, 0, 0))
            << span(u"2026-11-28 00:00"_s, u"2026-11-29 00:00"_s)
            << QStringList{u"11-28 00:00-07:00"_s};
        QTest::newRow("cut to the window")
            << graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s, zoneOf(u"UTC"_s))
            << span(u"2026-11-26 16:00"_s, u"2026-11-27 09:15"_s)
            << QStringList{u"11-26 16:00-17:00"_s, u"11-27 08:00-09:15"_s};
        QTest::newRow("weekend") << graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s,
                                               zoneOf(u"UTC"_s))
                                 << span(u"2026-11-28 00:00"_s, u"2026-11-30 00:00"_s)
                                 << QStringList();
    }
    void hours()
    {
        QFETCH(QJsonObject, graph);
        QFETCH(TimeSpan, window);
        QFETCH(QStringList, expected);
        const auto hours = WorkingHours::of(graph);
        QVERIFY(hours);
        QCOMPARE(words(hours->within(window)), expected);
    }

    void text()
    {
        const auto berlin = WorkingHours::of(graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s,
                                                        zoneOf(u"W. Europe Standard Time"_s)));
        QCOMPARE(berlin->text({2026, 7, 1}), u"Mon Tue Wed Thu Fri 08:00-17:00 Europe/Berlin"_s);
        const auto custom = WorkingHours::of(graphHours({u"sunday"_s, u"monday"_s}, u"07:30"_s,
                                                        u"16:00"_s, customZone(480, 11, 1, 3, 2)));
        QCOMPARE(custom->text({2026, 12, 1}), u"Mon Sun 07:30-16:00 UTC-08:00"_s);
        QCOMPARE(custom->text({2026, 7, 1}), u"Mon Sun 07:30-16:00 UTC-07:00"_s);
    }

    void whatMakesNoSense_data()
    {
        QTest::addColumn<QJsonValue>("graph");
        const QJsonObject utc = zoneOf(u"UTC"_s);
        QTest::newRow("nothing") << QJsonValue();
        QTest::newRow("no days") << QJsonValue(graphHours({}, u"08:00"_s, u"17:00"_s, utc));
        QTest::newRow("no such day")
            << QJsonValue(graphHours({u"someday"_s}, u"08:00"_s, u"17:00"_s, utc));
        QTest::newRow("no clock") << QJsonValue(
            graphHours(mondayToFriday(), u"25:00"_s, u"17:00"_s, utc));
        QTest::newRow("no zone") << QJsonValue(
            graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s, zoneOf(u"Customized"_s)));
        QTest::newRow("no such offset") << QJsonValue(
            graphHours(mondayToFriday(), u"08:00"_s, u"17:00"_s, customZone(5000, 11, 1, 3, 2)));
    }
    void whatMakesNoSense()
    {
        QFETCH(QJsonValue, graph);
        QVERIFY(!WorkingHours::of(graph));
    }
};

QTEST_GUILESS_MAIN(TestWorkingHours)
#include "tst_working_hours.moc"
