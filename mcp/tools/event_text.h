// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Events of a calendar as a model reads them. What others wrote in them is cleaned, not yet fenced.

#pragma once

#include <QJsonObject>
#include <QString>
#include <QTimeZone>

namespace mcp {

// What eventRow() needs of an event, all of it readable with Calendars.ReadBasic.
QString eventRowProperties();
// Two or three lines for one event of an agenda.
QString eventRow(const QJsonObject &event, const QTimeZone &zone);

QString eventTextProperties();
// Everything about one event: time, place, people and what they answered, recurrence, body.
QString eventText(const QJsonObject &event, const QTimeZone &zone);

// "weekly on Monday and Thursday until 2026-12-17"; empty: it does not recur.
QString recurrenceText(const QJsonValue &recurrence);

} // namespace mcp
