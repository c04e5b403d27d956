// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The access token in memory and whether it still serves. Pure but for the steady clock. Tokens for
// Graph are opaque: lifetime and scopes are those of the token endpoint's answer.

#pragma once

#include "auth/token_answer.h"
#include "auth/token_source.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace auth {

class TokenCache
{
public:
    // MSAL's rule: a token that ends sooner is replaced before it is used.
    static constexpr std::chrono::seconds margin{300};

    // asked, claims: what it was asked for with.
    void put(const TokenSet &tokens, const QString &principal, const QStringList &asked,
             const QByteArray &claims, const QDateTime &now);
    void clear() { m_token.reset(); }

    // Counts the tokens there have been: whoever waited for a new one takes it however short it
    // lives.
    quint64 serial() const { return m_serial; }

    // nullopt: a new one is needed. newerThan: see serial().
    std::optional<AccessToken> tokenFor(const TokenRequest &request, const QDateTime &now,
                                        quint64 newerThan) const;
    // The same while no new one can be had: any that has not ended yet.
    std::optional<AccessToken> lastResort(const TokenRequest &request, const QDateTime &now) const;

private:
    bool fits(const TokenRequest &request) const;
    bool isGoodFor(std::chrono::seconds time, const QDateTime &now) const;

    std::optional<AccessToken> m_token;
    QStringList m_covered; // lower case, without the resource
    QByteArray m_claims;
    // Either clock may lie: the wall clock can be set, the steady one may stop in sleep.
    std::chrono::steady_clock::time_point m_received;
    std::chrono::seconds m_lifetime{0};
    quint64 m_serial = 0;
};

// base and what is in more but not in base.
QStringList unitedScopes(const QStringList &base, const QStringList &more);

} // namespace auth
