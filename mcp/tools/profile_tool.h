// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetUserDetailsFromGraph: who the signed-in person is, out of Graph's /me.
// https://learn.microsoft.com/graph/api/user-get (delegated User.Read)

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

namespace mcp {

// graph outlives the tool.
Tool profileTool(GraphClient *graph);

} // namespace mcp
