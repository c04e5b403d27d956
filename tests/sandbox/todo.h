// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// To Do of the sample tenant, as Graph answers for it.
//   GET /v1.0/me/todo/lists, /v1.0/me/todo/lists/{id}/tasks
// https://learn.microsoft.com/graph/api/resources/todo-overview

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Todo
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    // Alex has no mailbox, so there is nothing for him (404).
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.todoTaskList
    static QList<QJsonObject> lists(const Person &person);
    // microsoft.graph.todoTask with checklistItems and linkedResources; empty: no such list.
    static QList<QJsonObject> tasks(const Person &person, const QString &list);
};

} // namespace sandbox
