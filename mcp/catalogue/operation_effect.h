// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether an operation changes something. For showing and ranking; whoever calls an operation
// decides for themselves.

#pragma once

#include "mcp/catalogue/operation_catalogue.h"

namespace mcp {

enum class Effect {
    Reads, // GET
    ReadsByPost, // what is asked for stands in a body
    Writes,
};

Effect effectOf(const Operation &operation);

} // namespace mcp
