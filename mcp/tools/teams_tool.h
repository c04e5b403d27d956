// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadTeams: chats, teams and channels of Microsoft Teams, and what was written there.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool teamsTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
