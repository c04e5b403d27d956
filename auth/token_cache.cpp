// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/token_cache.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

// "https://graph.microsoft.com/User.Read" and "user.read" are one.
QString plainScope(const QString &scope)
{
    return scope.mid(scope.lastIndexOf(u'/') + 1).toLower();
}

} // namespace

void TokenCache::put(const TokenSet &tokens, const QString &principal, const QStringList &asked,
                     const QByteArray &claims, const Moment &now)
{
    m_token = AccessToken{.value = tokens.accessToken,
                          .expiresAt = now.wall.addSecs(tokens.lifetime.count()),
                          .principal = principal,
                          // RFC 6749, section 5.1: left out where it is what was asked for.
                          .scopes = tokens.scopes.isEmpty() ? asked : tokens.scopes};
    m_covered.clear();
    // What was asked for and not granted would not be granted a second time either.
    for (const QString &scope : m_token->scopes + asked)
        m_covered.append(plainScope(scope));
    m_claims = claims;
    m_received = now;
    m_lifetime = tokens.lifetime;
    m_refreshIn = tokens.refreshIn;
    ++m_serial;
}

std::optional<AccessToken> TokenCache::tokenFor(const TokenRequest &request, const Moment &now,
                                                quint64 newerThan) const
{
    if (!fits(request) || (m_serial <= newerThan && !isGoodFor(enoughForACall, now)))
        return {};
    return m_token;
}

std::optional<AccessToken> TokenCache::lastResort(const TokenRequest &request,
                                                  const Moment &now) const
{
    constexpr std::chrono::seconds enoughForARequest{10};
    return fits(request) && isGoodFor(enoughForARequest, now) ? m_token : std::nullopt;
}

bool TokenCache::isDue(const Moment &now) const
{
    if (!m_token)
        return false;
    return !isGoodFor(margin, now)
        || (m_refreshIn > std::chrono::seconds(0) && now.since(m_received) >= m_refreshIn);
}

bool TokenCache::wasIssuedFor(const QByteArray &claims, const Secret &token) const
{
    return m_token && !claims.isEmpty() && m_claims == claims && m_token->value == token;
}

bool TokenCache::fits(const TokenRequest &request) const
{
    if (!m_token || (!request.rejectedToken.isEmpty() && m_token->value == request.rejectedToken))
        return false;
    if (!request.claims.isEmpty() && request.claims != m_claims)
        return false;
    return std::all_of(
        request.scopes.cbegin(), request.scopes.cend(),
        [this](const QString &scope) { return m_covered.contains(plainScope(scope)); });
}

bool TokenCache::isGoodFor(std::chrono::seconds time, const Moment &now) const
{
    return m_token && now.since(m_received) + time < m_lifetime;
}

QStringList unitedScopes(const QStringList &base, const QStringList &more)
{
    QStringList all = base;
    for (const QString &scope : more) {
        const bool known = std::any_of(all.cbegin(), all.cend(), [&](const QString &have) {
            return plainScope(have) == plainScope(scope);
        });
        if (!known)
            all.append(scope);
    }
    return all;
}

QString scopeKey(const QStringList &scopes)
{
    QStringList plain;
    for (const QString &scope : scopes)
        plain.append(plainScope(scope));
    plain.sort();
    return plain.join(u' ');
}

QStringList withoutOpenIdScopes(const QStringList &scopes)
{
    QStringList rest;
    for (const QString &scope : scopes) {
        const QString plain = plainScope(scope);
        if (plain != u"openid" && plain != u"profile" && plain != u"email"
            && plain != u"offline_access")
            rest.append(scope);
    }
    return rest;
}

} // namespace auth
