// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/list_tasks_tool.h"

#include "mcp/tools/graph_list.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/task_sources.h"
#include "mcp/tools/tool_parts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ListTasks"_s;
constexpr qsizetype plannerTasksAtOnce = 20; // with notes, each of which is a request

using Cursors = std::shared_ptr<const CursorSeal>;

// What is listed, and behind which task to go on. All sources are asked again for each answer, and
// what has come before is known by its key: a task that was added or completed meanwhile moves
// nothing else.
struct Question
{
    QString list; // empty: all
    bool withDone = false;
    QString after = {}; // key of a task; empty: from the first one on

    QJsonObject state(const QString &key) const
    {
        return {{u"list"_s, list}, {u"done"_s, withDone}, {u"after"_s, key}};
    }
};

Result<Question> questionOf(const QJsonObject &arguments, const CursorSeal &cursors,
                            const RequestContext &context)
{
    QJsonObject state = arguments;
    if (arguments.contains("cursor"_L1)) {
        const auto opened = cursors.open(arguments, toolName, context);
        if (!opened.ok())
            return opened.error();
        state = *opened;
    } else if (arguments.contains("list"_L1)
               && !isTaskList(arguments.value("list"_L1).toString())) {
        return badArgument(
            u"\"list\" is not the id of a list or plan; ListTasks without it names them"_s);
    }
    return Question{.list = state.value("list"_L1).toString(),
                    .withDone = state.value("done"_L1).toBool(),
                    .after = state.value("after"_L1).toString()};
}

struct Listing
{
    Question question;
    QList<TaskItem> tasks; // those to come, sorted
    qsizetype most = 0; // of them in one answer
    qsizetype all = 0; // with those that came before
    qsizetype overdue = 0; // of all
    QList<TaskList> lists;
    QStringList gaps;
};

Listing listingOf(const Question &question, const FoundTasks &found, const QDate &today)
{
    Listing listing{.question = question,
                    .tasks = found.tasks,
                    .all = found.tasks.size(),
                    .lists = found.lists,
                    .gaps = found.gaps};
    listing.overdue = std::count_if(found.tasks.begin(), found.tasks.end(),
                                    [&](const TaskItem &task) { return task.isOverdue(today); });
    listing.tasks.removeIf([&](const TaskItem &task) { return task.key() <= question.after; });
    listing.most = isPlan(question.list) ? plannerTasksAtOnce : listing.tasks.size();
    std::sort(
        listing.tasks.begin(), listing.tasks.end(),
        [](const TaskItem &first, const TaskItem &second) { return first.key() < second.key(); });
    return listing;
}

QString headText(const Listing &listing, const QDate &today)
{
    const QString kind = listing.question.withDone ? u"tasks"_s : u"open tasks"_s;
    QString text = listing.all == 1 ? u"1 "_s + kind.chopped(1)
                                    : u"%1 %2"_s.arg(QString::number(listing.all), kind);
    if (listing.overdue > 0)
        text += u", %1 overdue"_s.arg(listing.overdue);
    return text + u"; today is %1 in %2.\n"_s.arg(today.toString(Qt::ISODate), personZone());
}

// The ids to ask for a list by: of those that are shown, or of all where none is.
QString listsText(const QList<TaskList> &lists, const QList<TaskItem> &shown)
{
    QStringList lines;
    for (const TaskList &list : lists) {
        const bool isShown = std::any_of(
            shown.begin(), shown.end(), [&](const TaskItem &task) { return task.list == list.id; });
        if (isShown || shown.isEmpty())
            lines.append(u"  %1  list: %2"_s.arg(list.name, list.id));
    }
    return lines.isEmpty() ? QString() : u"\nLists:\n"_s + lines.join(u'\n');
}

Result<ToolResult> answerOf(const Listing &listing, const QDate &today, const GraphClient &graph,
                            const CursorSeal &cursors, const RequestContext &context)
{
    QHash<QString, QString> names;
    for (const TaskList &list : listing.lists)
        names.insert(list.id, list.name);
    QStringList rows;
    for (const TaskItem &task : listing.tasks.mid(0, listing.most))
        rows.append(taskRow(task, names.value(task.list), today, !listing.question.list.isEmpty()));
    const auto shown = listRows(rows, {}, {}, graph);
    if (!shown.ok())
        return shown.error();
    const QList<TaskItem> tasks = listing.tasks.mid(0, shown->rows.size());
    QString text = headText(listing, today);
    for (const QString &gap : listing.gaps)
        text += gap + u'\n';
    const QString fenced = shown->rows.join(u'\n') + listsText(listing.lists, tasks);
    text += fenced.isEmpty() ? u"There is nothing to show."_s
                             : OutsideFence().around(u"a list of tasks"_s, fenced.trimmed());
    if (tasks.size() < listing.tasks.size())
        text += cursors.goOn(toolName, context, listing.question.state(tasks.last().key()));
    return ToolResult{.text = text};
}

Async<ToolResult> list(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto question = questionOf(arguments, *cursors, *context);
    if (!question.ok())
        return readyAsync<ToolResult>(question.error());
    const QDate today =
        QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone::systemTimeZone()).date();
    const auto found = question->list.isEmpty()
        ? allTasks(graph, question->withDone, context)
        : tasksOf(graph, question->list, question->withDone, context);
    return andThen(found, graph, [=, question = *question](const FoundTasks &all) {
        const Listing listing = listingOf(question, all, today);
        if (!isPlan(question.list))
            return readyAsync<ToolResult>(answerOf(listing, today, *graph, *cursors, *context));
        return andThen(withPlannerNotes(graph, listing.tasks.mid(0, listing.most), context), graph,
                       [=](const QList<TaskItem> &noted) {
                           Listing withNotes = listing;
                           std::copy(noted.begin(), noted.end(), withNotes.tasks.begin());
                           return readyAsync<ToolResult>(
                               answerOf(withNotes, today, *graph, *cursors, *context));
                       });
    });
}

// Without words on what the names say: the list of tools is to stay small.
QJsonObject inputSchema()
{
    return objectSchema(
        {{u"list"_s, wordSchema()}, {u"done"_s, switchSchema()}, {u"cursor"_s, cursorSchema()}});
}

} // namespace

Tool listTasksTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"List tasks"_s,
            .description =
                u"Open tasks of To Do and Planner, next due first. list (an id): all of that "
                "list or plan, with notes. done: also completed."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Tasks,
            .scopes = {u"Tasks.Read"_s},
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return list(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
