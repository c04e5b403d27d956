// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/all_tools.h"

#include "mcp/tools/agenda_tool.h"
#include "mcp/tools/call_graph_tool.h"
#include "mcp/tools/download_file_tool.h"
#include "mcp/tools/find_files_tool.h"
#include "mcp/tools/find_mail_tool.h"
#include "mcp/tools/find_operation_tool.h"
#include "mcp/tools/find_people_tool.h"
#include "mcp/tools/free_busy_tool.h"
#include "mcp/tools/list_tasks_tool.h"
#include "mcp/tools/presence_tool.h"
#include "mcp/tools/profile_tool.h"
#include "mcp/tools/read_event_tool.h"
#include "mcp/tools/read_file_tool.h"
#include "mcp/tools/read_mail_tool.h"
#include "mcp/tools/read_notes_tool.h"
#include "mcp/tools/search_tool.h"
#include "mcp/tools/teams_tool.h"

namespace mcp {
namespace {

// The transfers end before what they read with.
std::shared_ptr<Downloads> downloadsWith(const std::shared_ptr<GraphContent> &contents)
{
    return {new Downloads(contents.get()), [contents](Downloads *downloads) { delete downloads; }};
}

} // namespace

QList<Tool> allTools(GraphClient *graph, const std::function<QString()> &downloadFolder,
                     const std::shared_ptr<const OperationsShown> &shown)
{
    const auto cursors = std::make_shared<const CursorSeal>();
    const auto contents = std::make_shared<GraphContent>(graph);
    const auto downloads = downloadsWith(contents);
    QList<Tool> tools;
    tools.append(profileTool(graph));
    tools.append(presenceTool(graph));
    tools.append(findPeopleTool(graph, cursors));
    tools.append(findMailTool(graph, cursors));
    tools.append(readMailTool(graph, cursors));
    tools.append(agendaTool(graph, cursors));
    tools.append(readEventTool(graph, cursors));
    tools.append(freeBusyTool(graph));
    tools.append(findFilesTool(graph, cursors));
    tools.append(readFileTool(graph, contents, cursors));
    tools.append(downloadFileTool(graph, downloads, downloadFolder));
    tools.append(teamsTool(graph, cursors));
    tools.append(listTasksTool(graph, cursors));
    tools.append(readNotesTool(graph, cursors));
    tools.append(searchTool(graph, cursors));
    tools.append(findOperationTool(shown));
    tools.append(callGraphTool(graph, cursors, shown));
    return tools;
}

} // namespace mcp
