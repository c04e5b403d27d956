// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One person: profile, manager, direct reports, presence. What the granted permissions do not show
// is said in a line; no administrator is asked for anything.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/tool.h"

namespace mcp {

// Of "me", an object id or an address. BadRequest: it is none of these.
Async<ToolResult> personDetails(GraphClient *graph, const QString &person,
                                const RequestContextPtr &context);

// Everything that personDetails() may ask for.
QStringList personDetailScopes();

} // namespace mcp
