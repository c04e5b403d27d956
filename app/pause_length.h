// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// How long the person keeps all AI clients away: 15 minutes, until tomorrow at 6:00, until they
// say otherwise.
enum class PauseLength { QuarterHour, UntilTomorrow, UntilResumed };
