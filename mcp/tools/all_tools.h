// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of all tools; the only place that names them all.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

#include <QList>

#include <functional>

namespace mcp {

// In the order in which they are listed. graph outlives them.
// downloadFolder: where DownloadFile may save; empty, or no function: nowhere.
QList<Tool> allTools(GraphClient *graph, const std::function<QString()> &downloadFolder = {});

} // namespace mcp
