// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When several people could meet. Pure.

#pragma once

#include "mcp/tools/schedule.h"

namespace mcp {

// The times in window, at least that long, at which all of them are at work and none is busy,
// perhaps busy, or away; in UTC, in order. Who works elsewhere can be met. Whose working hours are
// not known works always; of whom nothing is known does not count.
QList<TimeSpan> commonFree(const QList<Schedule> &schedules, const TimeSpan &window, int minutes);

} // namespace mcp
