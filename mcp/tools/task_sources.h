// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a person's tasks are: the lists of To Do, and the plans of Planner that have tasks assigned
// to them. Both are asked at once; who has only one of them gets that one.

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/tools/task_item.h"

namespace mcp {

struct TaskList
{
    QString id;
    QString name; // cleaned; "Spring campaign (Planner)"
};

struct FoundTasks
{
    QList<TaskItem> tasks = {}; // in no order
    QList<TaskList> lists = {};
    QStringList gaps = {}; // sentences of ours: what is not among them, and why
};

// withDone: completed ones too.
// Errors: those of GraphClient; Forbidden and NotFound only where neither can be read.
Async<FoundTasks> allTasks(GraphClient *graph, bool withDone, const RequestContextPtr &context);
// list: an id for which isTaskList() holds. The tasks of a plan are everybody's.
Async<FoundTasks> tasksOf(GraphClient *graph, const QString &list, bool withDone,
                          const RequestContextPtr &context);
// Fills the notes of those that have details; one that cannot be read stays without.
Async<QList<TaskItem>> withPlannerNotes(GraphClient *graph, const QList<TaskItem> &tasks,
                                        const RequestContextPtr &context);

// Whether it has the letters of an id of a list or a plan, so that it may go into a path.
bool isTaskList(const QString &id);
// Ids of Planner have 28 letters, those of To Do are longer and end in '='.
// https://learn.microsoft.com/graph/api/resources/plannerplan
bool isPlan(const QString &id);

} // namespace mcp
