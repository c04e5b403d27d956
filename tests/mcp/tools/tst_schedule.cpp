// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/free_busy_text.h"
#include "tests/mcp/support/time_spans.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;
using namespace spans;

class TestSchedule : public QObject
{
    Q_OBJECT

private:
    static QJsonObject item(const QString &status, const QString &begin, const QString &end)
    {
        const auto time = [](const QString &text) {
            return QJsonObject{
                {u"dateTime"_s, text.left(10) + u'T' + text.mid(11) + u":00.0000000"_s},
                {u"timeZone"_s, u"UTC"_s}};
        };
        return {{u"status"_s, status},
                {u"subject"_s, u"secret"_s},
                {u"start"_s, time(begin)},
                {u"end"_s, time(end)}};
    }
    static Schedule scheduleOf(const QJsonArray &items, const QString &view = {})
    {
        return Schedule::of({{u"scheduleId"_s, u"a@b.c"_s},
                             {u"availabilityView"_s, view},
                             {u"scheduleItems"_s, items}},
                            utc(u"2026-11-26 23:00"_s));
    }
    static QStringList timesOf(const Schedule &schedule)
    {
        QStringList times;
        for (const BusyTime &time : schedule.times)
            times.append(words({time.span}).first() + u' ' + busyWord(time.busyness));
        return times;
    }

private Q_SLOTS:
    void statesAreKeptApart()
    {
        const auto at = [](const QString &status, const QString &hour) {
            return item(status, u"2026-11-27 %1:00"_s.arg(hour), u"2026-11-27 %1:30"_s.arg(hour));
        };
        QCOMPARE(timesOf(scheduleOf({at(u"Busy"_s, u"08"_s), at(u"tentative"_s, u"09"_s),
                                     at(u"oof"_s, u"10"_s), at(u"workingElsewhere"_s, u"11"_s),
                                     at(u"free"_s, u"12"_s), at(u"unknown"_s, u"13"_s),
                                     at(u"strange"_s, u"14"_s)})),
                 (QStringList{u"11-27 08:00-08:30 busy"_s, u"11-27 09:00-09:30 tentative"_s,
                              u"11-27 10:00-10:30 out of office"_s,
                              u"11-27 11:00-11:30 working elsewhere"_s,
                              u"11-27 13:00-13:30 unknown"_s, u"11-27 14:00-14:30 unknown"_s}));
    }

    void whatTouchesAndIsAlikeIsOne()
    {
        QCOMPARE(
            timesOf(scheduleOf({item(u"busy"_s, u"2026-11-27 09:30"_s, u"2026-11-27 10:00"_s),
                                item(u"busy"_s, u"2026-11-27 08:00"_s, u"2026-11-27 09:30"_s),
                                item(u"busy"_s, u"2026-11-27 08:15"_s, u"2026-11-27 08:30"_s),
                                item(u"tentative"_s, u"2026-11-27 09:45"_s, u"2026-11-27 11:00"_s),
                                item(u"busy"_s, u"2026-11-27 10:01"_s, u"2026-11-27 10:30"_s),
                                item(u"busy"_s, u"2026-11-27 12:00"_s, u"2026-11-27 12:00"_s)})),
            (QStringList{u"11-27 08:00-10:00 busy"_s, u"11-27 09:45-11:00 tentative"_s,
                         u"11-27 10:01-10:30 busy"_s}));
    }

    void theViewWhereThereAreNoItems()
    {
        QCOMPARE(timesOf(scheduleOf({}, u"00221304x"_s)),
                 (QStringList{u"11-27 00:00-01:00 busy"_s, u"11-27 01:00-01:30 tentative"_s,
                              u"11-27 01:30-02:00 out of office"_s,
                              u"11-27 02:30-03:00 working elsewhere"_s,
                              u"11-27 03:00-03:30 unknown"_s}));
    }

    void days()
    {
        const QTimeZone berlin("Europe/Berlin");
        const TimeSpan window = span(u"2026-10-22 22:00"_s, u"2026-10-27 23:00"_s);
        const Schedule schedule =
            scheduleOf({item(u"busy"_s, u"2026-10-20 08:00"_s, u"2026-10-22 23:00"_s),
                        item(u"oof"_s, u"2026-10-23 22:00"_s, u"2026-10-25 03:00"_s),
                        item(u"busy"_s, u"2026-10-24 23:30"_s, u"2026-10-25 00:30"_s),
                        item(u"busy"_s, u"2026-10-26 08:00"_s, u"2026-10-26 09:00"_s),
                        item(u"busy"_s, u"2026-10-27 22:30"_s, u"2026-10-29 09:00"_s)});
        QCOMPARE(scheduleText(schedule, u"Somebody"_s, window, berlin),
                 u"Somebody: working hours not known\n"
                 "  2026-10-23 Fri (+02:00): 00:00-01:00 busy\n"
                 "  2026-10-24 Sat (+02:00): all day out of office\n"
                 "  2026-10-25 Sun: 00:00+02:00-04:00+01:00 out of office, "
                 "01:30+02:00-02:30+02:00 busy\n"
                 "  2026-10-26 Mon (+01:00): 09:00-10:00 busy\n"
                 "  2026-10-27 Tue (+01:00): 23:30-24:00 busy"_s);
        QCOMPARE(scheduleText(scheduleOf({}), u"Nobody"_s, window, berlin),
                 u"Nobody: working hours not known\n  nothing on these days"_s);
    }

    void problems_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("nobody") << u"ErrorMailRecipientNotFound"_s
                                << u"X: no such mailbox in the organisation"_s;
        QTest::newRow("as a number") << u"5009"_s << u"X: no such mailbox in the organisation"_s;
        QTest::newRow("other") << u"ErrorNoFreeBusyAccess"_s
                               << u"X: not readable (ErrorNoFreeBusyAccess)"_s;
        QTest::newRow("not a code") << u"please call 123"_s << u"X: not readable (unknown)"_s;
    }
    void problems()
    {
        QFETCH(QString, code);
        QFETCH(QString, text);
        const QJsonObject error{{u"responseCode"_s, code}, {u"message"_s, u"call 123"_s}};
        const Schedule schedule =
            Schedule::of({{u"scheduleId"_s, u"a@b.c"_s}, {u"error"_s, error}}, {});
        QCOMPARE(scheduleText(schedule, u"X"_s, {}, QTimeZone::utc()), text);
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
