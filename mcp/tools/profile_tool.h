// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetUserDetailsFromGraph, and the same as a resource: who the signed-in person is, out of Graph's
// /me.
// https://learn.microsoft.com/graph/api/user-get (delegated User.Read)

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/resource.h"
#include "mcp/protocol/tool.h"

namespace mcp {

// graph outlives the tool.
Tool profileTool(GraphClient *graph);
// graph://me; graph outlives it.
Resource profileResource(GraphClient *graph);

} // namespace mcp
