// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Free and busy times as a model reads them, on one clock. Pure.

#pragma once

#include "mcp/tools/schedule.h"

namespace mcp {

// A head line, and one for each day on which the calendar has something. name: whose it is, in our
// words.
QString scheduleText(const Schedule &schedule, const QString &name, const TimeSpan &window,
                     const QTimeZone &zone);

// "2026-11-27 Fri (+01:00): 10:00-10:30, 16:15-17:00" for each day that has some.
QStringList dayLines(const QList<TimeSpan> &spans, const QTimeZone &zone);

} // namespace mcp
