// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Entra's endpoint for device codes (RFC 8628) and the page on which a person enters one. The polls
// come to the token endpoint (entra_token). Owned by SandboxTenant.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code

#pragma once

#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

namespace sandbox {

class EntraDeviceCode
{
public:
    EntraDeviceCode(Ledger *ledger, Faults *faults)
        : m_ledger(ledger)
        , m_faults(faults)
    {
    }

    // POST /{tenant}/oauth2/v2.0/devicecode
    test_support::HttpResponse issue(const QString &tenant,
                                     const test_support::HttpRequest &request);
    // GET and POST /devicelogin
    test_support::HttpResponse page(const test_support::HttpRequest &request);
    // What the page does with its form. False where there is no such code that still waits.
    bool enter(const QString &userCode, const Person *person, bool isAllowed);

private:
    Ledger *m_ledger;
    Faults *m_faults;
};

} // namespace sandbox
