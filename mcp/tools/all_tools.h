// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of all tools; the only place that names them all.

#pragma once

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

#include <QList>

#include <functional>
#include <memory>

namespace mcp {

// In the order in which they are listed. graph outlives them.
// downloadFolder: where DownloadFile may save; empty, or no function: nowhere.
// shown: read at each call; null: no operation that is hidden otherwise.
QList<Tool> allTools(GraphClient *graph, const std::function<QString()> &downloadFolder = {},
                     const std::shared_ptr<const OperationsShown> &shown = {});

} // namespace mcp
