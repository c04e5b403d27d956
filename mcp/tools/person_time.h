// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Graph's times as the person at this computer reads a clock, and the other way round.

#pragma once

#include <QDateTime>
#include <QJsonValue>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace mcp {

// "2026-11-26T08:14:00Z" becomes "2026-11-26 09:14 +01:00"; what is no time stays as it is.
QString personTime(const QString &graphTime);
// The zone by its name, "Europe/Berlin".
QString personZone();
// "2026-11-26"; nullopt: it is no such date.
std::optional<QDate> dateOf(const QString &text);
// "2026-11-26 Thu".
QString dayText(const QDate &date);
// When the day begins here, as Graph writes it.
QString beginOfDay(const QDate &date, const QTimeZone &zone = QTimeZone::systemTimeZone());

// "+01:00": how far the zone is from UTC at that time.
QString offsetOf(const QDateTime &time);
// Of {"dateTime": "2026-11-26T08:00:00.0000000", "timeZone": "UTC"}; invalid where it is none, or
// its zone is unknown. https://learn.microsoft.com/graph/api/resources/datetimetimezone
QDateTime timeOf(const QJsonValue &dateTimeTimeZone);
// By a name of Windows ("W. Europe Standard Time") or of IANA, as mailboxes have either; invalid:
// neither.
QTimeZone zoneNamed(const QString &name);

} // namespace mcp
