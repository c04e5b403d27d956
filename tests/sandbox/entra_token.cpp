// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/entra_token.h"

#include "tests/sandbox/entra_authorize.h"
#include "tests/sandbox/sandbox_pages.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::FormFields;
using test_support::hasField;
using test_support::HttpReply;
using test_support::HttpRequest;
using test_support::HttpResponse;

namespace sandbox {

namespace {

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

EntraError invalidGrant(int number, const QString &text, const QString &suberror = {})
{
    return {number, u"invalid_grant"_s, text, suberror};
}

// Whether a request answers a challenge, beyond the declaration that this client understands them.
bool isMoreThanCp1(const QString &claims)
{
    const QJsonObject all = QJsonDocument::fromJson(claims.toUtf8()).object();
    QJsonObject ofAccessToken = all.value("access_token"_L1).toObject();
    ofAccessToken.remove("xms_cc"_L1);
    return !ofAccessToken.isEmpty();
}

} // namespace

std::optional<Refusal> refusalOfClient(const Ledger &ledger, const QString &tenant,
                                       const HttpRequest &request, const FormFields &fields,
                                       const QString &required)
{
    if (request.method != "POST") {
        return Refusal{{900561, u"invalid_request"_s,
                        u"The endpoint only accepts POST requests. Received a %1 request."_s.arg(
                            QString::fromLatin1(request.method))}};
    }
    if (!isKnownTenant(ledger, tenant))
        return Refusal{unknownTenant(tenant)};
    if (!request.header("Content-Type").startsWith("application/x-www-form-urlencoded")
        || !hasField(fields, required))
        return Refusal{missingParameter(required)};
    QSet<QString> names;
    for (const auto &field : fields) {
        if (names.contains(field.first))
            return Refusal{duplicatedParameter(field.first)};
        names.insert(field.first);
    }
    if (!request.header("Origin").isNull()) {
        return Refusal{{9002326, u"invalid_request"_s,
                        u"Cross-origin token redemption is permitted only for the 'Single-Page "
                        "Application' client-type."_s}};
    }
    if (names.contains(u"client_secret"_s) || names.contains(u"client_assertion"_s)
        || !request.header("Authorization").isNull()) {
        return Refusal{{700025, u"invalid_client"_s,
                        u"Client is public so neither 'client_assertion' nor 'client_secret' "
                        "should be presented."_s},
                       401};
    }
    const QString clientId = fieldValue(fields, u"client_id"_s);
    if (clientId.isEmpty())
        return Refusal{missingParameter(u"client_id"_s)};
    if (clientId != ledger.clientId)
        return Refusal{unknownClient(clientId)};
    return {};
}

void EntraToken::handle(const QString &tenant, const HttpRequest &request, const HttpReply &reply)
{
    // What came in counts as seen even where the answer is a fault.
    const FormFields fields = request.form();
    for (const QString &name :
         {u"code"_s, u"code_verifier"_s, u"refresh_token"_s, u"device_code"_s})
        m_ledger->noteSecret(fieldValue(fields, name));
    m_ledger->count(u"token:"_s + fieldValue(fields, u"grant_type"_s));

    if (m_faults->take("token-500"))
        return reply.send(HttpResponse::text(500, "text/plain", "Internal Server Error"));
    if (m_faults->take("token-503-retry-after")) {
        const EntraError error{90033, u"temporarily_unavailable"_s,
                               u"A transient error has occurred. Please try again."_s};
        return reply.send(error.toResponse(503).withHeader("Retry-After", "1"));
    }
    if (m_faults->take("token-429")) {
        const EntraError error{90055, u"temporarily_unavailable"_s,
                               u"The server has terminated an operation because it encountered a "
                               "large number of requests."_s};
        return reply.send(error.toResponse(429).withHeader("Retry-After", "1"));
    }
    if (m_faults->take("token-html"))
        return reply.send(proxyPage());
    if (m_faults->take("token-reset"))
        return reply.reset();
    if (m_faults->take("token-redirect")) {
        QUrl elsewhere = m_ledger->foreign;
        elsewhere.setPath(u"/token"_s);
        return reply.send(HttpResponse::redirect(307, elsewhere));
    }
    if (m_faults->take("invalid-grant")) {
        return reply.send(invalidGrant(700082,
                                       u"The refresh token has expired due to inactivity."_s,
                                       u"token_expired"_s)
                              .toResponse());
    }
    if (m_faults->take("interaction-required")) {
        EntraError error{50076, u"interaction_required"_s,
                         u"Due to a configuration change made by your administrator, you must use "
                         "multi-factor authentication."_s,
                         u"basic_action"_s};
        error.claims =
            u"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"%1\"]}}}"_s.arg(
                randomGuid());
        return reply.send(error.toResponse());
    }
    if (m_faults->take("admin-consent-required")) {
        return reply.send(invalidGrant(90094,
                                       u"Admin consent is required for the permissions requested "
                                       "by this application."_s,
                                       u"consent_required"_s)
                              .toResponse());
    }
    if (m_faults->take("loop-detected")) {
        return reply.send(invalidGrant(50196,
                                       u"The server terminated an operation because it encountered "
                                       "a client request loop."_s)
                              .toResponse());
    }
    const QString claims = fieldValue(fields, u"claims"_s);
    if (fieldValue(fields, u"grant_type"_s) == u"refresh_token" && isMoreThanCp1(claims)
        && m_faults->take("claims-need-person")) {
        EntraError error{50076, u"interaction_required"_s,
                         u"You must use multi-factor authentication to access the resource."_s,
                         u"basic_action"_s};
        error.claims = claims;
        return reply.send(error.toResponse());
    }
    const bool truncated = m_faults->take("token-truncated");
    const bool slow = m_faults->take("token-slow");
    const HttpResponse response = answer(tenant, request);
    if (truncated)
        return reply.sendTruncated(response, response.body.size() / 2);
    if (slow)
        return reply.sendAfter(m_faults->delayOf("token-slow"), response);
    reply.send(response);
}

void EntraToken::revokeRefreshTokens()
{
    for (IssuedToken &token : m_ledger->refreshTokens)
        token.revoked = true;
}

void EntraToken::revokeAccessTokens()
{
    for (IssuedToken &token : m_ledger->accessTokens)
        token.revoked = true;
}

HttpResponse EntraToken::answer(const QString &tenant, const HttpRequest &request)
{
    const FormFields fields = request.form();
    if (const auto refusal = refusalOfClient(*m_ledger, tenant, request, fields, u"grant_type"_s))
        return refusal->error.toResponse(refusal->status);
    if (isForMany(tenant) && m_faults->take("single-tenant"))
        return onlyOneTenant(m_ledger->clientId).toResponse();
    if (m_faults->take("not-public"))
        return secretWanted().toResponse(401);
    const QString grantType = fieldValue(fields, u"grant_type"_s);
    std::variant<Grant, EntraError> granted =
        EntraError{70003, u"unsupported_grant_type"_s,
                   u"The app requested an unsupported grant type '%1'."_s.arg(grantType)};
    if (grantType == u"authorization_code")
        granted = redeemCode(fields);
    else if (grantType == u"refresh_token")
        granted = redeemRefreshToken(fields);
    else if (grantType == u"urn:ietf:params:oauth:grant-type:device_code")
        granted = redeemDeviceCode(fields);
    if (const auto *error = std::get_if<EntraError>(&granted))
        return error->toResponse();
    Grant grant = std::get<Grant>(granted);
    grant.claims = fieldValue(fields, u"claims"_s);
    return tokens(grant);
}

std::variant<EntraToken::Grant, EntraError> EntraToken::redeemCode(const FormFields &fields)
{
    for (const QString &name : {u"code"_s, u"redirect_uri"_s, u"code_verifier"_s}) {
        if (fieldValue(fields, name).isEmpty())
            return missingParameter(name);
    }
    const auto found = m_ledger->codes.find(fieldValue(fields, u"code"_s));
    if (found == m_ledger->codes.end())
        return invalidGrant(9002313, u"Invalid request. Request is malformed or invalid."_s);
    if (found->used) {
        return invalidGrant(54005,
                            u"OAuth2 Authorization code was already redeemed, please retry with a "
                            "new valid code or use an existing refresh token."_s);
    }
    if (found->expiresAt < QDateTime::currentDateTimeUtc())
        return invalidGrant(70008, u"The provided authorization code has expired."_s);
    if (fieldValue(fields, u"redirect_uri"_s) != found->request.redirectUri) {
        return EntraError{500112, u"invalid_request"_s,
                          u"The reply address '%1' does not match the reply address '%2' provided "
                          "when requesting Authorization code."_s.arg(
                              fieldValue(fields, u"redirect_uri"_s), found->request.redirectUri)};
    }
    static const QRegularExpression wellFormed(u"^[A-Za-z0-9._~-]{43,128}\\z"_s); // RFC 7636, 4.1
    const QString verifier = fieldValue(fields, u"code_verifier"_s);
    const QByteArray challenge =
        base64Url(QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256));
    if (!wellFormed.match(verifier).hasMatch()
        || QString::fromLatin1(challenge) != found->request.codeChallenge) {
        return invalidGrant(501481,
                            u"The Code_Verifier does not match the code_challenge supplied in the "
                            "authorization request."_s);
    }
    found->used = true;
    return Grant{found->person, found->request.scopes, found->request.nonce};
}

