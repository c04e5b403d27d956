// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One GET of a GraphClient, or a POST that only reads, with its retries. Private to graph/. Child
// of the client; deletes itself when it has ended.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QPointer>
#include <QTimer>

class QNetworkReply;

namespace mcp {

class GraphCall : public QObject
{
    Q_OBJECT
public:
    // Html: a page of Graph's own, as {"Html": "..."}. Location: of a redirect, which is not
    // followed, as {"Location": "..."}.
    enum class Wants { Json, Html, Location };

    GraphCall(GraphClient *client, const GraphRequest &request, const RequestContextPtr &context,
              Wants wants = Wants::Json);
    ~GraphCall() override;

    Async<QJsonObject> start();

private:
    void askForToken(const Secret &rejected);
    bool answerFromCache();
    void takeTurn();
    void challenged(const QByteArray &claims, const QByteArray &requestId);
    void send();
    void read();
    void replied();
    void networkFailed(bool hadStatus);
    void throttled(int status, const QByteArray &retryAfter, const QByteArray &requestId);
    void timedOut();
    void succeed();
    void succeedAsBefore();
    void succeedWithHtml();
    void succeedWith(const QJsonObject &answer);
    void fail(const Error &error);
    void end();
    void dropReply();

    GraphClient *m_client;
    GraphRequest m_request;
    RequestContextPtr m_context;
    Wants m_wants;
    QUrl m_url;
    QByteArray m_clientRequestId; // the same for all attempts, for Graph's support
    Promised<QJsonObject> m_promised;
    Secret m_token;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_body;
    QTimer m_deadline;
    QString m_lane;
    GraphTurn m_turn;
    QString m_cacheKey; // empty: the answer is not kept
    std::optional<KeptAnswer> m_kept; // that Graph is asked about
    int m_throttled = 0;
    QByteArray m_claims; // of the last challenge
    int m_challenges = 0;
    bool m_tokenRejected = false;
    bool m_connectionLost = false;
};

} // namespace mcp
