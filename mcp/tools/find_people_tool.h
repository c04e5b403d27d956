// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FindPeople: colleagues by name or address, one of them in detail, or those that the signed-in
// person works with most.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool findPeopleTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
