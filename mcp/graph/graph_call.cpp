// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_call.h"

#include "app/base/log.h"
#include "app/base/network/network_fault.h"
#include "mcp/graph/claims_challenge.h"
#include "mcp/graph/graph_error.h"
#include "mcp/protocol/keep_alive.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int throttleLimit = 5; // answers of 429 or 503 to one call
// One for a token that is issued without the person, one for what they do in the browser.
constexpr int challengeLimit = 2;

// Below 100: the connection itself failed (QNetworkReply::NetworkError, "network layer errors").
bool isConnectionError(QNetworkReply::NetworkError error)
{
    return error != QNetworkReply::NoError && error < QNetworkReply::ProxyConnectionRefusedError;
}

Error serviceFault(const QString &detail, const QByteArray &requestId = {})
{
    return {.kind = Error::Kind::ServiceFault,
            .detail = detail,
            .requestId = plainCode(QString::fromLatin1(requestId))};
}

// A page where JSON belongs: a proxy that opens TLS, or a captive portal (511: RFC 6585, section
// 6). Graph's own answers have a request id.
Error foreignAnswer(const QString &detail, const QByteArray &requestId)
{
    Error error = serviceFault(detail, requestId);
    if (requestId.isEmpty())
        error.cause = Cause::NotMicrosoft;
    return error;
}

} // namespace

GraphCall::GraphCall(GraphClient *client, const GraphRequest &request,
                     const RequestContextPtr &context, Wants wants)
    : QObject(client)
    , m_client(client)
    , m_request(request)
    , m_context(context)
    , m_wants(wants)
    , m_url(client->graphUrl())
    , m_clientRequestId(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
{
    m_url.setPath(request.path);
    m_url.setQuery(request.query);
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({.kind = Error::Kind::Timeout, .detail = u"Microsoft Graph did not answer in time"_s});
    });
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &GraphCall::send);
    connect(context->cancellation.get(), &Cancellation::cancelled, this, [this] {
        fail({.kind = Error::Kind::Cancelled, .detail = u"the call was withdrawn"_s});
    });
}

GraphCall::~GraphCall()
{
    dropReply();
}

Async<QJsonObject> GraphCall::start()
{
    if (m_context->cancellation->isCancelled())
        fail({.kind = Error::Kind::Cancelled, .detail = u"the call was withdrawn"_s});
    else
        askForToken({});
    return m_promised.future();
}

void GraphCall::askForToken(const Secret &rejected)
{
    // While a token is fetched its source watches the deadline, because it knows what to say.
    m_deadline.stop();
    const auth::TokenRequest request{.principal = m_context->principal,
                                     .scopes = m_request.scopes,
                                     .claims = m_claims,
                                     .rejectedToken = rejected,
                                     .interaction = m_request.interaction,
                                     .client = m_context->client.forActivity(),
                                     .cancellation = m_context->cancellation.get(),
                                     .deadline = m_context->deadline,
                                     .progress = m_context->progress};
    const auto future = m_client->m_tokens->tokenFor(request);
    // A cancelled call ends before its token request does.
    keepUntilDone(future, m_context);
    whenDone(future, this, [this](const Result<auth::AccessToken> &token) {
        if (m_promised.isAnswered())
            return;
        if (!token.ok()) {
            fail(token.error());
            return;
        }
        m_token = token->value;
        send();
    });
}

void GraphCall::send()
{
    // The last gate of a token: settings may have changed while the call waited.
    if (!m_client->isGraph(m_url)) {
        fail({.kind = Error::Kind::Misconfigured,
              .detail = u"the Graph URL was changed during the call"_s});
        return;
    }
    if (!m_context->deadline.isForever())
        m_deadline.start(int(m_context->deadline.remainingTime()));

    QNetworkRequest request(m_url);
    request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("User-Agent", "graph-valet/" GRAPH_VALET_VERSION);
    request.setRawHeader("client-request-id", m_clientRequestId);
    if (!m_request.prefer.isEmpty())
        request.setRawHeader("Prefer", m_request.prefer);
    if (m_request.isEventual)
        request.setRawHeader("ConsistencyLevel", "eventual");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);

    m_body.clear();
    if (m_request.body) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        m_reply = m_client->m_connections.post(
            request, QJsonDocument(*m_request.body).toJson(QJsonDocument::Compact));
    } else {
        m_reply = m_client->m_connections.get(request);
    }
    network::watch(m_reply);
    connect(m_reply, &QNetworkReply::readyRead, this, &GraphCall::read);
    connect(m_reply, &QNetworkReply::finished, this, &GraphCall::replied);
}

void GraphCall::read()
{
    if (m_reply->isReadable()) // not so after a fault
        m_body += m_reply->readAll();
    if (m_body.size() > GraphClient::bodyLimit)
        fail(serviceFault(u"the answer of Microsoft Graph is larger than 8 MiB"_s,
                          m_reply->rawHeader("request-id")));
}

