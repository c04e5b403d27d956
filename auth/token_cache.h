// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The access token in memory and whether it still serves. Pure. Tokens for Graph are opaque:
// lifetime and scopes are those of the token endpoint's answer.
//
//   received ──────────────► refresh_in, or 5 min left ─────────► 60 s left ──► ended
//     serves                   serves, and is replaced meanwhile    a new one     last resort while
//                                                                   is needed     none can be had

#pragma once

#include "auth/moment.h"
#include "auth/token_answer.h"
#include "auth/token_source.h"

#include <chrono>
#include <optional>

namespace auth {

class TokenCache
{
public:
    // MSAL's rule: a token that ends sooner is due for replacement.
    static constexpr std::chrono::seconds margin{300};
    // A call may take 45 s; with less than this its token could end on the way.
    static constexpr std::chrono::seconds enoughForACall{60};

    // asked, claims: what it was asked for with.
    void put(const TokenSet &tokens, const QString &principal, const QStringList &asked,
             const QByteArray &claims, const Moment &now);
    void clear() { m_token.reset(); }

    // Counts the tokens there have been: whoever waited for a new one takes it however short it
    // lives.
    quint64 serial() const { return m_serial; }

    // nullopt: a new one is needed. newerThan: see serial().
    std::optional<AccessToken> tokenFor(const TokenRequest &request, const Moment &now,
                                        quint64 newerThan) const;
    // The same while no new one can be had: any that has not ended yet.
    std::optional<AccessToken> lastResort(const TokenRequest &request, const Moment &now) const;
    // It still serves and should be replaced before it no longer does.
    bool isDue(const Moment &now) const;

    // Whether the resource refused this very token, which was issued for these claims: a silent
    // refresh with them has been tried.
    bool wasIssuedFor(const QByteArray &claims, const Secret &token) const;

private:
    bool fits(const TokenRequest &request) const;
    bool isGoodFor(std::chrono::seconds time, const Moment &now) const;

    std::optional<AccessToken> m_token;
    QStringList m_covered; // lower case, without the resource
    QByteArray m_claims;
    Moment m_received;
    std::chrono::seconds m_lifetime{0};
    std::chrono::seconds m_refreshIn{0};
    quint64 m_serial = 0;
};

// base and what is in more but not in base.
QStringList unitedScopes(const QStringList &base, const QStringList &more);
// The same for the same scopes, however they are spelled and sorted.
QString scopeKey(const QStringList &scopes);
// Without those of OpenID Connect, which every request adds itself.
QStringList withoutOpenIdScopes(const QStringList &scopes);

} // namespace auth
