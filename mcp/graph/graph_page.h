// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lists that Graph sends in pages: where the next one is. A link that leads anywhere but to the
// same Graph is a fault, because the token would go there.

#pragma once

#include "mcp/graph/graph_client.h"

#include <optional>

namespace mcp {

struct GraphPage
{
    QString path; // "/v1.0/me/messages"
    QString query; // as Graph wrote it
};

// nullopt: this was the last one. ServiceFault: the link is none of this Graph's v1.0.
// https://learn.microsoft.com/graph/paging
Result<std::optional<GraphPage>> nextPageOf(const QJsonObject &answer, const GraphClient &graph);

} // namespace mcp
