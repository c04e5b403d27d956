// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Entra's authorization endpoint: checks the request, shows the page on which a person is picked,
// and sends the browser back with a code or an error. Owned by SandboxTenant.

#pragma once

#include "tests/sandbox/entra_errors.h"
#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

#include <optional>

namespace sandbox {

class EntraAuthorize
{
public:
    EntraAuthorize(Ledger *ledger, Faults *faults)
        : m_ledger(ledger)
        , m_faults(faults)
    {
    }

    // Without a click: whoever login_hint names, else Adele.
    void setAutomatic(bool automatic) { m_automatic = automatic; }

    // GET /{tenant}/oauth2/v2.0/authorize
    test_support::HttpResponse authorize(const QString &tenant,
                                         const test_support::HttpRequest &request);
    // POST /{tenant}/signin, the page's own form
    test_support::HttpResponse chosen(const test_support::HttpRequest &request);

private:
    // An error that is shown as a page, because the redirect cannot be trusted.
    std::optional<EntraError> pageError(const QString &tenant,
                                        const test_support::FormFields &fields) const;
    // An error that is sent back to the app.
    std::optional<EntraError> redirectError(const test_support::FormFields &fields) const;
    test_support::HttpResponse sendBack(const AuthorizationRequest &request,
                                        test_support::FormFields fields) const;
    test_support::HttpResponse sendError(const AuthorizationRequest &request,
                                         const EntraError &error) const;
    test_support::HttpResponse sendCode(const AuthorizationRequest &request, const Person &person);

    Ledger *m_ledger;
    Faults *m_faults;
    bool m_automatic = false;
    QHash<QString, AuthorizationRequest> m_shown; // pages that wait for a click
};

// Whether the registered `http://localhost` covers it: the port does not matter, all else does.
// https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
bool isRegisteredRedirect(const QString &redirectUri);
bool isKnownTenant(const Ledger &ledger, const QString &tenant);
// Names no tenant: organizations, common.
bool isForMany(const QString &tenant);
bool isKnownScope(const QString &scope);

} // namespace sandbox
