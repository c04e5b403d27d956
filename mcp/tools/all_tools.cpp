// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/all_tools.h"

#include "mcp/tools/find_mail_tool.h"
#include "mcp/tools/find_operation_tool.h"
#include "mcp/tools/presence_tool.h"
#include "mcp/tools/profile_tool.h"
#include "mcp/tools/read_mail_tool.h"

namespace mcp {

QList<Tool> allTools(GraphClient *graph)
{
    const auto cursors = std::make_shared<const CursorSeal>();
    return {
        profileTool(graph),           presenceTool(graph), findMailTool(graph, cursors),
        readMailTool(graph, cursors), findOperationTool(),
    };
}

} // namespace mcp
