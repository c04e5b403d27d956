// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/planner.h"

#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString minePath = u"/v1.0/me/planner/tasks"_s;

const QRegularExpression &planPattern()
{
    static const QRegularExpression pattern(u"^/v1\\.0/planner/plans/([\\w-]{28})(/tasks)?$"_s);
    return pattern;
}

const QRegularExpression &detailsPattern()
{
    static const QRegularExpression pattern(u"^/v1\\.0/planner/tasks/([\\w-]{28})/details$"_s);
    return pattern;
}

QJsonArray plans()
{
    QFile file(u":/sandbox/planner.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value("plans"_L1).toArray();
}

QString objectId(const QString &key)
{
    const Person *person = personByKey(key);
    return person ? person->objectId() : QString();
}

QJsonObject identity(const QString &id)
{
    return {{u"user"_s, QJsonObject{{u"displayName"_s, QJsonValue::Null}, {u"id"_s, id}}}};
}

QJsonObject assignmentsOf(const QJsonArray &keys)
{
    QJsonObject all;
    for (const auto &key : keys) {
        all.insert(objectId(key.toString()),
                   QJsonObject{{u"@odata.type"_s, u"#microsoft.graph.plannerAssignment"_s},
                               {u"assignedBy"_s, identity(objectId(u"nestor"_s))},
                               {u"assignedDateTime"_s, u"2026-11-02T07:00:00.956Z"_s},
                               {u"orderHint"_s, u"RWk1"_s}});
    }
    return all;
}

// https://learn.microsoft.com/graph/api/resources/plannertask
QJsonObject graphTask(const QJsonObject &task, const QString &plan)
{
    const QJsonArray checklist = task["checklist"_L1].toArray();
    const auto open = std::count_if(checklist.begin(), checklist.end(),
                                    [](const QJsonValue &item) { return !item[1].toBool(); });
    return {{u"@odata.etag"_s, u"W/\"JzEtVGFzayAgQEBAQEBAQEBAQEBAQEBARCc=\""_s},
            {u"planId"_s, plan},
            {u"bucketId"_s, u"gcrYAaAkgU2EQUvpkNNXLGQAGTtu"_s},
            {u"title"_s, task["title"_L1]},
            {u"orderHint"_s, u"9223370609546166567W"_s},
            {u"assigneePriority"_s, u"90057581\""_s},
            {u"percentComplete"_s, task["percent"_L1].toInt()},
            {u"startDateTime"_s, QJsonValue::Null},
            {u"createdDateTime"_s, u"2026-11-02T07:00:00.2407981Z"_s},
            {u"dueDateTime"_s, task.contains("due"_L1) ? task["due"_L1] : QJsonValue::Null},
            {u"hasDescription"_s, task.contains("description"_L1)},
            {u"previewType"_s, u"automatic"_s},
            {u"completedDateTime"_s,
             task.contains("completed"_L1) ? task["completed"_L1] : QJsonValue::Null},
            {u"completedBy"_s, QJsonValue::Null},
            {u"referenceCount"_s, int(task["references"_L1].toArray().size())},
            {u"checklistItemCount"_s, int(checklist.size())},
            {u"activeChecklistItemCount"_s, int(open)},
            {u"conversationThreadId"_s, QJsonValue::Null},
            {u"priority"_s, task["priority"_L1].toInt(5)},
            {u"id"_s, task["id"_L1]},
            {u"createdBy"_s, identity(objectId(u"nestor"_s))},
            {u"appliedCategories"_s, QJsonObject()},
            {u"assignments"_s, assignmentsOf(task["assigned"_L1].toArray())}};
}

// https://learn.microsoft.com/graph/api/resources/plannertaskdetails
QJsonObject graphDetails(const QJsonObject &task)
{
    QJsonObject checklist;
    int hint = 0;
    for (const auto &item : task["checklist"_L1].toArray()) {
        checklist.insert(u"95e27074-6c4a-447a-aa24-9d718a0b86f%1"_s.arg(hint),
                         QJsonObject{{u"@odata.type"_s, u"#microsoft.graph.plannerChecklistItem"_s},
                                     {u"isChecked"_s, item[1]},
                                     {u"title"_s, item[0]},
                                     {u"orderHint"_s, u"858556%1Pd"_s.arg(hint)}});
        ++hint;
    }
    QJsonObject references;
    for (const auto &reference : task["references"_L1].toArray()) {
        references.insert(
            reference[1].toString(),
            QJsonObject{{u"@odata.type"_s, u"#microsoft.graph.plannerExternalReference"_s},
                        {u"alias"_s, reference[0]},
                        {u"type"_s, u"PowerPoint"_s}});
    }
    return {{u"id"_s, task["id"_L1]},
            {u"description"_s, task["description"_L1].toString()},
            {u"previewType"_s, u"automatic"_s},
            {u"checklist"_s, checklist},
            {u"references"_s, references}};
}

bool hasMember(const QJsonValue &plan, const Person &person)
{
    return plan["members"_L1].toArray().contains(person.key);
}

GraphAnswer forbidden()
{
    return {.status = 403,
            .code = u"Forbidden"_s,
            .message = u"You do not have the required permissions to access this item."_s};
}

GraphAnswer detailsOf(const QString &id, const Person &person)
{
    for (const auto &plan : plans()) {
        for (const auto &task : plan["tasks"_L1].toArray()) {
            if (task["id"_L1] != id)
                continue;
            const bool isTheirs = task["assigned"_L1].toArray().contains(person.key);
            return isTheirs || hasMember(plan, person)
                ? GraphAnswer{.body = graphDetails(task.toObject())}
                : forbidden();
        }
    }
    return notFound(u"NotFound"_s);
}

GraphAnswer planAnswer(const ODataQuery &query, const QUrl &url, const Person &person)
{
    const auto path = planPattern().match(url.path());
    for (const auto &plan : plans()) {
        if (plan["id"_L1] != path.captured(1))
            continue;
        if (!hasMember(plan, person))
            return forbidden();
        if (path.captured(2).isEmpty()) {
            return {.body = {{u"id"_s, plan["id"_L1]},
                             {u"title"_s, plan["title"_L1]},
                             {u"owner"_s, u"ebf3b108-5234-4e22-b93d-656d7dae5874"_s},
                             {u"createdDateTime"_s, u"2026-09-30T07:59:49.6847231Z"_s},
                             {u"createdBy"_s, identity(objectId(u"nestor"_s))}}};
        }
        QList<QJsonObject> tasks = Planner::tasks(nullptr);
        tasks.removeIf([&](const QJsonObject &task) { return task["planId"_L1] != plan["id"_L1]; });
        return query.answer(tasks, url);
    }
    return notFound(u"NotFound"_s);
}

} // namespace

QStringList Planner::scopesFor(const QString &path)
{
    const bool isOurs = path == minePath || planPattern().match(path).hasMatch()
        || detailsPattern().match(path).hasMatch();
    return isOurs ? QStringList{u"Tasks.Read"_s} : QStringList();
}

QList<QJsonObject> Planner::tasks(const Person *assignedTo)
{
    QList<QJsonObject> all;
    for (const auto &plan : plans()) {
        for (const auto &task : plan["tasks"_L1].toArray()) {
            if (!assignedTo || task["assigned"_L1].toArray().contains(assignedTo->key))
                all.append(graphTask(task.toObject(), plan["id"_L1].toString()));
        }
    }
    return all;
}

GraphAnswer Planner::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    if (person.key == u"megan"_s)
        return forbidden();
    const ODataQuery query(request.query(), {});
    if (query.problem())
        return *query.problem();
    if (const auto details = detailsPattern().match(request.path()); details.hasMatch())
        return detailsOf(details.captured(1), person);
    QUrl url = graph;
    url.setPath(request.path());
    return request.path() == minePath ? query.answer(tasks(&person), url)
                                      : planAnswer(query, url, person);
}

} // namespace sandbox
