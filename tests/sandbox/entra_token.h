// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Entra's token endpoint for a public client: code exchange with PKCE, refresh with rotation, polls
// of device codes.
// Owned by SandboxTenant.

#pragma once

#include "tests/sandbox/entra_errors.h"
#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

#include <optional>
#include <variant>

namespace sandbox {

struct Refusal
{
    EntraError error;
    int status = 400;
};

// What both endpoints that an app itself posts to refuse before they look at what is asked for:
// other methods and tenants, secrets of a public client, doubled fields, other apps. required: the
// field without which the request makes no sense.
std::optional<Refusal> refusalOfClient(const Ledger &ledger, const QString &tenant,
                                       const test_support::HttpRequest &request,
                                       const test_support::FormFields &fields,
                                       const QString &required);

class EntraToken
{
public:
    EntraToken(Ledger *ledger, Faults *faults)
        : m_ledger(ledger)
        , m_faults(faults)
    {
    }

    // POST /{tenant}/oauth2/v2.0/token
    void handle(const QString &tenant, const test_support::HttpRequest &request,
                const test_support::HttpReply &reply);
    // From now on every refresh token issued so far is refused.
    void revokeRefreshTokens();
    void revokeAccessTokens();

private:
    struct Grant
    {
        const Person *person = nullptr;
        QStringList scopes;
        QString nonce; // empty on refresh and with a device code
        QString claims = {}; // as asked for
    };

    test_support::HttpResponse answer(const QString &tenant,
                                      const test_support::HttpRequest &request);
    std::variant<Grant, EntraError> redeemCode(const test_support::FormFields &fields);
    std::variant<Grant, EntraError> redeemRefreshToken(const test_support::FormFields &fields);
    std::variant<Grant, EntraError> redeemDeviceCode(const test_support::FormFields &fields);
    test_support::HttpResponse tokens(const Grant &grant);
    QString idToken(const Grant &grant);

    Ledger *m_ledger;
    Faults *m_faults;
};

} // namespace sandbox
