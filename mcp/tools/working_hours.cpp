// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/working_hours.h"

#include "mcp/tools/person_time.h"

#include <QJsonArray>
#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// 1 = Monday; 0: none.
int weekdayOf(const QString &name)
{
    static const QStringList names{u"monday"_s, u"tuesday"_s,  u"wednesday"_s, u"thursday"_s,
                                   u"friday"_s, u"saturday"_s, u"sunday"_s};
    return int(names.indexOf(name.toLower())) + 1;
}

// "08:00:00.0000000"
QTime clockOf(const QJsonValue &time)
{
    return QTime::fromString(time.toString().left(5), u"HH:mm"_s);
}

} // namespace

QDate WorkZone::Change::in(int year) const
{
    const QDate first(year, month, 1);
    const int days = (weekday - first.dayOfWeek() + 7) % 7 + (occurrence - 1) * 7;
    const QDate date = first.addDays(days);
    return date.month() == month ? date : date.addDays(-7); // there is no fifth one
}

WorkZone::Change WorkZone::changeOf(const QJsonValue &change)
{
    const Change read{.month = change["month"_L1].toInt(),
                      .weekday = weekdayOf(change["dayOfWeek"_L1].toString()),
                      .occurrence = change["dayOccurrence"_L1].toInt()};
    const bool isOne = read.month >= 1 && read.month <= 12 && read.weekday > 0
        && read.occurrence >= 1 && read.occurrence <= 5;
    return isOne ? read : Change{};
}

std::optional<WorkZone> WorkZone::of(const QJsonValue &timeZone)
{
    WorkZone zone;
    if (const QTimeZone known = zoneNamed(timeZone["name"_L1].toString()); known.isValid()) {
        zone.m_zone = known;
        return zone;
    }
    constexpr int halfDay = 14 * 60;
    const int bias = timeZone["bias"_L1].toInt(halfDay + 1); // minutes from there to UTC
    if (std::abs(bias) > halfDay)
        return std::nullopt;
    zone.m_standard = -bias * 60;
    zone.m_toStandard = changeOf(timeZone["standardOffset"_L1]);
    zone.m_toDaylight = changeOf(timeZone["daylightOffset"_L1]);
    const int daylight = timeZone["daylightOffset"_L1]["daylightBias"_L1].toInt();
    zone.m_daylight = zone.m_standard - std::clamp(daylight, -120, 120) * 60;
    return zone;
}

int WorkZone::secondsFromUtc(const QDate &day) const
{
    if (m_toStandard.month == 0 || m_toDaylight.month == 0)
        return m_standard;
    const QDate winter = m_toStandard.in(day.year());
    const QDate summer = m_toDaylight.in(day.year());
    // South of the equator summer is at both ends of the year.
    const bool isSummer =
        summer < winter ? day >= summer && day < winter : day >= summer || day < winter;
    return isSummer ? m_daylight : m_standard;
}

QDateTime WorkZone::at(const QDate &day, const QTime &time) const
{
    if (m_zone)
        return QDateTime(day, time, *m_zone).toUTC();
    return QDateTime(day, time, QTimeZone::utc()).addSecs(-secondsFromUtc(day));
}

QString WorkZone::name(const QDate &day) const
{
    if (m_zone)
        return QString::fromLatin1(m_zone->id());
    const QDateTime noon(day, QTime(12, 0), QTimeZone(secondsFromUtc(day)));
    return u"UTC"_s + offsetOf(noon);
}

std::optional<WorkingHours> WorkingHours::of(const QJsonValue &workingHours)
{
    WorkingHours hours;
    for (const auto &day : workingHours["daysOfWeek"_L1].toArray()) {
        const int weekday = weekdayOf(day.toString());
        if (weekday > 0 && !hours.m_days.contains(weekday))
            hours.m_days.append(weekday);
    }
    std::sort(hours.m_days.begin(), hours.m_days.end());
    hours.m_begin = clockOf(workingHours["startTime"_L1]);
    hours.m_end = clockOf(workingHours["endTime"_L1]);
    const auto zone = WorkZone::of(workingHours["timeZone"_L1]);
    if (hours.m_days.isEmpty() || !hours.m_begin.isValid() || !hours.m_end.isValid() || !zone)
        return std::nullopt;
    hours.m_zone = *zone;
    return hours;
}

QList<TimeSpan> WorkingHours::within(const TimeSpan &window) const
{
    QList<TimeSpan> spans;
    // Their day may have begun, and a shift may end, on another day than that of UTC.
    const QDate last = window.end.toUTC().date().addDays(1);
    for (QDate day = window.begin.toUTC().date().addDays(-2); day <= last; day = day.addDays(1)) {
        if (!m_days.contains(day.dayOfWeek()))
            continue;
        const QDateTime begin = m_zone.at(day, m_begin);
        const QDateTime end = m_zone.at(m_end > m_begin ? day : day.addDays(1), m_end);
        const TimeSpan span{std::max(begin, window.begin.toUTC()),
                            std::min(end, window.end.toUTC())};
        if (span.begin < span.end)
            spans.append(span);
    }
    return spans;
}

QString WorkingHours::text(const QDate &day) const
{
    QStringList names;
    for (const int weekday : m_days)
        names.append(QLocale::c().dayName(weekday, QLocale::ShortFormat));
    return u"%1 %2-%3 %4"_s.arg(names.join(u' '), m_begin.toString(u"HH:mm"_s),
                                m_end.toString(u"HH:mm"_s), m_zone.name(day));
}

} // namespace mcp
