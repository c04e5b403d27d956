// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadFile: the text of a file, in pieces.

#pragma once

#include "mcp/graph/graph_content.h"
#include "mcp/protocol/tool.h"
#include "mcp/tools/cursor_seal.h"

#include <memory>

namespace mcp {

Tool readFileTool(GraphClient *graph, const std::shared_ptr<GraphContent> &contents,
                  const std::shared_ptr<const CursorSeal> &cursors);

} // namespace mcp
