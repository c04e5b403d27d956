// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Microsoft Graph over HTTPS, for one configured origin. The access token goes to that origin and
// nowhere else: no redirect is followed, no cookie kept.
//
//   token ─► turn ─► GET ─┬─ 2xx, JSON object; 304 ──────────► value
//                          ├─ 401, first time: token rejected ─► token again
//                          ├─ 401 or 403 with claims, twice at most ─► token with these claims
//                          ├─ 429, 503: wait as Retry-After says, if the deadline allows ─► turn
//                          └─ connection lost, first time ─► GET again

#pragma once

#include "auth/token_source.h"
#include "mcp/graph/answer_cache.h"
#include "mcp/graph/graph_budget.h"
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
    // How long an answer counts as current, of what changes seldom; zero: Graph is asked each time.
    std::chrono::seconds freshFor{0};
    // /me/people searches the person's contacts and correspondents only, unless told to search the
    // directory too (https://learn.microsoft.com/graph/people-insights-overview, "Types of results
    // included").
    bool isDirectoryWide = false;
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
    // The same for what Graph has as a page of HTML, of at most bodyLimit too: the page as it is,
    // written by others.
    Async<QString> html(const GraphRequest &request, const RequestContextPtr &context);

    // Where the bytes of ".../content" are: Graph redirects to a URL that needs no token and ends
    // after some minutes (contentLocation). Errors: as for get().
    Async<QUrl> locationOf(const GraphRequest &request, const RequestContextPtr &context);

    // Graph asked to wait before the next call like request: nobody makes one before. For answers
    // within others ($batch); those to calls of their own are heeded anyway.
    void pause(const GraphRequest &request, const RequestContext &context,
               std::chrono::milliseconds wait);

private:
    friend class GraphCall;

    auth::TokenSource *m_tokens;
    GraphConnections m_connections;
    GraphBudget m_budget;
    AnswerCache m_answers;
    QUrl m_graphUrl;
};

} // namespace mcp
