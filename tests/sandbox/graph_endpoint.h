// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Microsoft Graph as far as tests need it, behind a Bearer check: /v1.0/me, presence, $batch, and
// the parts that answer for more (graph_parts.h). Errors in Graph's shape. Owned by SandboxTenant.

#pragma once

#include "tests/sandbox/content_host.h"
#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

#include <optional>

namespace sandbox {

class GraphEndpoint
{
public:
    GraphEndpoint(Ledger *ledger, Faults *faults, ContentHost *contents)
        : m_ledger(ledger)
        , m_faults(faults)
        , m_contents(contents)
    {
    }

    void handle(const test_support::HttpRequest &request, const test_support::HttpReply &reply);

private:
    test_support::HttpResponse answer(const test_support::HttpRequest &request);
    std::optional<test_support::HttpResponse> fault(const test_support::HttpRequest &request);
    test_support::HttpResponse batch(const test_support::HttpRequest &request);
    test_support::HttpResponse me(const test_support::HttpRequest &request, const Person &person);
    test_support::HttpResponse presence(const Person &person) const;
    test_support::HttpResponse part(const test_support::HttpRequest &request,
                                    const GraphAnswer &answer);
    test_support::HttpResponse error(const test_support::HttpRequest &request, int status,
                                     const QString &code, const QString &message) const;
    test_support::HttpResponse unauthorized(const test_support::HttpRequest &request,
                                            const QString &message) const;
    // As continuous access evaluation does; two fields, the first of them without claims.
    test_support::HttpResponse challenge(const test_support::HttpRequest &request,
                                         const QString &notBefore) const;

    Ledger *m_ledger;
    Faults *m_faults;
    ContentHost *m_contents;
    QString m_requestId; // of the request being answered
};

} // namespace sandbox
