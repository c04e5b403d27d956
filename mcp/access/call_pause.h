// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>

#include <optional>

namespace mcp {

// While it lasts no AI client uses any account.
struct CallPause
{
    std::optional<QDateTime> until = {}; // UTC; nullopt: until the person ends it
};

} // namespace mcp
