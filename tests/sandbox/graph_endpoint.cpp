// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/graph_endpoint.h"

#include "tests/sandbox/entra_discovery.h"
#include "tests/sandbox/graph_parts.h"
#include "tests/sandbox/sandbox_pages.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::HttpReply;
using test_support::HttpRequest;
using test_support::HttpResponse;

namespace sandbox {

namespace {

QString freshNotBefore()
{
    static int count = 0;
    return QString::number(1'700'000'000 + ++count);
}

// Delegated permissions of which one is enough for a path; empty: there is nothing.
QStringList scopesFor(const QString &path)
{
    if (path == u"/v1.0/me")
        return {u"User.Read"_s};
    if (path == u"/v1.0/me/presence")
        return {u"Presence.Read"_s};
    const GraphPart *part = graphPartFor(path);
    return part ? part->scopesFor(path) : QStringList();
}

bool hasOneOf(const QStringList &granted, const QStringList &scopes)
{
    return std::any_of(scopes.begin(), scopes.end(), [&](const QString &scope) {
        return granted.contains(scope)
            || granted.contains(u"https://graph.microsoft.com/"_s + scope);
    });
}

QStringList shortNames(QStringList scopes)
{
    return scopes.replaceInStrings(u"https://graph.microsoft.com/"_s, QString());
}

} // namespace

void GraphEndpoint::handle(const HttpRequest &request, const HttpReply &reply)
{
    m_requestId = randomGuid();
    m_ledger->count(u"graph"_s);
    if (request.path() == u"/v1.0/me")
        m_ledger->count(u"me"_s);
    if (m_faults->take("graph-reset"))
        return reply.reset();
    if (m_faults->take("graph-html"))
        return reply.send(proxyPage()); // without Graph's request id
    const bool truncated = m_faults->take("graph-truncated");
    const bool slow = m_faults->take("graph-slow");
    HttpResponse response = fault(request).value_or(HttpResponse{.status = 0});
    if (response.status == 0)
        response = answer(request);
    response = response.withHeader("request-id", m_requestId.toLatin1());
    const QByteArray clientRequestId = request.header("client-request-id");
    if (!clientRequestId.isEmpty())
        response = response.withHeader("client-request-id", clientRequestId);
    response = dated(response, m_faults);
    if (truncated)
        return reply.sendTruncated(response, response.body.size() / 2);
    if (slow)
        return reply.sendAfter(m_faults->delayOf("graph-slow"), response);
    reply.send(response);
}

std::optional<HttpResponse> GraphEndpoint::fault(const HttpRequest &request)
{
    if (m_faults->take("graph-401-once") || m_faults->take("graph-401-always"))
        return unauthorized(request, u"Continuous access evaluation resulted in challenge."_s);
    if (m_faults->take("graph-claims-malformed")) {
        return unauthorized(request, u"Continuous access evaluation resulted in challenge."_s)
            .withHeader("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"%%%\"");
    }
    if (m_faults->take("graph-claims-challenge-always"))
        return challenge(request, freshNotBefore());
    if (m_faults->take("graph-claims-challenge"))
        m_ledger->wantedNotBefore = freshNotBefore();
    if (m_faults->take("graph-403")) {
        return error(request, 403, u"Authorization_RequestDenied"_s,
                     u"Insufficient privileges to complete the operation."_s);
    }
    if (m_faults->take("graph-404")) {
        return error(request, 404, u"Request_ResourceNotFound"_s,
                     u"Resource '87d349ed' does not exist."_s);
    }
    if (m_faults->take("graph-410"))
        return error(request, 410, u"resyncRequired"_s, u"Resync required."_s);
    if (m_faults->take("graph-huge"))
        return HttpResponse::text(200, "application/json",
                                  "{\"value\":\"" + QByteArray(9 * 1024 * 1024, 'x') + "\"}");
    if (m_faults->take("graph-429")) {
        return error(request, 429, u"TooManyRequests"_s, u"Too many requests"_s)
            .withHeader("Retry-After", "1");
    }
    if (m_faults->take("graph-503")) {
        return error(request, 503, u"serviceNotAvailable"_s, u"The service is unavailable."_s)
            .withHeader("Retry-After", "1");
    }
    if (m_faults->take("graph-500"))
        return error(request, 500, u"generalException"_s, u"An internal server error occurred."_s);
    if (m_faults->take("graph-redirect")) {
        QUrl elsewhere = m_ledger->foreign;
        elsewhere.setPath(u"/v1.0/me"_s);
        return HttpResponse::redirect(302, elsewhere);
    }
    return {};
}

HttpResponse GraphEndpoint::answer(const HttpRequest &request)
{
    const QByteArray authorization = request.header("Authorization");
    if (authorization.isEmpty())
        return unauthorized(request, u"Access token is empty."_s);
    if (!authorization.startsWith("Bearer "))
        return unauthorized(request, u"CompactToken parsing failed."_s);
    const auto token = m_ledger->accessTokens.constFind(QString::fromLatin1(authorization.mid(7)));
    if (token == m_ledger->accessTokens.constEnd()) {
        m_ledger->violations.append(u"Graph received a bearer token that is no access token"_s);
        return unauthorized(request, u"Access token validation failure. Invalid audience."_s);
    }
    if (token->revoked)
        return unauthorized(request, u"Continuous access evaluation resulted in challenge."_s);
    if (!token->claims.contains(m_ledger->wantedNotBefore)) {
        if (!token->claims.contains(u"cp1"_s))
            m_ledger->violations.append(u"a token was issued without cp1"_s);
        return challenge(request, m_ledger->wantedNotBefore);
    }
    if (token->expiresAt <= QDateTime::currentDateTimeUtc())
        return unauthorized(request, u"Lifetime validation failed, the token is expired."_s);
    if (request.path() == u"/v1.0/$batch")
        return batch(request);
    const QStringList scopes = scopesFor(request.path());
    if (scopes.isEmpty()) {
        return error(
            request, 404, u"Request_ResourceNotFound"_s,
            u"Resource not found for the segment '%1'."_s.arg(request.path().section(u'/', -1)));
    }
    const GraphPart *answering = graphPartFor(request.path());
    const bool isRead = answering && answering->isReadByPost(request.path())
        ? request.method == "POST"
        : request.method == "GET" || request.method == "HEAD";
    if (!isRead) {
        return error(request, 405, u"Request_BadRequest"_s,
                     u"Specified HTTP method is not allowed for the request target."_s);
    }
    const bool isEnough =
        !answering || !answering->mayRead || answering->mayRead(request, shortNames(token->scopes));
    if (!hasOneOf(token->scopes, scopes) || !isEnough) {
        return error(request, 403, u"Authorization_RequestDenied"_s,
                     u"Insufficient privileges to complete the operation."_s);
    }
    if (request.path() == u"/v1.0/me")
        return me(request, *token->person);
    if (request.path() == u"/v1.0/me/presence")
        return presence(*token->person);
    return part(request, answering->answer(request, m_ledger->graph, *token->person));
}

HttpResponse GraphEndpoint::part(const HttpRequest &request, const GraphAnswer &answer)
{
    if (answer.status != 200)
        return error(request, answer.status, answer.code, answer.message);
    if (!answer.html.isEmpty())
        return HttpResponse::text(200, "text/html", answer.html);
    if (answer.content)
        return HttpResponse::redirect(302, m_contents->urlFor(*answer.content));
    QJsonObject body = answer.body;
    if (body.contains("value"_L1) && m_faults->take("graph-foreign-page")) {
        QUrl elsewhere = m_ledger->foreign;
        elsewhere.setPath(request.path());
        body.insert(u"@odata.nextLink"_s, elsewhere.toString());
    }
    body.insert(u"@odata.context"_s,
                QString(m_ledger->graph.toString() + u"/v1.0/$metadata#"_s
                        + request.path().section(u'/', 2)));
    return HttpResponse::json(200, body);
}

// https://learn.microsoft.com/graph/json-batching
HttpResponse GraphEndpoint::batch(const HttpRequest &request)
{
    const QJsonArray parts =
        QJsonDocument::fromJson(request.body).object().value("requests"_L1).toArray();
    QStringList ids;
    for (const auto &part : parts)
        ids.append(part["id"_L1].toString());
    ids.removeDuplicates();
    if (request.method != "POST" || parts.isEmpty() || parts.size() > 20
        || ids.size() != parts.size()) {
        return error(request, 400, u"BadRequest"_s,
                     u"Invalid batch payload format: 1 to 20 requests with ids of their own."_s);
    }
    QJsonArray responses;
    for (const auto &part : parts) {
        HttpRequest one{.method = part["method"_L1].toString().toLatin1(),
                        .target = "/v1.0" + part["url"_L1].toString().toLatin1(),
                        .headers = {{"Authorization", request.header("Authorization")}},
                        .connection = request.connection};
        if (part["body"_L1].isObject())
            one.body = QJsonDocument(part["body"_L1].toObject()).toJson(QJsonDocument::Compact);
        const QJsonObject headers = part["headers"_L1].toObject();
        for (auto it = headers.begin(); it != headers.end(); ++it)
            one.headers.append({it.key().toLatin1(), it.value().toString().toLatin1()});
        if (one.path() == u"/v1.0/$batch")
            return error(request, 400, u"BadRequest"_s, u"A batch cannot hold a batch."_s);
        const HttpResponse answered = fault(one).value_or(HttpResponse{.status = 0});
        const HttpResponse response = answered.status == 0 ? answer(one) : answered;
        QJsonObject sent;
        for (const auto &[name, value] : response.headers)
            sent.insert(QString::fromLatin1(name), QString::fromLatin1(value));
        responses.prepend(
            QJsonObject{{u"id"_s, part["id"_L1]}, // in another order
                        {u"status"_s, response.status},
                        {u"headers"_s, sent},
                        {u"body"_s, QJsonDocument::fromJson(response.body).object()}});
    }
    return HttpResponse::json(200, {{u"responses"_s, responses}});
}

HttpResponse GraphEndpoint::me(const HttpRequest &request, const Person &person)
{
    const QString select = fieldValue(request.query(), u"$select"_s);
    QString context = m_ledger->graph.toString() + u"/v1.0/$metadata#users"_s;
    QJsonObject user;
    if (select.isEmpty()) {
        user = person.user;
    } else {
        context += u'(' + select + u')';
        const QStringList names = select.split(u',', Qt::SkipEmptyParts);
        for (const QString &name : names) {
            const QString key = name.trimmed();
            const QJsonObject &source = person.user.contains(key) ? person.user : person.more;
            if (!source.contains(key)) {
                return error(request, 400, u"BadRequest"_s,
                             u"Could not find a property named '%1' on type "
                             "'microsoft.graph.user'."_s.arg(key));
            }
            user.insert(key, source.value(key));
        }
    }
    user.insert(u"@odata.context"_s, QString(context + u"/$entity"_s));
    HttpResponse response = HttpResponse::json(200, user);
    response.headers.first().second =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
        "charset=utf-8";
    return response;
}

HttpResponse GraphEndpoint::presence(const Person &person) const
{
    QJsonObject presence = person.presence;
    presence.insert(u"@odata.context"_s,
                    QString(m_ledger->graph.toString() + u"/v1.0/$metadata#users('"_s
                            + person.objectId() + u"')/presence/$entity"_s));
    presence.insert(u"id"_s, person.objectId());
    return HttpResponse::json(200, presence);
}

HttpResponse GraphEndpoint::error(const HttpRequest &request, int status, const QString &code,
                                  const QString &message) const
{
    const QByteArray clientRequestId = request.header("client-request-id");
    return HttpResponse::json(
        status,
        {{u"error"_s,
          QJsonObject{
              {u"code"_s, code},
              {u"message"_s, message},
              {u"innerError"_s,
               QJsonObject{
                   {u"date"_s, QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-ddTHH:mm:ss"_s)},
                   {u"request-id"_s, m_requestId},
                   {u"client-request-id"_s,
                    clientRequestId.isEmpty() ? m_requestId : QString::fromLatin1(clientRequestId)},
               }},
          }}});
}

HttpResponse GraphEndpoint::unauthorized(const HttpRequest &request, const QString &message) const
{
    return error(request, 401, u"InvalidAuthenticationToken"_s, message)
        .withHeader("WWW-Authenticate",
                    "Bearer realm=\"\", authorization_uri=\"" + m_ledger->authority.toEncoded()
                        + "/common/oauth2/authorize\", "
                          "client_id=\"00000003-0000-0000-c000-000000000000\"");
}

HttpResponse GraphEndpoint::challenge(const HttpRequest &request, const QString &notBefore) const
{
    const QByteArray claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\""
        + notBefore.toLatin1() + "\"}}}";
    return unauthorized(request, u"Continuous access evaluation resulted in challenge."_s)
        .withHeader("WWW-Authenticate",
                    "Bearer error=\"insufficient_claims\", claims=\"" + claims.toBase64() + '"');
}

} // namespace sandbox
