// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/entra_discovery.h"

#include "tests/sandbox/entra_authorize.h"
#include "tests/sandbox/entra_errors.h"
#include "tests/sandbox/sandbox_pages.h"

#include <QDateTime>
#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;
using test_support::HttpResponse;

namespace sandbox {

HttpResponse discoveryDocument(const Ledger &ledger, Faults *faults, const QString &tenant)
{
    if (faults->take("discovery-html"))
        return proxyPage();
    if (!isKnownTenant(ledger, tenant)) {
        EntraError error = unknownTenant(tenant);
        error.error = u"invalid_tenant"_s;
        return error.toResponse();
    }
    const QString base = ledger.authority.toString() + u'/';
    const bool isWord = tenant == u"common" || tenant == u"organizations";
    const QString endpoints = base + tenant + u"/oauth2/v2.0/"_s;
    const QJsonObject document{
        // Of a word Entra leaves a placeholder in it.
        {u"issuer"_s, base + (isWord ? u"{tenantid}"_s : ledger.tenantId) + u"/v2.0"_s},
        {u"authorization_endpoint"_s, endpoints + u"authorize"_s},
        {u"token_endpoint"_s, endpoints + u"token"_s},
        {u"device_authorization_endpoint"_s, endpoints + u"devicecode"_s},
        {u"end_session_endpoint"_s, endpoints + u"logout"_s},
        {u"response_modes_supported"_s, QJsonArray{u"query"_s, u"form_post"_s}},
        {u"scopes_supported"_s,
         QJsonArray{u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s}},
        {u"msgraph_host"_s, u"graph.microsoft.com"_s},
    };
    return dated(HttpResponse::json(200, document), faults);
}

HttpResponse dated(const HttpResponse &response, Faults *faults)
{
    if (!faults->take("clock-ahead"))
        return response;
    const QDateTime later = QDateTime::currentDateTimeUtc().addSecs(3600);
    return response.withHeader(
        "Date", QLocale::c().toString(later, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1());
}

} // namespace sandbox
