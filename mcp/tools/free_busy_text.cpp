// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/free_busy_text.h"

#include "mcp/tools/person_time.h"

#include <QMap>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// A time span with a word for what it is, which may be empty.
struct Named
{
    TimeSpan span;
    QString word;
};

struct Day
{
    Day(const QDate &day, const QTimeZone &zone)
        : date(day)
        , begin(day.startOfDay(zone))
        , end(day.addDays(1).startOfDay(zone))
        , changesClocks(begin.offsetFromUtc() != end.offsetFromUtc())
    {
    }

    QString head() const
    {
        return dayText(date) + (changesClocks ? QString() : u" (%1)"_s.arg(offsetOf(begin)));
    }
    QString clock(const QDateTime &time) const
    {
        if (time >= end)
            return u"24:00"_s;
        const QDateTime local = time.toTimeZone(begin.timeZone());
        const QString text = local.toString(u"HH:mm"_s);
        return changesClocks ? text + offsetOf(local) : text;
    }
    // Empty: nothing of it is on this day.
    QString text(const Named &named) const
    {
        const QDateTime from = std::max(named.span.begin, begin);
        const QDateTime to = std::min(named.span.end, end);
        if (from >= to)
            return {};
        const QString times =
            from == begin && to == end ? u"all day"_s : clock(from) + u'-' + clock(to);
        return named.word.isEmpty() ? times : times + u' ' + named.word;
    }

    QDate date;
    QDateTime begin;
    QDateTime end;
    bool changesClocks;
};

QStringList linesOf(const QList<Named> &all, const QTimeZone &zone)
{
    QMap<QDate, QStringList> byDay;
    for (const Named &named : all) {
        const QDate last = named.span.end.addMSecs(-1).toTimeZone(zone).date();
        for (QDate day = named.span.begin.toTimeZone(zone).date(); day <= last;
             day = day.addDays(1))
            byDay[day].append(Day(day, zone).text(named));
    }
    QStringList lines;
    for (auto it = byDay.cbegin(); it != byDay.cend(); ++it)
        lines.append(Day(it.key(), zone).head() + u": "_s + it.value().join(u", "_s));
    return lines;
}

} // namespace

QString scheduleText(const Schedule &schedule, const QString &name, const TimeSpan &window,
                     const QTimeZone &zone)
{
    if (schedule.isNobody())
        return name + u": no such mailbox in the organisation"_s;
    if (!schedule.problem.isEmpty())
        return name + u": not readable (%1)"_s.arg(schedule.problem);
    const QString hours = schedule.hours
        ? u"works "_s + schedule.hours->text(window.begin.toTimeZone(zone).date())
        : u"working hours not known"_s;
    QList<Named> times;
    for (const BusyTime &time : schedule.times) {
        const TimeSpan span{std::max(time.span.begin, window.begin),
                            std::min(time.span.end, window.end)};
        if (span.begin < span.end)
            times.append({span, busyWord(time.busyness)});
    }
    if (times.isEmpty())
        return name + u": "_s + hours + u"\n  nothing on these days"_s;
    return name + u": "_s + hours + u"\n  "_s + linesOf(times, zone).join(u"\n  "_s);
}

QStringList dayLines(const QList<TimeSpan> &spans, const QTimeZone &zone)
{
    QList<Named> all;
    for (const TimeSpan &span : spans)
        all.append({span, {}});
    return linesOf(all, zone);
}

} // namespace mcp
