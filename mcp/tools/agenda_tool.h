// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GetAgenda: the events of some days, occurrences of series among them.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool agendaTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
