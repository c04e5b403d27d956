// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/task_sources.h"

#include "app/base/gather.h"
#include "mcp/graph/graph_page.h"
#include "mcp/tools/outlook_id.h"
#include "mcp/tools/outside_text.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 120;
// An app may have four requests under way at a mailbox
// (https://learn.microsoft.com/graph/throttling-limits, "Outlook service limits").
constexpr int atOnce = 4;
constexpr qsizetype mostLists = 20;
constexpr qsizetype mostPlans = 20;
constexpr int pagesOfEach = 2; // of a hundred
constexpr int pagesOfOne = 10;
constexpr int pagesOfPlanner = 10;

using Job = std::function<Async<GraphItems>()>;
using Jobs = std::vector<Job>;

GraphRequest tasksRequest(const QString &path)
{
    return {.path = path, .scopes = {u"Tasks.Read"_s}};
}

Job jobFor(GraphClient *graph, const GraphRequest &request, int pages,
           const RequestContextPtr &context)
{
    return [=] { return itemsOf(graph, request, pages, context); };
}

// No $select: Graph refuses "title" in it.
GraphRequest todoRequest(const QString &list, bool withDone, const QString &expand)
{
    GraphRequest request = tasksRequest(u"/v1.0/me/todo/lists/%1/tasks"_s.arg(list));
    if (!withDone)
        request.query.addQueryItem(u"$filter"_s, u"status ne 'completed'"_s);
    request.query.addQueryItem(u"$expand"_s, expand);
    request.query.addQueryItem(u"$top"_s, u"100"_s);
    return request;
}

// No licence for it, or no mailbox.
bool isMissing(const Result<GraphItems> &result)
{
    return !result.ok()
        && (result.error().kind == Error::Kind::Forbidden
            || result.error().kind == Error::Kind::NotFound);
}

void addTodo(FoundTasks *found, const QJsonArray &tasks, const QString &list)
{
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const auto &task : tasks)
        found->tasks.append(todoItem(task.toObject(), list, zone));
}

void addPlanner(FoundTasks *found, const QJsonArray &tasks, bool withDone)
{
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const auto &task : tasks) {
        const TaskItem item = plannerItem(task.toObject(), zone);
        if (withDone || !item.isDone)
            found->tasks.append(item);
    }
}

void addGap(FoundTasks *found, const QString &gap)
{
    if (!found->gaps.contains(gap))
        found->gaps.append(gap);
}

// Which lists and plans there are, and Planner's tasks, which come all at once.
Result<FoundTasks> overviewOf(const Results<GraphItems> &answers, bool withDone)
{
    const Result<GraphItems> &todo = answers[0];
    const Result<GraphItems> &planner = answers[1];
    for (const Result<GraphItems> &answer : answers) {
        if (!answer.ok() && (!isMissing(answer) || (isMissing(todo) && isMissing(planner))))
            return answer.error();
    }
    FoundTasks found;
    if (todo.ok()) {
        for (const auto &list : todo->items) {
            if (const QString id = list["id"_L1].toString(); isTaskList(id))
                found.lists.append({id, outsideLine(list["displayName"_L1].toString(), nameLimit)});
        }
    } else {
        addGap(&found, u"To Do cannot be read with this account, which may have no mailbox."_s);
    }
    if (planner.ok()) {
        addPlanner(&found, planner->items, withDone);
        if (planner->isCut)
            addGap(&found, u"There are more tasks in Planner than could be read."_s);
    } else {
        addGap(&found, u"Planner cannot be read with this account, which may have no licence."_s);
    }
    return found;
}

// Tasks of the lists, in their order, then titles of the plans.
struct Round
{
    QStringList lists;
    QStringList plans;
};

Round roundFor(FoundTasks *found)
{
    Round round;
    for (const TaskList &list : std::as_const(found->lists)) {
        if (round.lists.size() < mostLists)
            round.lists.append(list.id);
    }
    if (const auto left = found->lists.size() - round.lists.size(); left > 0) {
        addGap(
            found,
            u"%1 lists of To Do were not read, only the first %2; ask for one by \"list\"."_s.arg(
                QString::number(left), QString::number(mostLists)));
    }
    for (const TaskItem &task : std::as_const(found->tasks)) {
        if (isPlan(task.list) && !round.plans.contains(task.list) && round.plans.size() < mostPlans)
            round.plans.append(task.list);
    }
    return round;
}

