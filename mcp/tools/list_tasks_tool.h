// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ListTasks: what the signed-in person has to do, of To Do and Planner.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool listTasksTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
