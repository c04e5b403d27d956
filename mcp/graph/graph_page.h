// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lists that Graph sends in pages: where the next one is. A link that leads anywhere but to the
// same Graph is a fault, because the token would go there.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QJsonArray>

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

// Of a list in pages.
struct GraphItems
{
    QJsonArray items;
    bool isCut = false; // there are more pages
};

// Page after page, mostPages of them at most. An answer that is no list is one item.
Async<GraphItems> itemsOf(GraphClient *graph, const GraphRequest &request, int mostPages,
                          const RequestContextPtr &context);

} // namespace mcp