Result<FoundTasks> afterRound(FoundTasks found, const Round &round,
                              const Results<GraphItems> &answers)
{
    for (const Result<GraphItems> &answer : answers) {
        if (!answer.ok() && !isMissing(answer))
            return answer.error();
    }
    std::size_t index = 0;
    for (const QString &list : round.lists) {
        const Result<GraphItems> &answer = answers[index++];
        if (!answer.ok()) {
            addGap(&found, u"A list of To Do could not be read."_s);
            continue;
        }
        addTodo(&found, answer->items, list);
        if (answer->isCut)
            addGap(&found,
                   u"Of a long list only %1 tasks were read; ask for it by \"list\"."_s.arg(
                       answer->items.size()));
    }
    for (const QString &plan : round.plans) {
        const Result<GraphItems> &answer = answers[index++];
        const QString title = answer.ok()
            ? outsideLine(answer->items.at(0)["title"_L1].toString(), nameLimit)
            : u"a plan that cannot be opened"_s;
        found.lists.append({plan, title + u" (Planner)"_s});
    }
    return found;
}

} // namespace

bool isTaskList(const QString &id)
{
    return isOutlookId(id) && id.size() <= 512;
}

bool isPlan(const QString &id)
{
    return id.size() == 28 && !id.contains(u'=') && isOutlookId(id);
}

Async<FoundTasks> allTasks(GraphClient *graph, bool withDone, const RequestContextPtr &context)
{
    GraphRequest lists = tasksRequest(u"/v1.0/me/todo/lists"_s);
    lists.query.addQueryItem(u"$top"_s, u"100"_s);
    const Jobs first{
        jobFor(graph, lists, 1, context),
        jobFor(graph, tasksRequest(u"/v1.0/me/planner/tasks"_s), pagesOfPlanner, context)};
    return andThen(gather(graph, first, atOnce), graph, [=](const Results<GraphItems> &overview) {
        const auto found = overviewOf(overview, withDone);
        if (!found.ok())
            return readyAsync<FoundTasks>(found.error());
        FoundTasks all = *found;
        const Round round = roundFor(&all);
        Jobs second;
        for (const QString &list : round.lists) {
            second.push_back(jobFor(graph, todoRequest(list, withDone, u"checklistItems"_s),
                                    pagesOfEach, context));
        }
        for (const QString &plan : round.plans)
            second.push_back(
                jobFor(graph, tasksRequest(u"/v1.0/planner/plans/"_s + plan), 1, context));
        return andThen(gather(graph, second, atOnce), graph,
                       [all, round](const Results<GraphItems> &answers) {
                           return readyAsync<FoundTasks>(afterRound(all, round, answers));
                       });
    });
}

Async<FoundTasks> tasksOf(GraphClient *graph, const QString &list, bool withDone,
                          const RequestContextPtr &context)
{
    const GraphRequest request = isPlan(list)
        ? tasksRequest(u"/v1.0/planner/plans/%1/tasks"_s.arg(list))
        : todoRequest(list, withDone, u"checklistItems,linkedResources"_s);
    return andThen(itemsOf(graph, request, pagesOfOne, context), graph,
                   [=](const GraphItems &answer) {
                       FoundTasks found;
                       if (isPlan(list))
                           addPlanner(&found, answer.items, withDone);
                       else
                           addTodo(&found, answer.items, list);
                       if (answer.isCut)
                           addGap(&found, u"The list has more tasks than could be read."_s);
                       return readyAsync<FoundTasks>(found);
                   });
}

Async<QList<TaskItem>> withPlannerNotes(GraphClient *graph, const QList<TaskItem> &tasks,
                                        const RequestContextPtr &context)
{
    Jobs jobs;
    QList<qsizetype> asked; // index of each job's task
    for (qsizetype index = 0; index < tasks.size(); ++index) {
        const TaskItem &task = tasks.at(index);
        if (!task.hasDetails || !isPlan(task.id)) // ids of both are made alike
            continue;
        asked.append(index);
        jobs.push_back(jobFor(graph, tasksRequest(u"/v1.0/planner/tasks/%1/details"_s.arg(task.id)),
                              1, context));
    }
    return andThen(
        gather(graph, jobs, atOnce), graph, [tasks, asked](const Results<GraphItems> &answers) {
            QList<TaskItem> all = tasks;
            for (qsizetype index = 0; index < asked.size(); ++index) {
                const Result<GraphItems> &answer = answers[std::size_t(index)];
                if (!answer.ok() && !isMissing(answer))
                    return readyAsync<QList<TaskItem>>(answer.error());
                if (answer.ok()) {
                    all[asked.at(index)].notes = plannerNotes(answer->items.at(0).toObject());
                }
            }
            return readyAsync<QList<TaskItem>>(all);
        });
}

} // namespace mcp
