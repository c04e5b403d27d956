// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/person_time.h"

#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace mcp {

QString personTime(const QString &graphTime)
{
    const QDateTime time = QDateTime::fromString(graphTime, Qt::ISODateWithMs);
    if (!time.isValid())
        return graphTime;
    const QDateTime local = time.toTimeZone(QTimeZone::systemTimeZone());
    const int minutes = local.offsetFromUtc() / 60;
    const int distance = qAbs(minutes);
    return u"%1 %2%3:%4"_s.arg(local.toString(u"yyyy-MM-dd HH:mm"_s))
        .arg(QChar(minutes < 0 ? u'-' : u'+'))
        .arg(distance / 60, 2, 10, QChar(u'0'))
        .arg(distance % 60, 2, 10, QChar(u'0'));
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

QString beginOfDay(const QDate &date)
{
    return date.startOfDay(QTimeZone::systemTimeZone()).toUTC().toString(Qt::ISODate);
}

} // namespace mcp
