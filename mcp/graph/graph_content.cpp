// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_content.h"

#include "mcp/graph/content_fetch.h"

#include <QNetworkProxy>

namespace mcp {

GraphContent::GraphContent(GraphClient *graph, std::chrono::milliseconds stallLimit)
    : m_graph(graph)
    , m_stallLimit(stallLimit)
{
}

GraphContent::~GraphContent()
{
    // Transfers go before the connections they use.
    qDeleteAll(findChildren<ContentFetch *>(QString(), Qt::FindDirectChildrenOnly));
}

GraphConnections &GraphContent::connections()
{
    if (!m_connections)
        m_connections = std::make_unique<GraphConnections>();
    m_connections->setProxy(isLoopback(m_graph->graphUrl())
                                ? QNetworkProxy(QNetworkProxy::NoProxy)
                                : QNetworkProxy(QNetworkProxy::DefaultProxy));
    return *m_connections;
}

Async<ContentEnd> GraphContent::fetch(const ContentRequest &request,
                                      const RequestContextPtr &context)
{
    return (new ContentFetch(this, request, context))->start();
}

Async<ContentBytes> GraphContent::read(const GraphRequest &item, qint64 first, qint64 most,
                                       const RequestContextPtr &context)
{
    const auto bytes = std::make_shared<QByteArray>();
    const ContentRequest request{.item = item,
                                 .first = first,
                                 .most = most,
                                 .take = [bytes](const QByteArray &some) -> std::optional<Error> {
                                     bytes->append(some);
                                     return std::nullopt;
                                 }};
    return andThen(fetch(request, context), this, [bytes](const ContentEnd &end) {
        return readyAsync<ContentBytes>(ContentBytes{.bytes = *bytes, .size = end.size});
    });
}

} // namespace mcp
