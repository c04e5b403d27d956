// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/all_tools.h"

#include "mcp/tools/agenda_tool.h"
#include "mcp/tools/call_graph_tool.h"
#include "mcp/tools/download_file_tool.h"
#include "mcp/tools/find_files_tool.h"
#include "mcp/tools/find_mail_tool.h"
#include "mcp/tools/find_operation_tool.h"
#include "mcp/tools/presence_tool.h"
#include "mcp/tools/profile_tool.h"
#include "mcp/tools/read_event_tool.h"
#include "mcp/tools/read_file_tool.h"
#include "mcp/tools/read_mail_tool.h"

namespace mcp {
namespace {

// The transfers end before what they read with.
std::shared_ptr<Downloads> downloadsWith(const std::shared_ptr<GraphContent> &contents)
{
    return {new Downloads(contents.get()), [contents](Downloads *downloads) { delete downloads; }};
}

} // namespace

QList<Tool> allTools(GraphClient *graph, const std::function<QString()> &downloadFolder)
{
    const auto cursors = std::make_shared<const CursorSeal>();
    const auto zones = std::make_shared<MailboxZone>(graph);
    const auto contents = std::make_shared<GraphContent>(graph);
    const auto downloads = downloadsWith(contents);
    QList<Tool> tools;
    tools.append(profileTool(graph));
    tools.append(presenceTool(graph));
    tools.append(findMailTool(graph, cursors));
    tools.append(readMailTool(graph, cursors));
    tools.append(agendaTool(graph, cursors, zones));
    tools.append(readEventTool(graph, cursors, zones));
    tools.append(findFilesTool(graph, cursors));
    tools.append(readFileTool(graph, contents, cursors));
    tools.append(downloadFileTool(graph, downloads, downloadFolder));
    tools.append(findOperationTool());
    tools.append(callGraphTool(graph, cursors));
    return tools;
}

} // namespace mcp
