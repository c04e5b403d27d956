// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadNotes: the signed-in person's pages in OneNote, as rows, or one as text.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool readNotesTool(GraphClient *graph, const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
