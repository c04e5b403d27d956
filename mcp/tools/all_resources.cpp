// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/all_resources.h"

#include "mcp/tools/profile_tool.h"

namespace mcp {

QList<Resource> allResources(GraphClient *graph)
{
    return {
        profileResource(graph),
    };
}

} // namespace mcp
