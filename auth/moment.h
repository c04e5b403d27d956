// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One point in time on two clocks, because either may lie: the wall clock can be set, the steady
// one stands still while the computer sleeps (CLOCK_MONOTONIC).

#pragma once

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace auth {

struct Moment
{
    QDateTime wall = {}; // UTC
    std::chrono::steady_clock::time_point steady = {};

    // The longer of what the two clocks say, never negative: what ends by time ends early rather
    // than never.
    std::chrono::milliseconds since(const Moment &earlier) const
    {
        const auto awake =
            std::chrono::duration_cast<std::chrono::milliseconds>(steady - earlier.steady);
        const std::chrono::milliseconds shown(earlier.wall.msecsTo(wall));
        return std::max({awake, shown, std::chrono::milliseconds(0)});
    }
};

} // namespace auth