std::variant<EntraToken::Grant, EntraError> EntraToken::redeemRefreshToken(const FormFields &fields)
{
    const QString token = fieldValue(fields, u"refresh_token"_s);
    if (token.isEmpty())
        return missingParameter(u"refresh_token"_s);
    if (hasField(fields, u"redirect_uri"_s))
        m_ledger->violations.append(u"a refresh request carried redirect_uri"_s);
    const auto found = m_ledger->refreshTokens.find(token);
    if (found == m_ledger->refreshTokens.end())
        return invalidGrant(9002313, u"Invalid request. Request is malformed or invalid."_s);
    if (found->revoked) {
        return invalidGrant(50173,
                            u"The provided grant has expired due to it being revoked, a fresh auth "
                            "token is needed."_s,
                            u"bad_token"_s);
    }
    // Entra keeps old ones valid, so this is no error; a client that goes on using one has lost the
    // new one.
    if (found->replaced)
        m_ledger->count(u"refreshWithReplacedToken"_s);
    found->replaced = true;
    const QStringList asked = fieldValue(fields, u"scope"_s).split(u' ', Qt::SkipEmptyParts);
    const QStringList scopes = asked.isEmpty() ? found->scopes : asked;
    if (!m_ledger->isConsented(*found->person, scopes)) {
        return invalidGrant(65001,
                            u"The user or administrator has not consented to use the "
                            "application."_s,
                            u"consent_required"_s);
    }
    return Grant{found->person, scopes, {}};
}

