// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/schedule.h"

#include "mcp/graph/graph_error.h"
#include "mcp/tools/person_time.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// nullopt: free.
std::optional<Busyness> busynessOf(const QString &status)
{
    const QString word = status.toLower(); // the documentation has "Busy" as well as "busy"
    if (word == "free"_L1)
        return std::nullopt;
    if (word == "busy"_L1)
        return Busyness::Busy;
    if (word == "tentative"_L1)
        return Busyness::Tentative;
    if (word == "oof"_L1)
        return Busyness::OutOfOffice;
    if (word == "workingelsewhere"_L1)
        return Busyness::WorkingElsewhere;
    return Busyness::Unknown;
}

QList<BusyTime> timesOf(const QJsonArray &items)
{
    QList<BusyTime> times;
    for (const auto &item : items) {
        const auto busyness = busynessOf(item["status"_L1].toString());
        const TimeSpan span{timeOf(item["start"_L1]).toUTC(), timeOf(item["end"_L1]).toUTC()};
        if (busyness && span.begin.isValid() && span.end.isValid() && span.begin < span.end)
            times.append({span, *busyness});
    }
    return times;
}

// Where a calendar shows no items, as those of other organisations, the view says it by slots.
QList<BusyTime> timesOfView(const QString &view, const QDateTime &begin)
{
    QList<BusyTime> times;
    QDateTime slot = begin.toUTC();
    for (const QChar digit : view) {
        const QDateTime end = slot.addSecs(slotMinutes * 60);
        switch (digit.unicode()) {
        case u'0': break;
        case u'1': times.append({{slot, end}, Busyness::Tentative}); break;
        case u'2': times.append({{slot, end}, Busyness::Busy}); break;
        case u'3': times.append({{slot, end}, Busyness::OutOfOffice}); break;
        case u'4': times.append({{slot, end}, Busyness::WorkingElsewhere}); break;
        default: times.append({{slot, end}, Busyness::Unknown}); break;
        }
        slot = end;
    }
    return times;
}

QList<BusyTime> merged(QList<BusyTime> times)
{
    std::stable_sort(times.begin(), times.end(), [](const BusyTime &first, const BusyTime &second) {
        return first.span.begin < second.span.begin;
    });
    QList<BusyTime> all;
    for (const BusyTime &time : std::as_const(times)) {
        const auto before = std::find_if(all.begin(), all.end(), [&](const BusyTime &one) {
            return one.busyness == time.busyness && one.span.end >= time.span.begin;
        });
        if (before == all.end())
            all.append(time);
        else
            before->span.end = std::max(before->span.end, time.span.end);
    }
    return all;
}

} // namespace

QString busyWord(Busyness busyness)
{
    switch (busyness) {
    case Busyness::Busy: return u"busy"_s;
    case Busyness::Tentative: return u"tentative"_s;
    case Busyness::OutOfOffice: return u"out of office"_s;
    case Busyness::WorkingElsewhere: return u"working elsewhere"_s;
    case Busyness::Unknown: return u"unknown"_s;
    }
    return {};
}

Schedule Schedule::of(const QJsonObject &information, const QDateTime &begin)
{
    Schedule schedule{.address = information.value("scheduleId"_L1).toString()};
    if (const QJsonObject error = information.value("error"_L1).toObject(); !error.isEmpty()) {
        const QString code = plainCode(error.value("responseCode"_L1).toString());
        schedule.problem = code.isEmpty() ? u"unknown"_s : code;
        return schedule;
    }
    const QJsonArray items = information.value("scheduleItems"_L1).toArray();
    schedule.times = merged(
        items.isEmpty() ? timesOfView(information.value("availabilityView"_L1).toString(), begin)
                        : timesOf(items));
    schedule.hours = WorkingHours::of(information.value("workingHours"_L1));
    return schedule;
}

bool Schedule::isNobody() const
{
    // 5009 is the same as a number
    // (https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode).
    return problem == "ErrorMailRecipientNotFound"_L1 || problem == "5009"_L1;
}

} // namespace mcp
