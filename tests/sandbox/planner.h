// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Planner of the sample tenant, as Graph answers for it: no query parameter is known, and a plan
// is open to its members only.
//   GET /v1.0/me/planner/tasks, /v1.0/planner/plans/{id}, /v1.0/planner/plans/{id}/tasks,
//       /v1.0/planner/tasks/{id}/details
// https://learn.microsoft.com/graph/api/resources/planner-overview

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Planner
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    // Megan has no licence for it (403).
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.plannerTask, of all plans; assigned to: nullptr: whoever.
    static QList<QJsonObject> tasks(const Person *assignedTo);
};

} // namespace sandbox
