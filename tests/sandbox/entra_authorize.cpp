// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/entra_authorize.h"

#include "tests/sandbox/sandbox_pages.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::FormFields;
using test_support::hasField;
using test_support::HttpRequest;
using test_support::HttpResponse;

namespace sandbox {

namespace {

constexpr int codeLifetimeSeconds = 600;

// 128 bits in base64url have 22 characters.
bool isUnguessable(const QString &value)
{
    return value.size() >= 22;
}

} // namespace

bool isRegisteredRedirect(const QString &redirectUri)
{
    // \z, because $ would let a line feed pass.
    static const QRegularExpression registered(u"^http://localhost(:[1-9][0-9]{0,4})?\\z"_s);
    return registered.match(redirectUri).hasMatch();
}

bool isKnownTenant(const Ledger &ledger, const QString &tenant)
{
    return tenant == ledger.tenantId || tenant == ledger.tenantDomain || tenant == u"organizations"
        || tenant == u"common";
}

bool isForMany(const QString &tenant)
{
    return tenant == u"common" || tenant == u"organizations";
}

bool isKnownScope(const QString &scope)
{
    static const QRegularExpression known(
        u"^(openid|profile|email|offline_access|(https://graph\\.microsoft\\.com/)?[A-Z][A-Za-z]+(\\.[A-Za-z]+)+|https://graph\\.microsoft\\.com/\\.default)\\z"_s);
    return known.match(scope).hasMatch();
}

HttpResponse EntraAuthorize::authorize(const QString &tenant, const HttpRequest &request)
{
    const FormFields fields = request.query();
    if (const auto error = pageError(tenant, fields))
        return errorPage(error->code(), error->text);
    const AuthorizationRequest shown{
        .redirectUri = fieldValue(fields, u"redirect_uri"_s),
        .responseMode = fieldValue(fields, u"response_mode"_s),
        .state = fieldValue(fields, u"state"_s),
        .nonce = fieldValue(fields, u"nonce"_s),
        .codeChallenge = fieldValue(fields, u"code_challenge"_s),
        .scopes = fieldValue(fields, u"scope"_s).split(u' ', Qt::SkipEmptyParts),
    };
    if (const auto error = redirectError(fields))
        return sendError(shown, *error);
    m_ledger->usedStates += {shown.state, shown.nonce};
    const Person *person = personByUsername(fieldValue(fields, u"login_hint"_s));
    if (!person)
        person = &people().first();
    if (m_automatic)
        return sendCode(shown, *person);
    const QString id = randomText(18);
    m_shown.insert(id, shown);
    return signInPage(u'/' + tenant + u"/signin"_s, id, *person, shown.scopes);
}

HttpResponse EntraAuthorize::chosen(const HttpRequest &request)
{
    const FormFields fields = request.form();
    const auto found = m_shown.constFind(fieldValue(fields, u"request"_s));
    if (found == m_shown.constEnd())
        return errorPage(u"AADSTS165000"_s, u"Invalid request: the page was used before."_s);
    const AuthorizationRequest shown = m_shown.take(found.key());
    const QString action = fieldValue(fields, u"action"_s);
    if (action == u"cancel")
        return sendError(
            shown, {65004, u"access_denied"_s, u"User declined to consent to access the app."_s});
    const Person *person = personByKey(fieldValue(fields, u"person"_s));
    if (!person || action != u"continue")
        return errorPage(u"AADSTS900144"_s, u"Nobody was picked."_s);
    return sendCode(shown, *person);
}

std::optional<EntraError> EntraAuthorize::pageError(const QString &tenant,
                                                    const FormFields &fields) const
{
    if (!isKnownTenant(*m_ledger, tenant))
        return unknownTenant(tenant);
    QSet<QString> names;
    for (const auto &field : fields) {
        if (names.contains(field.first))
            return duplicatedParameter(field.first);
        names.insert(field.first);
    }
    for (const QString &name : {u"client_id"_s, u"redirect_uri"_s}) {
        if (fieldValue(fields, name).isEmpty())
            return missingParameter(name);
    }
    const QString clientId = fieldValue(fields, u"client_id"_s);
    if (clientId != m_ledger->clientId)
        return unknownClient(clientId);
    const QString redirectUri = fieldValue(fields, u"redirect_uri"_s);
    if (isForMany(tenant) && m_faults->take("single-tenant"))
        return onlyOneTenant(clientId);
    if (!isRegisteredRedirect(redirectUri) || m_faults->take("redirect-missing")) {
        return EntraError{
            50011, u"invalid_request"_s,
            u"The redirect URI '%1' specified in the request does not match the "
            "redirect URIs configured for the application '%2'."_s.arg(redirectUri, clientId)};
    }
    if (hasField(fields, u"client_secret"_s))
        return sandboxRule(u"client_secret does not belong into an address"_s);
    const QString mode = fieldValue(fields, u"response_mode"_s);
    if (!mode.isEmpty() && mode != u"query" && mode != u"form_post") {
        return EntraError{70007, u"unsupported_response_mode"_s,
                          u"'%1' is not a supported value of 'response_mode'."_s.arg(mode)};
    }
    if (!isUnguessable(fieldValue(fields, u"state"_s)))
        return sandboxRule(u"state is missing or has fewer than 128 bits"_s);
    return {};
}

std::optional<EntraError> EntraAuthorize::redirectError(const FormFields &fields) const
{
    for (const QString &name : {u"response_type"_s, u"scope"_s}) {
        if (fieldValue(fields, name).isEmpty())
            return missingParameter(name);
    }
    const QString type = fieldValue(fields, u"response_type"_s);
    if (type != u"code") {
        return EntraError{700054, u"unsupported_response_type"_s,
                          u"response_type '%1' is not enabled for the application."_s.arg(type)};
    }
    const QStringList scopes = fieldValue(fields, u"scope"_s).split(u' ', Qt::SkipEmptyParts);
    for (const QString &scope : scopes) {
        if (!isKnownScope(scope))
            return unknownScope(scope);
    }
    const QString state = fieldValue(fields, u"state"_s);
    const QString nonce = fieldValue(fields, u"nonce"_s);
    if (!isUnguessable(nonce))
        return sandboxRule(u"nonce is missing or has fewer than 128 bits"_s);
    if (nonce == state || m_ledger->usedStates.contains(state)
        || m_ledger->usedStates.contains(nonce))
        return sandboxRule(u"state and nonce must be fresh for every attempt"_s);
    static const QRegularExpression challenge(u"^[A-Za-z0-9_-]{43}\\z"_s);
    if (!hasField(fields, u"code_challenge"_s))
        return sandboxRule(u"code_challenge is missing"_s);
    if (!challenge.match(fieldValue(fields, u"code_challenge"_s)).hasMatch()) {
        return EntraError{501491, u"invalid_request"_s,
                          u"Invalid size of Code_Challenge parameter."_s};
    }
    if (fieldValue(fields, u"code_challenge_method"_s) != u"S256")
        return sandboxRule(u"code_challenge_method must be S256"_s);
    const QString claims = fieldValue(fields, u"claims"_s);
    if (!claims.isEmpty() && !QJsonDocument::fromJson(claims.toUtf8()).isObject()) {
        return EntraError{50148, u"invalid_request"_s, u"The 'claims' parameter is not JSON."_s};
    }
    if (fieldValue(fields, u"prompt"_s) == u"none") {
        return EntraError{50058, u"login_required"_s,
                          u"A silent sign-in request was sent but no user is signed in."_s};
    }
    return {};
}

HttpResponse EntraAuthorize::sendBack(const AuthorizationRequest &request, FormFields fields) const
{
    fields.append({u"state"_s, request.state});
    fields.append({u"session_state"_s, randomGuid()});
    // An address without a path is answered with a slash, as Entra and every browser do.
    QUrl address(request.redirectUri);
    address.setPath(u"/"_s);
    if (request.responseMode == u"form_post")
        return formPostPage(address, fields);
    QByteArray query;
    for (const auto &field : fields) {
        query += (query.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(field.first) + '='
            + QUrl::toPercentEncoding(field.second);
    }
    return HttpResponse{
        .status = 302,
        .headers = {{"Location"_ba, address.toEncoded(QUrl::FullyEncoded) + '?' + query},
                    {"Cache-Control"_ba, "no-store"_ba}}};
}

HttpResponse EntraAuthorize::sendError(const AuthorizationRequest &request,
                                       const EntraError &error) const
{
    return sendBack(request,
                    {{u"error"_s, error.error},
                     {u"error_description"_s, error.description()},
                     {u"error_uri"_s, u"http://127.0.0.1/error?code=%1"_s.arg(error.number)}});
}

HttpResponse EntraAuthorize::sendCode(const AuthorizationRequest &request, const Person &person)
{
    if (m_ledger->needsAdministrator(request.scopes)) {
        // Entra shows a page of its own, on which the person can only go back.
        return sendError(request,
                         {90094, u"consent_required"_s,
                          u"Admin consent is required for the permissions requested by this "
                          "application."_s});
    }
    m_ledger->consent(person.key, request.scopes); // the page said what for
    // Codes of work accounts are base64url with dots, those of personal ones hold !, * and $, which
    // have to survive every encoding on the way.
    const QString code = person.key == u"alex"
        ? u"M.C5!%1*%2$%3"_s.arg(randomText(60), randomText(60), randomText(60))
        : u"1.A%1.%2"_s.arg(randomText(90), randomText(240));
    m_ledger->codes.insert(
        code,
        {.request = request,
         .person = &person,
         .expiresAt = QDateTime::currentDateTimeUtc().addSecs(codeLifetimeSeconds)});
    m_ledger->noteSecret(code);
    return sendBack(request, {{u"code"_s, code}});
}

} // namespace sandbox