void GraphCall::replied()
{
    read();
    if (m_promised.isAnswered())
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray requestId = m_reply->rawHeader("request-id");
    if (isConnectionError(m_reply->error()) || status == 0) {
        networkFailed(status != 0);
        return;
    }
    if (status == 401 || status == 403) { // 403: older Conditional Access
        if (const auto claims = claimsChallenge(m_reply->rawHeader("WWW-Authenticate"))) {
            challenged(*claims, requestId);
            return;
        }
    }
    if (status == 401 && !m_tokenRejected) {
        m_tokenRejected = true;
        dropReply();
        askForToken(m_token);
        return;
    }
    if (status == 429 || status == 503) {
        throttled(status, m_reply->rawHeader("Retry-After"), requestId);
        return;
    }
    if (status >= 300 && status < 400 && m_wants == Wants::Location)
        succeedWith({{u"Location"_s, QString::fromLatin1(m_reply->rawHeader("Location"))}});
    else if (status >= 200 && status < 300)
        succeed();
    else if (status >= 300 && status < 400)
        fail(foreignAnswer(u"Microsoft Graph answered with a redirect, which is not followed"_s,
                           requestId));
    else if (status == 407 || status == 511)
        fail(foreignAnswer(u"the answer has status %1"_s.arg(status), requestId));
    else
        fail(graphError(status, m_body, requestId));
}

void GraphCall::challenged(const QByteArray &claims, const QByteArray &requestId)
{
    if (++m_challenges > challengeLimit) {
        fail({.kind = Error::Kind::Denied,
              .detail = u"Microsoft Graph asks for more proof again after the sign-in it wanted"_s,
              .requestId = plainCode(QString::fromLatin1(requestId)),
              .cause = Cause::PolicyBlock});
        return;
    }
    qCInfo(lcGraph) << "Graph challenges the token; challenge" << m_challenges;
    m_claims = claims;
    dropReply();
    askForToken(m_token);
}

void GraphCall::networkFailed(bool hadStatus)
{
    using NetworkError = QNetworkReply::NetworkError;
    const NetworkError error = m_reply->error();
    const QString text = m_reply->errorString();
    if (auto fault = hadStatus ? std::nullopt : network::faultOf(m_reply)) {
        fault->detail.prepend(u"Microsoft Graph was not reached: "_s);
        fail(*fault);
        return;
    }
    // A connection that was kept open may have been closed by the other side just now.
    const bool isLost = hadStatus || error == NetworkError::RemoteHostClosedError
        || error == NetworkError::TemporaryNetworkFailureError
        || error == NetworkError::UnknownNetworkError;
    if (isLost && !m_connectionLost) {
        m_connectionLost = true;
        qCDebug(lcGraph) << "connection lost, one more attempt:" << text;
        dropReply();
        send();
        return;
    }
    if (hadStatus)
        fail(serviceFault(u"the answer of Microsoft Graph broke off"_s,
                          m_reply->rawHeader("request-id")));
    else
        fail({.kind =
                  error == NetworkError::TimeoutError ? Error::Kind::Timeout : Error::Kind::Offline,
              .detail = u"Microsoft Graph was not reached: "_s + text});
}

void GraphCall::throttled(int status, const QByteArray &retryAfter, const QByteArray &requestId)
{
    // Graph, "Throttling guidance": without the header back off exponentially.
    const std::chrono::seconds wait = parseRetryAfter(retryAfter, QDateTime::currentDateTimeUtc())
                                          .value_or(std::chrono::seconds(1 << m_throttled));
    Error error = graphError(status, m_body, requestId);
    error.retryAfter = wait;
    dropReply();
    const bool inTime = m_context->deadline.isForever()
        || std::chrono::milliseconds(wait).count() < m_context->deadline.remainingTime();
    if (!inTime || ++m_throttled >= throttleLimit) {
        fail(error);
        return;
    }
    qCInfo(lcGraph) << "Graph asks to wait" << wait.count() << "s; status" << status;
    if (wait.count() > 0) {
        m_context->progress(
            u"Microsoft Graph asks to wait %1 seconds."_s.arg(qint64(wait.count())));
    }
    m_deadline.stop();
    m_wait.start(wait);
}

void GraphCall::succeed()
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(m_body, &problem);
    if (!document.isObject()) {
        fail(foreignAnswer(u"the answer of Microsoft Graph is not a JSON object"_s,
                           m_reply->rawHeader("request-id")));
        return;
    }
    if (m_wants == Wants::Location) {
        fail(serviceFault(u"Microsoft Graph named no place for the file"_s,
                          m_reply->rawHeader("request-id")));
        return;
    }
    succeedWith(document.object());
}

void GraphCall::succeedWith(const QJsonObject &answer)
{
    m_promised.answer(answer);
    end();
}

void GraphCall::fail(const Error &error)
{
    if (m_promised.isAnswered())
        return;
    m_promised.answer(error);
    end();
}

void GraphCall::end()
{
    m_deadline.stop();
    m_wait.stop();
    dropReply();
    deleteLater();
}

void GraphCall::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    if (m_reply->isRunning())
        m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace mcp
