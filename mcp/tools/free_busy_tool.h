// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetFreeBusy: when the signed-in person and others are busy, and when all of them are free.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

namespace mcp {

Tool freeBusyTool(GraphClient *graph);

} // namespace mcp
