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

// All that the answer depends on; empty: it is not to be kept.
QString cacheKeyOf(const GraphRequest &request, const QUrl &url, const QString &principal)
{
    // Nobody's is not kept: the next one may be somebody else.
    if (principal.isEmpty() || request.body)
        return {};
    return principal + u'\n' + QString::fromLatin1(url.toEncoded()) + u'\n'
        + QString::fromLatin1(request.prefer) + u'\n' + QChar(request.isEventual ? u'1' : u'0')
        + QChar(request.isDirectoryWide ? u'1' : u'0');
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
    , m_lane(GraphBudget::laneOf(context->principal, request.path))
    , m_turn(&client->m_budget, m_lane, context->client.program)
{
    m_url.setPath(request.path);
    m_url.setQuery(request.query);
    m_cacheKey = cacheKeyOf(request, m_url, context->principal);
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &GraphCall::timedOut);
    connect(&m_turn, &GraphTurn::came, this, &GraphCall::send);
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
    // While a token is fetched its source watches the deadline, because it knows what to say; that
    // may take a person's time, which is nobody else's.
    m_deadline.stop();
    m_turn.giveUp();
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
        if (!answerFromCache())
            takeTurn();
    });
}

bool GraphCall::answerFromCache()
{
    m_kept = m_cacheKey.isEmpty() ? std::nullopt : m_client->m_answers.find(m_cacheKey);
    if (!m_kept || m_kept->freshUntil.hasExpired())
        return false;
    m_promised.answer(m_kept->body);
    end();
    return true;
}

void GraphCall::takeTurn()
{
    const auto pause = m_client->m_budget.pauseOf(m_lane);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(pause);
    if (!m_context->deadline.isForever()) {
        if (pause.count() >= m_context->deadline.remainingTime() && pause.count() > 0) {
            fail({.kind = Error::Kind::Throttled,
                  .detail = u"Microsoft Graph asked to wait before this call"_s,
                  .retryAfter = seconds});
            return;
        }
        m_deadline.start(int(m_context->deadline.remainingTime()));
    }
    if (pause.count() > 0) {
        m_context->progress(
            u"Microsoft Graph asks to wait %1 seconds."_s.arg(qint64(seconds.count())));
    }
    m_turn.take();
}

void GraphCall::timedOut()
{
    if (!m_turn.isUnderWay() && m_throttled > 0) {
        fail({.kind = Error::Kind::Throttled,
              .detail = u"Microsoft Graph asked to wait, and others were first"_s,
              .retryAfter = std::chrono::ceil<std::chrono::seconds>(
                  m_client->m_budget.pauseOf(m_lane) + GraphBudget::longestStep)});
        return;
    }
    fail({.kind = Error::Kind::Timeout, .detail = u"Microsoft Graph did not answer in time"_s});
}

void GraphCall::send()
{
    // The last gate of a token: settings may have changed while the call waited.
    if (!m_client->isGraph(m_url)) {
        fail({.kind = Error::Kind::Misconfigured,
              .detail = u"the Graph URL was changed during the call"_s});
        return;
    }

    QNetworkRequest request(m_url);
    request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    request.setRawHeader("Accept", m_wants == Wants::Html ? "text/html" : "application/json");
    request.setRawHeader("User-Agent", "graph-valet/" GRAPH_VALET_VERSION);
    request.setRawHeader("client-request-id", m_clientRequestId);
    if (!m_request.prefer.isEmpty())
        request.setRawHeader("Prefer", m_request.prefer);
    if (m_request.isEventual)
        request.setRawHeader("ConsistencyLevel", "eventual");
    if (m_kept && !m_kept->entityTag.isEmpty())
        request.setRawHeader("If-None-Match", m_kept->entityTag);
    if (m_request.isDirectoryWide)
        request.setRawHeader("X-PeopleQuery-QuerySources", "Mailbox,Directory");
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
    else if (status >= 200 && status < 300 && m_wants == Wants::Html)
        succeedWithHtml();
    else if (status >= 200 && status < 300)
        succeed();
    else if (status == 304 && m_kept)
        succeedAsBefore();
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
    m_turn.giveUp();
    m_client->m_budget.pause(m_lane, wait);
    const bool inTime = m_context->deadline.isForever()
        || std::chrono::milliseconds(wait).count() < m_context->deadline.remainingTime();
    if (!inTime || ++m_throttled >= throttleLimit) {
        fail(error);
        return;
    }
    qCInfo(lcGraph) << "Graph asks to wait" << wait.count() << "s; status" << status;
    takeTurn();
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

// Whoever stands in between answers with HTML too, but without Graph's request id.
void GraphCall::succeedWithHtml()
{
    const QByteArray requestId = m_reply->rawHeader("request-id");
    const QByteArray type = m_reply->rawHeader("Content-Type").toLower();
    const QByteArray charset = type.contains("charset=")
        ? type.mid(type.indexOf("charset=") + 8).split(';').first().replace('"', "").trimmed()
        : QByteArray("utf-8");
    if (requestId.isEmpty() || type.split(';').first().trimmed() != "text/html") {
        fail(foreignAnswer(u"the answer of Microsoft Graph is not a page of HTML"_s, requestId));
        return;
    }
    if (charset != "utf-8") {
        fail(serviceFault(u"the page of Microsoft Graph is not in UTF-8"_s, requestId));
        return;
    }
    succeedWith({{u"Html"_s, QString::fromUtf8(m_body)}});
}

void GraphCall::succeedWith(const QJsonObject &answer)
{
    if (!m_cacheKey.isEmpty()) {
        m_client->m_answers.keep(m_cacheKey,
                                 {.body = answer,
                                  .entityTag = m_reply->rawHeader("ETag"),
                                  .freshUntil = QDeadlineTimer(m_request.freshFor),
                                  .size = m_body.size()});
    }
    m_promised.answer(answer);
    end();
}

// Graph said that it has not changed.
void GraphCall::succeedAsBefore()
{
    m_kept->freshUntil = QDeadlineTimer(m_request.freshFor);
    m_client->m_answers.keep(m_cacheKey, *m_kept);
    m_promised.answer(m_kept->body);
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
    dropReply();
    m_turn.giveUp();
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
