// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Short words for spans of time and what Graph says about them, for tests.

#pragma once

#include "mcp/tools/schedule.h"

#include <QJsonArray>
#include <QStringList>

namespace spans {

// "2026-10-26 08:00", of UTC.
inline QDateTime utc(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, QStringLiteral("yyyy-MM-dd HH:mm"));
    time.setTimeZone(QTimeZone::utc());
    return time;
}

inline mcp::TimeSpan span(const QString &begin, const QString &end)
{
    return {utc(begin), utc(end)};
}

// "10-26 08:00-16:00" each, of UTC.
inline QStringList words(const QList<mcp::TimeSpan> &all)
{
    QStringList list;
    for (const mcp::TimeSpan &one : all) {
        list.append(one.begin.toUTC().toString(QStringLiteral("MM-dd HH:mm"))
                    + one.end.toUTC().toString(QStringLiteral("-HH:mm")));
    }
    return list;
}

inline QJsonObject graphHours(const QJsonArray &days, const QString &begin, const QString &end,
                              const QJsonObject &zone)
{
    return {{QStringLiteral("daysOfWeek"), days},
            {QStringLiteral("startTime"), begin + QStringLiteral(":00.0000000")},
            {QStringLiteral("endTime"), end + QStringLiteral(":00.0000000")},
            {QStringLiteral("timeZone"), zone}};
}

inline QJsonObject zoneOf(const QString &name)
{
    return {{QStringLiteral("name"), name}};
}

// month and occurrence of the Sundays on which clocks change there.
inline QJsonObject customZone(int bias, int winterMonth, int winterSunday, int summerMonth,
                              int summerSunday)
{
    const auto change = [](int month, int sunday) {
        return QJsonObject{{QStringLiteral("time"), QStringLiteral("02:00:00.0000000")},
                           {QStringLiteral("dayOccurrence"), sunday},
                           {QStringLiteral("dayOfWeek"), QStringLiteral("sunday")},
                           {QStringLiteral("month"), month},
                           {QStringLiteral("year"), 0}};
    };
    QJsonObject daylight = change(summerMonth, summerSunday);
    daylight.insert(QStringLiteral("daylightBias"), -60);
    return {{QStringLiteral("name"), QStringLiteral("Customized Time Zone")},
            {QStringLiteral("bias"), bias},
            {QStringLiteral("standardOffset"), change(winterMonth, winterSunday)},
            {QStringLiteral("daylightOffset"), daylight}};
}

inline QJsonArray mondayToFriday()
{
    return {QStringLiteral("monday"), QStringLiteral("tuesday"), QStringLiteral("wednesday"),
            QStringLiteral("thursday"), QStringLiteral("friday")};
}

} // namespace spans
