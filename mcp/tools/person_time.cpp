// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/person_time.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace mcp {

QString personTime(const QString &graphTime)
{
    const QDateTime time = QDateTime::fromString(graphTime, Qt::ISODateWithMs);
    if (!time.isValid())
        return graphTime;
    const QDateTime local = time.toTimeZone(QTimeZone::systemTimeZone());
    return local.toString(u"yyyy-MM-dd HH:mm"_s) + u' ' + offsetOf(local);
}

QString offsetOf(const QDateTime &time)
{
    const int minutes = time.offsetFromUtc() / 60;
    const int distance = qAbs(minutes);
    return u"%1%2:%3"_s.arg(QChar(minutes < 0 ? u'-' : u'+'))
        .arg(distance / 60, 2, 10, QChar(u'0'))
        .arg(distance % 60, 2, 10, QChar(u'0'));
}

QDateTime timeOf(const QJsonValue &dateTimeTimeZone)
{
    const QTimeZone zone = zoneNamed(dateTimeTimeZone["timeZone"_L1].toString());
    QDateTime time =
        QDateTime::fromString(dateTimeTimeZone["dateTime"_L1].toString(), Qt::ISODateWithMs);
    if (!time.isValid() || !zone.isValid())
        return {};
    time.setTimeZone(zone);
    return time;
}

QTimeZone zoneNamed(const QString &name)
{
    const QByteArray id = name.toLatin1();
    if (name.size() > 100 || name.isEmpty())
        return {};
    // Windows names first: its "UTC" is none of IANA's everywhere.
    const QByteArray iana = QTimeZone::windowsIdToDefaultIanaId(id);
    if (!iana.isEmpty())
        return QTimeZone(iana);
    // Any word is a zone of POSIX to QTimeZone, with UTC's time.
    return QTimeZone::availableTimeZoneIds().contains(id) ? QTimeZone(id) : QTimeZone();
}

QString personZone()
{
    return QString::fromLatin1(QTimeZone::systemTimeZoneId());
}

std::optional<QDate> dateOf(const QString &text)
{
    const QDate date = QDate::fromString(text, u"yyyy-MM-dd"_s);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

QString dayText(const QDate &date)
{
    return date.toString(u"yyyy-MM-dd"_s) + u' '
        + QLocale::c().dayName(date.dayOfWeek(), QLocale::ShortFormat);
}

QString beginOfDay(const QDate &date, const QTimeZone &zone)
{
    return date.startOfDay(zone).toUTC().toString(Qt::ISODate);
}

} // namespace mcp
