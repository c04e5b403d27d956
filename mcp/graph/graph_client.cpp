// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_client.h"

#include "mcp/graph/content_location.h"
#include "mcp/graph/graph_call.h"

#include <QNetworkProxy>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

int effectivePort(const QUrl &url)
{
    return url.port(url.scheme() == "http"_L1 ? 80 : 443);
}

} // namespace

GraphClient::GraphClient(auth::TokenSource *tokens, QObject *parent)
    : QObject(parent)
    , m_tokens(tokens)
{
}

GraphClient::~GraphClient()
{
    // Calls go before the connections they use.
    qDeleteAll(findChildren<GraphCall *>(QString(), Qt::FindDirectChildrenOnly));
}

void GraphClient::setGraphUrl(const QUrl &graphUrl)
{
    if (graphUrl == m_graphUrl)
        return;
    m_graphUrl = graphUrl;
    m_answers.clear();
    // A sandbox or test on this machine is never asked through the organisation's proxy.
    m_connections.setProxy(isLoopback(graphUrl) ? QNetworkProxy(QNetworkProxy::NoProxy)
                                                : QNetworkProxy(QNetworkProxy::DefaultProxy));
}

bool GraphClient::isGraph(const QUrl &url) const
{
    return !m_graphUrl.isEmpty() && url.scheme() == m_graphUrl.scheme()
        && url.host() == m_graphUrl.host() && effectivePort(url) == effectivePort(m_graphUrl);
}

void GraphClient::pause(const GraphRequest &request, const RequestContext &context,
                        std::chrono::milliseconds wait)
{
    m_budget.pause(GraphBudget::laneOf(context.principal, request.path), wait);
}

Async<QJsonObject> GraphClient::get(const GraphRequest &request, const RequestContextPtr &context)
{
    if (m_graphUrl.isEmpty()) {
        return readyAsync<QJsonObject>(
            Error{.kind = Error::Kind::NotConfigured, .detail = u"no Graph URL is set"_s});
    }
    return (new GraphCall(this, request, context))->start();
}

Async<QString> GraphClient::html(const GraphRequest &request, const RequestContextPtr &context)
{
    if (m_graphUrl.isEmpty()) {
        return readyAsync<QString>(
            Error{.kind = Error::Kind::NotConfigured, .detail = u"no Graph URL is set"_s});
    }
    auto *call = new GraphCall(this, request, context, GraphCall::Wants::Html);
    return andThen(call->start(), this, [](const QJsonObject &answer) {
        return readyAsync<QString>(answer.value("Html"_L1).toString());
    });
}

Async<QUrl> GraphClient::locationOf(const GraphRequest &request, const RequestContextPtr &context)
{
    if (m_graphUrl.isEmpty()) {
        return readyAsync<QUrl>(
            Error{.kind = Error::Kind::NotConfigured, .detail = u"no Graph URL is set"_s});
    }
    auto *call = new GraphCall(this, request, context, GraphCall::Wants::Location);
    return andThen(call->start(), this, [this](const QJsonObject &answer) {
        return readyAsync<QUrl>(
            contentLocation(answer.value("Location"_L1).toString().toLatin1(), m_graphUrl));
    });
}

} // namespace mcp
