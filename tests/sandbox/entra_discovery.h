// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The OpenID configuration of a tenant (OpenID Connect Discovery 1.0, section 4), as Entra answers
// it, and the date that every answer carries.

#pragma once

#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_message.h"

namespace sandbox {

// GET /{tenant}/v2.0/.well-known/openid-configuration
test_support::HttpResponse discoveryDocument(const Ledger &ledger, Faults *faults,
                                             const QString &tenant);

// The response with the clock of a server that is an hour ahead, where that fault is set.
test_support::HttpResponse dated(const test_support::HttpResponse &response, Faults *faults);

} // namespace sandbox
