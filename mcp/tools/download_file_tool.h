// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// DownloadFile: a file into the folder that the person granted. Its bytes never reach the model.

#pragma once

#include "mcp/files/downloads.h"
#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

#include <functional>
#include <memory>

namespace mcp {

// folder: an absolute path without links; empty: none was granted.
Tool downloadFileTool(GraphClient *graph, const std::shared_ptr<Downloads> &downloads,
                      const std::function<QString()> &folder);

} // namespace mcp
