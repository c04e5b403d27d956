// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/todo.h"

#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QStringList navigations{u"checklistItems"_s, u"linkedResources"_s};

const QRegularExpression &pathPattern()
{
    static const QRegularExpression pattern(u"^/v1\\.0/me/todo/lists(?:/([^/]+)/tasks)?$"_s);
    return pattern;
}

QJsonArray listsOf(const Person &person)
{
    QFile file(u":/sandbox/todo.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(person.key).toArray();
}

// More than one page of Graph and one answer of ours.
QJsonArray shelves()
{
    QJsonArray all;
    for (int shelf = 1; shelf <= 130; ++shelf) {
        all.append(QJsonObject{
            {u"id"_s, u"AAMkAGUzY2NzLTRkYTEtShelf-%1_AAA="_s.arg(shelf)},
            {u"title"_s,
             u"Count shelf %1, boxes and loose goods, and write both into the sheet"_s.arg(shelf)},
            {u"due"_s,
             QJsonArray{u"2030-11-%1T00:00:00.0000000"_s.arg(shelf % 20 + 1, 2, 10, QChar(u'0')),
                        u"UTC"_s}}});
    }
    return all;
}

QJsonObject dateTimeTimeZone(const QJsonValue &pair)
{
    return {{u"dateTime"_s, pair[0]}, {u"timeZone"_s, pair[1]}};
}

QJsonArray checklistOf(const QJsonValue &steps)
{
    QJsonArray all;
    for (const auto &step : steps.toArray()) {
        all.append(QJsonObject{{u"displayName"_s, step[0]},
                               {u"createdDateTime"_s, u"2026-11-02T07:00:00.0000000Z"_s},
                               {u"isChecked"_s, step[1]},
                               {u"id"_s, u"51d8a471-2e9d-4f53-9937-c33a8742d28f"_s}});
    }
    return all;
}

QJsonArray linkedOf(const QJsonValue &linked)
{
    QJsonArray all;
    for (const auto &one : linked.toArray()) {
        all.append(QJsonObject{{u"applicationName"_s, one[0]},
                               {u"displayName"_s, one[1]},
                               {u"webUrl"_s, one[2]},
                               {u"externalId"_s, u"teset1243434"_s},
                               {u"id"_s, u"f9cddce2-dce2-f9cd-e2dc-cdf9e2dccdf9"_s}});
    }
    return all;
}

// https://learn.microsoft.com/graph/api/resources/todotask
QJsonObject graphTask(const QJsonObject &task)
{
    const bool isHtml = task.contains("html"_L1);
    QJsonObject graph{
        {u"@odata.etag"_s, u"W/\"xzyPKP0BiUGgld+lMKXwbQAAgdhkVw==\""_s},
        {u"id"_s, task["id"_L1]},
        {u"title"_s, task["title"_L1]},
        {u"status"_s, task["status"_L1].toString(u"notStarted"_s)},
        {u"importance"_s, task["importance"_L1].toString(u"normal"_s)},
        {u"isReminderOn"_s, task.contains("reminder"_L1)},
        {u"hasAttachments"_s, false},
        {u"categories"_s, QJsonArray()},
        {u"createdDateTime"_s, u"2026-11-02T07:00:00.1359889Z"_s},
        {u"lastModifiedDateTime"_s, u"2026-11-02T07:00:00.2614375Z"_s},
        {u"body"_s,
         QJsonObject{{u"content"_s, isHtml ? task["html"_L1] : task["text"_L1].toString()},
                     {u"contentType"_s, isHtml ? u"html"_s : u"text"_s}}},
        {u"checklistItems"_s, checklistOf(task["steps"_L1])},
        {u"linkedResources"_s, linkedOf(task["linked"_L1])}};
    for (const auto &[name, source] : {std::pair("dueDateTime"_L1, "due"_L1),
                                       {"reminderDateTime"_L1, "reminder"_L1},
                                       {"completedDateTime"_L1, "completed"_L1}}) {
        if (task.contains(source))
            graph.insert(name, dateTimeTimeZone(task[source]));
    }
    return graph;
}

} // namespace

QStringList Todo::scopesFor(const QString &path)
{
    return pathPattern().match(path).hasMatch() ? QStringList{u"Tasks.Read"_s} : QStringList();
}

QList<QJsonObject> Todo::lists(const Person &person)
{
    QList<QJsonObject> all;
    for (const auto &list : listsOf(person)) {
        all.append(QJsonObject{{u"@odata.type"_s, u"#microsoft.graph.todoTaskList"_s},
                               {u"id"_s, list["id"_L1]},
                               {u"displayName"_s, list["name"_L1]},
                               {u"isOwner"_s, true},
                               {u"isShared"_s, list["shared"_L1]},
                               {u"wellknownListName"_s, list["wellknown"_L1]}});
    }
    return all;
}

QList<QJsonObject> Todo::tasks(const Person &person, const QString &list)
{
    QList<QJsonObject> all;
    for (const auto &one : listsOf(person)) {
        if (one["id"_L1] != list)
            continue;
        const QJsonArray tasks = one["tasks"_L1].isString() ? shelves() : one["tasks"_L1].toArray();
        for (const auto &task : tasks)
            all.append(graphTask(task.toObject()));
    }
    return all;
}

GraphAnswer Todo::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    if (listsOf(person).isEmpty())
        return notFound(u"MailboxNotEnabledForRESTAPI"_s);
    QUrl url = graph;
    url.setPath(request.path());
    const QString list = pathPattern().match(request.path()).captured(1);
    if (list.isEmpty()) {
        const ODataQuery query(request.query(), {u"$top"_s});
        return query.problem() ? *query.problem() : query.answer(lists(person), url);
    }
    const QList<QJsonObject> known = lists(person);
    if (std::none_of(known.begin(), known.end(),
                     [&](const QJsonObject &one) { return one["id"_L1] == list; }))
        return notFound();
    // $select and $orderby are not among them: both are refused for "title".
    const ODataQuery query(request.query(), {u"$filter"_s, u"$top"_s, u"$expand"_s});
    if (query.problem())
        return *query.problem();
    const QStringList expanded = query.value(u"$expand"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &name : expanded) {
        if (!navigations.contains(name))
            return badRequest(u"RequestBroker--ParseUri"_s,
                              u"Could not find a property named '%1'."_s.arg(name));
    }
    QList<QJsonObject> all = tasks(person, list);
    for (QJsonObject &task : all) {
        for (const QString &name : navigations) {
            if (!expanded.contains(name))
                task.remove(name);
        }
    }
    return query.answer(all, url);
}

} // namespace sandbox
