// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// CallGraph: any operation of Graph v1.0 that only reads.

#pragma once

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

// shown: read at each call; null: nothing that is hidden otherwise.
Tool callGraphTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors,
                   const std::shared_ptr<const OperationsShown> &shown = {});

} // namespace mcp
