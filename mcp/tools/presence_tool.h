// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetMyPresence: how available the signed-in person is in Teams, out of Graph's /me/presence.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

namespace mcp {

// graph outlives the tool.
Tool presenceTool(GraphClient *graph);

} // namespace mcp