std::variant<EntraToken::Grant, EntraError> EntraToken::redeemDeviceCode(const FormFields &fields)
{
    using State = IssuedDeviceCode::State;
    const QString deviceCode = fieldValue(fields, u"device_code"_s);
    if (deviceCode.isEmpty())
        return missingParameter(u"device_code"_s);
    const auto found = m_ledger->deviceCodes.find(deviceCode);
    if (found == m_ledger->deviceCodes.end() || m_faults->take("device-bad-code")) {
        return EntraError{70000, u"bad_verification_code"_s,
                          u"The device code is not recognized."_s};
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto pause = std::chrono::milliseconds(found->lastPoll.msecsTo(now));
    found->lastPoll = now;
    const bool isEarly = pause < found->interval * m_ledger->deviceCodeSecond;
    if (isEarly || m_faults->take("device-slow-down")) {
        found->interval += 5; // RFC 8628, section 3.5
        if (isEarly)
            m_ledger->violations.append(u"a device code was polled before its interval was over"_s);
        return EntraError{0, u"slow_down"_s, u"Polling is too frequent."_s};
    }
    if (found->expiresAt < now || m_faults->take("device-expired"))
        return EntraError{70020, u"expired_token"_s, u"The device code has expired."_s};
    switch (found->state) {
    case State::Waiting:
        return EntraError{70016, u"authorization_pending"_s,
                          u"OAuth 2.0 device flow error. Authorization is pending."_s};
    case State::Declined:
        return EntraError{65004, u"authorization_declined"_s,
                          u"The end user denied the authorization request."_s};
    case State::Used: return invalidGrant(54005, u"The device code was already redeemed."_s);
    case State::Allowed: break;
    }
    found->state = State::Used;
    return Grant{found->person, found->scopes, {}};
}

HttpResponse EntraToken::tokens(const Grant &grant)
{
    const bool isLong = m_faults->take("long-lived-token");
    const int lifetime = m_faults->take("short-lived-token") ? 1 : isLong ? 24 * 3600 : 4201;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    // Access tokens for Graph look like a JWT and are opaque to clients.
    const QString accessToken =
        u"eyJ%1.%2.%3"_s.arg(randomText(120), randomText(900), randomText(256));
    QStringList granted = grant.scopes;
    granted.removeAll(u"offline_access"_s);
    m_ledger->accessTokens.insert(accessToken,
                                  {.person = grant.person,
                                   .scopes = grant.scopes,
                                   .claims = grant.claims,
                                   .expiresAt = now.addSecs(lifetime)});
    m_ledger->noteSecret(accessToken);
    QJsonObject object{
        {u"token_type"_s, u"Bearer"_s},   {u"scope"_s, granted.join(u' ')},
        {u"expires_in"_s, lifetime},      {u"ext_expires_in"_s, lifetime},
        {u"access_token"_s, accessToken},
    };
    if (isLong)
        object.insert(u"refresh_in"_s, lifetime / 2);
    if (grant.scopes.contains(u"offline_access"_s)) {
        const QString refreshToken =
            u"1.A%1.%2-%3"_s.arg(randomText(90), randomText(600), randomText(120));
        m_ledger->refreshTokens.insert(
            refreshToken,
            {.person = grant.person, .scopes = grant.scopes, .expiresAt = now.addDays(90)});
        m_ledger->noteSecret(refreshToken);
        object.insert(u"refresh_token"_s, refreshToken);
    }
    if (grant.scopes.contains(u"openid"_s) && !m_faults->take("no-id-token")) {
        const QString token = idToken(grant);
        m_ledger->noteSecret(token);
        object.insert(u"id_token"_s, token);
    }
    return HttpResponse::json(200, object)
        .withHeader("Cache-Control", "no-store, no-cache")
        .withHeader("Pragma", "no-cache");
}

QString EntraToken::idToken(const Grant &grant)
{
    const qint64 now =
        QDateTime::currentSecsSinceEpoch() - (m_faults->take("expired-id-token") ? 2 * 3600 : 0);
    QJsonObject claims{
        {u"aud"_s,
         m_faults->take("wrong-audience") ? u"11111111-2222-3333-4444-555555555555"_s
                                          : m_ledger->clientId},
        {u"iss"_s, m_ledger->authority.toString() + u'/' + m_ledger->tenantId + u"/v2.0"_s},
        {u"iat"_s, now},
        {u"nbf"_s, now},
        {u"exp"_s, now + 3600},
        {u"oid"_s, grant.person->objectId()},
        {u"rh"_s, u"1."_s + randomText(24)},
        {u"sub"_s, randomText(32)},
        {u"tid"_s, m_ledger->tenantId},
        {u"uti"_s, randomText(16)},
        {u"ver"_s, u"2.0"_s},
    };
    if (!grant.nonce.isEmpty())
        claims.insert(u"nonce"_s, m_faults->take("wrong-nonce") ? randomText(32) : grant.nonce);
    if (grant.scopes.contains(u"profile"_s)) {
        claims.insert(u"name"_s, grant.person->displayName());
        claims.insert(u"preferred_username"_s, grant.person->username());
    }
    // Entra leaves the claim out where nothing is assigned.
    if (const QStringList roles = m_ledger->rolesOf(*grant.person); !roles.isEmpty())
        claims.insert(u"roles"_s, QJsonArray::fromStringList(roles));
    const QJsonObject header{
        {u"typ"_s, u"JWT"_s}, {u"alg"_s, u"RS256"_s}, {u"kid"_s, u"sandbox"_s}};
    const auto part = [](const QJsonObject &object) {
        return QString::fromLatin1(base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    };
    // The signature is no signature: a native app that fetched the token over TLS itself need not
    // check it (OpenID Connect Core 1.0, section 3.1.3.7, rule 6).
    return part(header) + u'.' + part(claims) + u'.' + randomText(256);
}

} // namespace sandbox
