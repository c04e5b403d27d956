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
                     const QByteArray &claims, const QDateTime &now)
{
    m_token = AccessToken{.value = tokens.accessToken,
                          .expiresAt = now.addSecs(tokens.lifetime.count()),
                          .principal = principal,
                          // RFC 6749, section 5.1: left out where it is what was asked for.
                          .scopes = tokens.scopes.isEmpty() ? asked : tokens.scopes};
    m_covered.clear();
    // What was asked for and not granted would not be granted a second time either.
    for (const QString &scope : m_token->scopes + asked)
        m_covered.append(plainScope(scope));
    m_claims = claims;
    m_received = std::chrono::steady_clock::now();
    m_lifetime = tokens.lifetime;
    ++m_serial;
}

std::optional<AccessToken> TokenCache::tokenFor(const TokenRequest &request, const QDateTime &now,
                                                quint64 newerThan) const
{
    if (!fits(request) || (m_serial <= newerThan && !isGoodFor(margin, now)))
        return {};
    return m_token;
}

std::optional<AccessToken> TokenCache::lastResort(const TokenRequest &request,
                                                  const QDateTime &now) const
{
    constexpr std::chrono::seconds enoughForOneCall{10};
    return fits(request) && isGoodFor(enoughForOneCall, now) ? m_token : std::nullopt;
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

bool TokenCache::isGoodFor(std::chrono::seconds time, const QDateTime &now) const
{
    const auto age = std::chrono::steady_clock::now() - m_received;
    return m_token && now.addSecs(time.count()) < m_token->expiresAt && age + time < m_lifetime;
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

} // namespace auth
