// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of all resources; the only place that names them all.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/resource.h"

#include <QList>

namespace mcp {

// In the order in which they are listed. graph outlives them.
QList<Resource> allResources(GraphClient *graph);

} // namespace mcp
