// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/entra_config.h"

#include "auth/clouds.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr auto authorityName = "GRAPH_VALET_AUTHORITY"_L1;
constexpr auto graphName = "GRAPH_VALET_GRAPH_URL"_L1;

bool isGuid(const QString &text)
{
    static const QRegularExpression guid(
        u"\\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z"_s);
    return guid.match(text).hasMatch();
}

bool isDomain(const QString &text)
{
    static const QRegularExpression domain(
        u"\\A([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\z"_s);
    return text.size() <= 253 && domain.match(text).hasMatch();
}

QString originText(const QUrl &url)
{
    return url.toString(QUrl::RemovePath | QUrl::StripTrailingSlash | QUrl::FullyEncoded);
}

Error misconfigured(QLatin1StringView name, const QString &rule)
{
    return Error{.kind = Error::Kind::Misconfigured, .detail = name + ": "_L1 + rule};
}

// An origin without anything behind it. The value itself is not repeated: it may hold a password.
Result<QUrl> readOrigin(QLatin1StringView name, const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        return misconfigured(name, u"is not a URL with a scheme and a host"_s);
    if (url.scheme() != u"https" && url.scheme() != u"http")
        return misconfigured(name, u"must begin with https://"_s);
    if (!url.userInfo().isEmpty() || text.contains(u'@'))
        return misconfigured(name, u"must not hold a user name or password"_s);
    if (url.hasQuery() || url.hasFragment())
        return misconfigured(name, u"must not hold a query or fragment"_s);
    if (!url.path().isEmpty() && url.path() != u"/")
        return misconfigured(name, u"must not hold a path"_s);
    url.setPath({});
    if (url.port() == (url.scheme() == u"https" ? 443 : 80))
        url.setPort(-1);
    return url;
}

std::optional<Error> endpointProblem(const QUrl &authority, const QUrl &graph, bool fromPolicy)
{
    for (const auto &[name, url] :
         {std::pair(authorityName, authority), std::pair(graphName, graph)}) {
        if (url.scheme() == u"http" && !isLoopbackHost(url))
            return misconfigured(name, u"plain http is allowed on loopback only"_s);
    }
    if (fromPolicy)
        return {};
    if (isLoopbackHost(authority) != isLoopbackHost(graph)) {
        return misconfigured(
            isLoopbackHost(authority) ? graphName : authorityName,
            u"either both %1 and %2 are on loopback or neither is"_s.arg(authorityName, graphName));
    }
    if (isLoopbackHost(authority))
        return {};
    bool knownAuthority = false;
    for (const Cloud &cloud : clouds) {
        const bool same = originText(authority) == cloud.authority;
        knownAuthority = knownAuthority || same;
        if (same && originText(graph) == cloud.graph)
            return {};
    }
    if (!knownAuthority) {
        return misconfigured(authorityName,
                             u"is not the sign-in address of a Microsoft cloud; another one can "
                             "only be set by the organisation's policy"_s);
    }
    return misconfigured(graphName,
                         u"is not Microsoft Graph of the cloud that %1 names; another one can only "
                         "be set by the organisation's policy"_s.arg(authorityName));
}

} // namespace

bool isLoopbackHost(const QUrl &url)
{
    const QString host = url.host();
    return host == u"localhost" || host == u"127.0.0.1" || host == u"::1";
}

Result<EntraConfig> EntraConfig::fromValues(const EntraValues &values)
{
    if (values.clientId.isEmpty()) {
        return Error{.kind = Error::Kind::NotConfigured,
                     .detail = u"GRAPH_VALET_CLIENT_ID is not set: the client id of the app "
                               "registration"_s};
    }
    if (values.tenant.isEmpty()) {
        return Error{.kind = Error::Kind::NotConfigured,
                     .detail = u"GRAPH_VALET_TENANT_ID is not set: the tenant's id or domain, or "
                               "organizations"_s};
    }
    if (!isGuid(values.clientId)) {
        return misconfigured(
            "GRAPH_VALET_CLIENT_ID"_L1,
            u"is not of the form 00000000-0000-0000-0000-000000000000 (Application (client) ID)"_s);
    }
    EntraConfig config;
    config.clientId = values.clientId.toLower();
    config.tenant = values.tenant.toLower();
    const bool isWord = config.tenant == u"organizations" || config.tenant == u"common"
        || config.tenant == u"consumers";
    if (!isWord && !isGuid(config.tenant) && !isDomain(config.tenant)) {
        return misconfigured("GRAPH_VALET_TENANT_ID"_L1,
                             u"is neither a tenant id, a domain, organizations, common nor "
                             "consumers"_s);
    }
    const Cloud *cloud = cloudNamed(values.cloud);
    if (!cloud) {
        return misconfigured("cloud"_L1, u"is not one of global, usGov, usGovDod and china"_s);
    }
    const auto authority =
        readOrigin(authorityName, values.authority.isEmpty() ? cloud->authority : values.authority);
    if (!authority)
        return authority.error();
    const auto graph =
        readOrigin(graphName, values.graphUrl.isEmpty() ? cloud->graph : values.graphUrl);
    if (!graph)
        return graph.error();
    if (const auto problem = endpointProblem(*authority, *graph, values.endpointsFromPolicy))
        return *problem;
    config.authority = *authority;
    config.graphUrl = *graph;
    return config;
}

bool EntraConfig::isLoopback() const
{
    return isLoopbackHost(authority);
}

QUrl EntraConfig::authorizeUrl() const
{
    QUrl url = authority;
    url.setPath(u'/' + tenant + u"/oauth2/v2.0/authorize"_s);
    return url;
}

QUrl EntraConfig::tokenUrl() const
{
    QUrl url = authority;
    url.setPath(u'/' + tenant + u"/oauth2/v2.0/token"_s);
    return url;
}

QUrl EntraConfig::deviceCodeUrl() const
{
    QUrl url = authority;
    url.setPath(u'/' + tenant + u"/oauth2/v2.0/devicecode"_s);
    return url;
}

QUrl EntraConfig::logoutUrl() const
{
    QUrl url = authority;
    url.setPath(u'/' + tenant + u"/oauth2/v2.0/logout"_s);
    return url;
}

QUrl EntraConfig::adminConsentUrl(const QString &tenantId, const QStringList &wanted) const
{
    const bool isOrganisation =
        tenant != u"common" && tenant != u"organizations" && tenant != u"consumers";
    const QString whose =
        isOrganisation ? tenant : (tenantId.isEmpty() ? u"organizations"_s : tenantId);
    QStringList full;
    for (const QString &scope : wanted)
        full.append(scope.contains(u"://"_s) ? scope : originText(graphUrl) + u'/' + scope);
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    QUrl url = authority;
    url.setPath(u'/' + whose + u"/v2.0/adminconsent"_s);
    url.setQuery(u"client_id="_s + encoded(clientId) + u"&scope="_s + encoded(full.join(u' '))
                 + u"&redirect_uri="_s + encoded(u"http://localhost"_s));
    return url;
}

QString EntraConfig::authorityText() const
{
    return originText(authority);
}

} // namespace auth
