// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_tenant.h"

#include "tests/sandbox/entra_discovery.h"
#include "tests/sandbox/sandbox_pages.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using test_support::HttpReply;
using test_support::HttpRequest;
using test_support::HttpResponse;
using test_support::HttpServer;

namespace sandbox {

SandboxTenant::SandboxTenant(QObject *parent)
    : QObject(parent)
    , m_authorize(&m_ledger, &m_faults)
    , m_deviceCode(&m_ledger, &m_faults)
    , m_token(&m_ledger, &m_faults)
    , m_contents(&m_ledger, &m_faults)
    , m_graph(&m_ledger, &m_faults, &m_contents)
{
    m_authorityServer = new HttpServer(this);
    m_graphServer = new HttpServer(this);
    m_authorityServer->setHandler([this](const HttpRequest &request, const HttpReply &reply) {
        handleAuthority(request, reply);
        Q_EMIT requestSeen(request.path());
    });
    m_graphServer->setHandler([this](const HttpRequest &request, const HttpReply &reply) {
        m_graph.handle(request, reply);
        Q_EMIT requestSeen(request.path());
    });
    m_foreignServer.setHandler([this](const HttpRequest &request, const HttpReply &reply) {
        handleForeign(request, reply);
    });
}

bool SandboxTenant::listen(quint16 port)
{
    const quint16 next = port == 0 ? quint16(0) : quint16(port + 1);
    if (!m_authorityServer->listen(port) || !m_graphServer->listen(next)
        || !m_foreignServer.listen())
        return false;
    m_ledger.authority = m_authorityServer->url();
    m_ledger.graph = m_graphServer->url();
    m_ledger.foreign = m_foreignServer.url();
    return true;
}

void SandboxTenant::goAway()
{
    m_authorityServer->shutDown();
    m_graphServer->shutDown();
}

bool SandboxTenant::comeBack()
{
    return m_authorityServer->listen(m_authorityServer->port())
        && m_graphServer->listen(m_graphServer->port());
}

QJsonObject SandboxTenant::description() const
{
    return {{u"authority"_s, m_ledger.authority.toString()},
            {u"graphUrl"_s, m_ledger.graph.toString()},
            {u"clientId"_s, m_ledger.clientId},
            {u"tenantId"_s, m_ledger.tenantId}};
}

QJsonObject SandboxTenant::requestCounts() const
{
    QJsonObject object;
    for (const QString &endpoint :
         {u"authorize"_s, u"signin"_s, u"devicecode"_s, u"discovery"_s, u"token"_s, u"logout"_s,
          u"graph"_s, u"me"_s, u"content"_s, u"foreign"_s})
        object.insert(endpoint, 0);
    for (auto it = m_ledger.counts.cbegin(); it != m_ledger.counts.cend(); ++it)
        object.insert(it.key(), it.value());
    object.insert(u"violations"_s, QJsonArray::fromStringList(m_ledger.violations));
    return object;
}

void SandboxTenant::handleAuthority(const HttpRequest &request, const HttpReply &reply)
{
    const QString path = request.path();
    if (path.startsWith(u"/sandbox/"))
        return reply.send(control(request));
    const QByteArray authorization = request.header("Authorization");
    if (authorization.startsWith("Bearer "))
        m_ledger.violations.append(u"the authority received an access token"_s);
    if (path == u"/devicelogin" && (request.method == "GET" || request.method == "POST")) {
        m_ledger.count(u"devicelogin"_s);
        return reply.send(m_deviceCode.page(request));
    }
    const QString tenant = path.section(u'/', 1, 1);
    const QString endpoint = path.section(u'/', 2);
    if (endpoint == u"oauth2/v2.0/authorize" && request.method == "GET") {
        m_ledger.count(u"authorize"_s);
        return reply.send(m_authorize.authorize(tenant, request));
    }
    if (endpoint == u"v2.0/.well-known/openid-configuration" && request.method == "GET") {
        m_ledger.count(u"discovery"_s);
        return reply.send(discoveryDocument(m_ledger, &m_faults, tenant));
    }
    if (endpoint == u"signin" && request.method == "POST") {
        m_ledger.count(u"signin"_s);
        return reply.send(m_authorize.chosen(request));
    }
    if (endpoint == u"oauth2/v2.0/devicecode") {
        m_ledger.count(u"devicecode"_s);
        return reply.send(m_deviceCode.issue(tenant, request));
    }
    if (endpoint == u"oauth2/v2.0/logout" && request.method == "GET") {
        m_ledger.count(u"logout"_s);
        // A browser keeps it in its history, so it holds nothing of anybody.
        if (request.target.contains('?'))
            m_ledger.violations.append(u"the logout page was opened with a query"_s);
        return reply.send(loggedOutPage());
    }
    if (endpoint == u"oauth2/v2.0/token") {
        m_ledger.count(u"token"_s);
        return m_token.handle(tenant, request, reply);
    }
    reply.send(HttpResponse::text(404, "text/plain", "no such page\n"));
}

HttpResponse SandboxTenant::control(const HttpRequest &request)
{
    // A page of another site must not steer the sandbox of somebody who tries it out.
    if (!request.header("Origin").isNull())
        return HttpResponse::text(403, "text/plain", "not from a browser\n");
    const QString path = request.path();
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (request.method == "GET" && path == u"/sandbox/secrets") {
        QJsonArray values;
        for (const QByteArray &secret : m_ledger.secrets)
            values.append(QString::fromUtf8(secret));
        return HttpResponse::json(200, {{u"values"_s, values}});
    }
    if (request.method == "GET" && path == u"/sandbox/requests")
        return HttpResponse::json(200, requestCounts());
    if (request.method == "POST" && path == u"/sandbox/fault") {
        const QString name = body.value("name"_L1).toString();
        if (name == u"none") {
            m_faults.clear();
            return HttpResponse::json(200, {});
        }
        const int times = body.value("times"_L1).toInt(1);
        const int milliseconds = body.value("milliseconds"_L1).toInt(-1);
        const bool known = milliseconds < 0
            ? m_faults.set(name, times)
            : m_faults.set(name, times, std::chrono::milliseconds(milliseconds));
        return known ? HttpResponse::json(200, {})
                     : HttpResponse::json(400, {{u"error"_s, u"no fault of this name"_s}});
    }
    if (request.method == "POST" && path == u"/sandbox/revoke") {
        m_token.revokeRefreshTokens();
        if (body.value("accessTokens"_L1).toBool())
            m_token.revokeAccessTokens();
        return HttpResponse::json(200, {});
    }
    if (request.method == "POST" && path == u"/sandbox/consent") {
        const auto listed = [&body](QLatin1StringView name) {
            return body.value(name).toString().split(u' ', Qt::SkipEmptyParts);
        };
        consentForEverybody(listed("everybody"_L1));
        if (body.contains("administrators"_L1))
            reserveForAdministrators(listed("administrators"_L1));
        const QStringList withdrawn = listed("withdrawn"_L1);
        for (const QString &scope : withdrawn)
            withdrawConsent(scope);
        return HttpResponse::json(200, {});
    }
    if (request.method == "POST" && path == u"/sandbox/roles") {
        const QString key = body.value("person"_L1).toString();
        if (!personByKey(key))
            return HttpResponse::json(400, {{u"error"_s, u"nobody of this name"_s}});
        QStringList roles;
        const QJsonArray assigned = body.value("roles"_L1).toArray();
        for (const auto &role : assigned)
            roles.append(role.toString());
        setRoles(key, roles);
        return HttpResponse::json(200, {});
    }
    return HttpResponse::json(404, {{u"error"_s, u"no such control"_s}});
}

void SandboxTenant::handleForeign(const HttpRequest &request, const HttpReply &reply)
{
    if (ContentHost::isMine(request.path()))
        return m_contents.handle(request, reply);
    m_ledger.count(u"foreign"_s);
    if (!request.header("Authorization").isNull())
        m_ledger.violations.append(u"a foreign origin received an Authorization header"_s);
    for (const QByteArray &secret : m_ledger.secrets) {
        if (request.body.contains(secret) || request.target.contains(secret)
            || QByteArray::fromPercentEncoding(request.body).contains(secret))
            m_ledger.violations.append(u"a foreign origin received a secret"_s);
    }
    reply.send(HttpResponse::json(200, {{u"displayName"_s, u"nobody"_s}}));
}

} // namespace sandbox
