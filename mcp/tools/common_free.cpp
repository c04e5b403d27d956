// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/common_free.h"

#include <algorithm>

namespace mcp {
namespace {

// Both in order; what touches within one of them becomes one.
QList<TimeSpan> joined(const QList<TimeSpan> &spans)
{
    QList<TimeSpan> all;
    for (const TimeSpan &span : spans) {
        if (!all.isEmpty() && all.last().end >= span.begin)
            all.last().end = std::max(all.last().end, span.end);
        else
            all.append(span);
    }
    return all;
}

QList<TimeSpan> inBoth(const QList<TimeSpan> &first, const QList<TimeSpan> &second)
{
    QList<TimeSpan> both;
    for (const TimeSpan &one : first) {
        for (const TimeSpan &other : second) {
            const TimeSpan span{std::max(one.begin, other.begin), std::min(one.end, other.end)};
            if (span.begin < span.end)
                both.append(span);
        }
    }
    return both;
}

QList<TimeSpan> without(const QList<TimeSpan> &spans, const TimeSpan &taken)
{
    QList<TimeSpan> left;
    for (const TimeSpan &span : spans) {
        if (const QDateTime end = std::min(span.end, taken.begin); span.begin < end)
            left.append({span.begin, end});
        if (const QDateTime begin = std::max(span.begin, taken.end); begin < span.end)
            left.append({begin, span.end});
    }
    return left;
}

} // namespace

QList<TimeSpan> commonFree(const QList<Schedule> &schedules, const TimeSpan &window, int minutes)
{
    QList<TimeSpan> free;
    if (window.begin < window.end)
        free.append({window.begin.toUTC(), window.end.toUTC()});
    for (const Schedule &schedule : schedules) {
        if (!schedule.problem.isEmpty())
            continue;
        if (schedule.hours)
            free = inBoth(free, joined(schedule.hours->within(window)));
        for (const BusyTime &time : schedule.times) {
            if (time.busyness != Busyness::WorkingElsewhere)
                free = without(free, time.span);
        }
    }
    free.removeIf([minutes](const TimeSpan &span) {
        return span.begin.secsTo(span.end) < qint64(minutes) * 60;
    });
    return free;
}

} // namespace mcp
