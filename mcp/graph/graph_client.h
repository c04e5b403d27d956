// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Microsoft Graph over HTTPS, for one configured origin. The access token goes to that origin and
// nowhere else: no redirect is followed, no cookie kept.
//
//   token ─► GET ─┬─ 2xx, JSON object ───────────────────────► value
//     ▲           ├─ 401, first time: token rejected ─► token again
//     │           ├─ 401 or 403 with claims, twice at most: token with these claims
//     └───────────┴─ 429, 503: wait as Retry-After says, if the deadline allows ─► GET again
//                 └─ connection lost, first time ─► GET again

#pragma once

#include "auth/token_source.h"
#include "mcp/graph/graph_connections.h"
#include "mcp/protocol/request_context.h"

#include <QJsonObject>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

namespace mcp {

// Something that is only read.
struct GraphRequest
{
    QString path; // "/v1.0/me", decoded
    QUrlQuery query = {};
    QStringList scopes = {}; // delegated permissions, "User.Read"
    auth::Interaction interaction = auth::Interaction::Allowed;
    // Header "Prefer"; a constant of ours, because some of Graph's grant access.
    QByteArray prefer = {};
    // Directory objects are searched and counted with "ConsistencyLevel: eventual" only
    // (https://learn.microsoft.com/graph/aad-advanced-queries).
    bool isEventual = false;
    // Of a POST that only reads (effectOf() knows which); nullopt: GET. It is repeated like a GET.
    std::optional<QJsonObject> body = {};
};

class GraphClient : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 bodyLimit = 8 * 1024 * 1024; // bytes, unpacked

    // tokens outlives the client.
    explicit GraphClient(auth::TokenSource *tokens, QObject *parent = nullptr);
    ~GraphClient() override;

    // Origin without a path; empty while not configured.
    void setGraphUrl(const QUrl &graphUrl);
    QUrl graphUrl() const { return m_graphUrl; }
    // Same scheme, host and port as the configured Graph.
    bool isGraph(const QUrl &url) const;

    // Errors: those of the TokenSource, and NotConfigured, SignInNeeded (401 also with a fresh
    // token), Denied (challenges without end), Forbidden, NotFound, BadRequest, Throttled, Timeout,
    // Offline, ServiceFault, Cancelled.
    Async<QJsonObject> get(const GraphRequest &request, const RequestContextPtr &context);
    // Where the bytes of ".../content" are: Graph redirects to a URL that needs no token and ends
    // after some minutes (contentLocation). Errors: as for get().
    Async<QUrl> locationOf(const GraphRequest &request, const RequestContextPtr &context);

private:
    friend class GraphCall;

    auth::TokenSource *m_tokens;
    GraphConnections m_connections;
    QUrl m_graphUrl;
};

} // namespace mcp
