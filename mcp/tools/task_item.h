// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A task of To Do or Planner: what both have in common, and as a model reads it. What others wrote
// in it is cleaned, not yet fenced. Pure.
// https://learn.microsoft.com/graph/api/resources/todotask
// https://learn.microsoft.com/graph/api/resources/plannertask

#pragma once

#include <QDate>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTimeZone>

#include <optional>

namespace mcp {

struct TaskItem
{
    QString id = {};
    QString list = {}; // id of its list or plan
    QString title = {};
    std::optional<QDate> due = {};
    std::optional<QDate> completed = {}; // nullopt where isDone: nobody knows when
    bool isDone = false;
    bool hasDetails = false; // of Planner: there is more at the task's details
    QStringList facts = {}; // importance, progress, steps, reminder
    QStringList notes = {}; // lines: text, steps, what it is linked to

    // Sorts the next due first, those without a day later, completed ones last; no two have the
    // same.
    QString key() const;
    bool isOverdue(const QDate &today) const { return !isDone && due && *due < today; }
};

// zone: the person's, for days and reminders.
TaskItem todoItem(const QJsonObject &task, const QString &list, const QTimeZone &zone);
TaskItem plannerItem(const QJsonObject &task, const QTimeZone &zone);
// microsoft.graph.plannerTaskDetails as notes.
QStringList plannerNotes(const QJsonObject &details);

// The day that a dateTimeTimeZone of To Do means, which has no time of day.
std::optional<QDate> todoDay(const QJsonValue &dateTimeTimeZone, const QTimeZone &zone);

// listName: empty where all rows are of one list. withNotes: below the facts.
QString taskRow(const TaskItem &task, const QString &listName, const QDate &today, bool withNotes);

} // namespace mcp
