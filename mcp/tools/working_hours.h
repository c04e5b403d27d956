// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When somebody works, in the time zone that their mailbox has, which may be one that Outlook made
// up for them. Pure. https://learn.microsoft.com/graph/api/resources/workinghours

#pragma once

#include <QDateTime>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace mcp {

// From begin up to, not including, end.
struct TimeSpan
{
    QDateTime begin;
    QDateTime end;

    bool operator==(const TimeSpan &) const = default;
};

// A zone with a name that is known, or a custom one: an offset, and the days on which it changes
// (https://learn.microsoft.com/graph/api/resources/customtimezone).
class WorkZone
{
public:
    // Of "timeZone" in workingHours; nullopt: neither name nor offset are any good.
    static std::optional<WorkZone> of(const QJsonValue &timeZone);

    // When a clock there shows that time; right to the day where the zone is a custom one.
    QDateTime at(const QDate &day, const QTime &time) const;
    // "Europe/Berlin", or "UTC-08:00" as it is on that day.
    QString name(const QDate &day) const;

private:
    // "the last Sunday of October"
    struct Change
    {
        int month = 0; // 0: never
        int weekday = 0; // 1 = Monday
        int occurrence = 0; // 5: the last one
        QDate in(int year) const;
    };
    static Change changeOf(const QJsonValue &change);
    int secondsFromUtc(const QDate &day) const;

    std::optional<QTimeZone> m_zone;
    int m_standard = 0; // seconds from UTC
    int m_daylight = 0;
    Change m_toStandard;
    Change m_toDaylight;
};

class WorkingHours
{
public:
    // nullopt: Graph names none, or none that make sense.
    static std::optional<WorkingHours> of(const QJsonValue &workingHours);

    // The times at work that lie in window, cut to it, in order.
    QList<TimeSpan> within(const TimeSpan &window) const;
    // "Mon Tue Wed Thu Fri 08:00-17:00 Europe/Berlin"
    QString text(const QDate &day) const;

private:
    QList<int> m_days; // of the week, 1 = Monday
    QTime m_begin;
    QTime m_end; // not later than m_begin: on the next day
    WorkZone m_zone;
};

} // namespace mcp
