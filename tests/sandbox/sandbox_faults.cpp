// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/sandbox_faults.h"

namespace sandbox {

const QList<FaultKind> &Faults::kinds()
{
    static const QList<FaultKind> all{
        {"token-500", "token endpoint answers 500 without JSON"},
        {"token-503-retry-after", "token endpoint answers 503 with Retry-After: 1 and JSON"},
        {"token-429", "token endpoint answers 429 with Retry-After: 1"},
        {"token-html", "token endpoint answers 200 with a page of a proxy"},
        {"token-truncated", "token endpoint's JSON ends in the middle"},
        {"token-reset", "token endpoint resets the connection"},
        {"token-slow", "token endpoint answers after two minutes"},
        {"token-redirect", "token endpoint redirects (307) to a foreign origin"},
        {"not-public", "token endpoint wants a secret of the app (AADSTS7000218)"},
        {"single-tenant", "the app is refused under organizations and common (AADSTS50194)"},
        {"redirect-missing", "the app has no redirect URI (AADSTS50011)"},
        {"discovery-html", "the OpenID configuration is a page of a proxy"},
        {"clock-ahead", "the OpenID configuration and Graph are dated an hour ahead"},
        {"invalid-grant", "token endpoint: refresh token or code expired (AADSTS700082)"},
        {"device-off", "no device codes: the app is not a public client (AADSTS7000218)"},
        {"device-foreign-page", "the page for the device code is plain http elsewhere"},
        {"device-slow-down", "token endpoint: polls come too fast (slow_down)"},
        {"device-expired", "token endpoint: the device code has expired"},
        {"device-bad-code", "token endpoint: a device code it does not know"},
        {"interaction-required", "token endpoint: another factor is needed (AADSTS50076)"},
        {"claims-need-person", "token endpoint: a refresh with claims needs the person"},
        {"admin-consent-required", "token endpoint: an administrator has to grant (AADSTS90094)"},
        {"loop-detected", "token endpoint: the same request in a loop (AADSTS50196)"},
        {"long-lived-token", "the access token lives for a day, refresh_in is half of it"},
        {"wrong-nonce", "the id_token carries another nonce"},
        {"wrong-audience", "the id_token is for another app"},
        {"expired-id-token", "the id_token expired an hour ago"},
        {"no-id-token", "the token answer has no id_token"},
        {"short-lived-token", "the access token lives for one second"},
        {"graph-401-once", "Graph refuses a valid access token"},
        {"graph-401-always", "Graph refuses every access token"},
        {"graph-claims-challenge", "Graph wants a token issued with the claims it names"},
        {"graph-claims-challenge-always", "Graph wants other claims with every answer"},
        {"graph-claims-malformed", "Graph's claims challenge cannot be read"},
        {"graph-403", "Graph: Authorization_RequestDenied"},
        {"graph-404", "Graph: Request_ResourceNotFound"},
        {"graph-410", "Graph: resyncRequired, what was asked for is gone"},
        {"graph-429", "Graph is throttling, Retry-After: 1"},
        {"graph-503", "Graph is unavailable, Retry-After: 1"},
        {"graph-500", "Graph: generalException"},
        {"graph-html", "Graph answers 200 with a page of a proxy"},
        {"graph-truncated", "Graph's JSON ends in the middle"},
        {"graph-huge", "Graph's JSON is larger than anything it sends"},
        {"graph-reset", "Graph resets the connection"},
        {"graph-slow", "Graph answers after two minutes"},
        {"graph-redirect", "Graph redirects (302) to a foreign origin"},
        {"graph-foreign-page", "Graph's link to the next page leads to a foreign origin"},
        {"content-expired", "the download URL of a file has expired"},
        {"content-truncated", "the bytes of a file end in the middle"},
        {"content-slow", "the bytes of a file come after two minutes"},
    };
    return all;
}

bool Faults::isKnown(const QString &name)
{
    for (const FaultKind &kind : kinds()) {
        if (name == QLatin1StringView(kind.name))
            return true;
    }
    return false;
}

bool Faults::set(const QString &name, int times, std::chrono::milliseconds delay)
{
    if (!isKnown(name))
        return false;
    if (times == 0)
        m_active.remove(name);
    else
        m_active.insert(name, {times, delay});
    return true;
}

bool Faults::take(const char *name)
{
    const auto found = m_active.find(QString::fromLatin1(name));
    if (found == m_active.end())
        return false;
    // Kept with 0 times left, so that delayOf() still knows it.
    if (found->times == 0)
        return false;
    if (found->times > 0)
        --found->times;
    return true;
}

std::chrono::milliseconds Faults::delayOf(const char *name) const
{
    return m_active.value(QString::fromLatin1(name)).delay;
}

} // namespace sandbox
