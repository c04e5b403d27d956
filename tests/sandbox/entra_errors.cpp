// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/entra_errors.h"

#include "tests/sandbox/sandbox_ledger.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace sandbox {

QString EntraError::description() const
{
    return code() + u": "_s + text;
}

test_support::HttpResponse EntraError::toResponse(int status) const
{
    const QString trace = randomGuid();
    const QString correlation = randomGuid();
    const QString now = QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm:ss'Z'"_s);
    QJsonObject object{
        {u"error"_s, error},
        {u"error_description"_s,
         u"%1 Trace ID: %2 Correlation ID: %3 Timestamp: %4"_s.arg(description(), trace,
                                                                   correlation, now)},
        {u"error_codes"_s, QJsonArray{number}},
        {u"timestamp"_s, now},
        {u"trace_id"_s, trace},
        {u"correlation_id"_s, correlation},
        {u"error_uri"_s, u"http://127.0.0.1/error?code=%1"_s.arg(number)},
    };
    if (!suberror.isEmpty())
        object.insert(u"suberror"_s, suberror);
    if (!claims.isEmpty())
        object.insert(u"claims"_s, claims);
    return test_support::HttpResponse::json(status, object).withHeader("Cache-Control", "no-store");
}

EntraError missingParameter(const QString &name)
{
    return {900144, u"invalid_request"_s,
            u"The request body must contain the following parameter: '%1'."_s.arg(name)};
}

EntraError duplicatedParameter(const QString &name)
{
    return {
        9000411, u"invalid_request"_s,
        u"The request is not properly formatted. The parameter '%1' is duplicated."_s.arg(name)};
}

EntraError unknownTenant(const QString &tenant)
{
    return {
        90002, u"invalid_request"_s,
        u"Tenant '%1' not found. Check to make sure you have the correct tenant ID."_s.arg(tenant)};
}

EntraError unknownClient(const QString &clientId)
{
    return {700016, u"unauthorized_client"_s,
            u"Application with identifier '%1' was not found in the directory 'Contoso'."_s.arg(
                clientId)};
}

EntraError secretWanted()
{
    return {7000218, u"invalid_client"_s,
            u"The request body must contain the following parameter: 'client_assertion' or "
            "'client_secret'."_s};
}

EntraError onlyOneTenant(const QString &clientId)
{
    return {
        50194, u"invalid_request"_s,
        u"Application '%1'(Graph Valet) is not configured as a multi-tenant application. Usage "
        "of the /common endpoint is not supported for such apps created after '10/15/2018'."_s.arg(
            clientId)};
}

EntraError unknownScope(const QString &scope)
{
    return {70011, u"invalid_scope"_s,
            u"The provided value for the input parameter 'scope' is not valid. The scope '%1' does "
            "not exist."_s.arg(scope)};
}

EntraError sandboxRule(const QString &text)
{
    return {0, u"invalid_request"_s, text};
}

} // namespace sandbox
