// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The directory of the sample tenant, and who is relevant to whom, as Graph answers for it.
//   GET /v1.0/users, /v1.0/users/{id}, /v1.0/users/{id}/manager, /directReports, /presence,
//   /v1.0/me/manager, /v1.0/me/directReports, /v1.0/me/people
// Of others than the signed-in person it shows the basic profile only, as it does to programs
// without User.Read.All (https://learn.microsoft.com/graph/permissions-reference).

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Directory
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);
};

} // namespace sandbox
