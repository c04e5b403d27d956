// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/task_item.h"

#include "mcp/tools/event_text.h"
#include "mcp/tools/html_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype titleLimit = 250;
constexpr qsizetype stepLimit = 120;
constexpr qsizetype notesLimit = 1000; // characters
constexpr qsizetype stepsLimit = 30;
constexpr qsizetype linksLimit = 10;

QString titleOf(const QJsonObject &task)
{
    const QString title = outsideLine(task.value("title"_L1).toString(), titleLimit);
    return title.isEmpty() ? u"(no title)"_s : title;
}

void addFact(QStringList *facts, const QString &fact)
{
    if (!fact.isEmpty())
        facts->append(fact);
}

QString stepsFact(qsizetype done, qsizetype all)
{
    return all > 0 ? u"%1 of %2 steps done"_s.arg(QString::number(done), QString::number(all))
                   : QString();
}

QString todoProgress(const QString &status)
{
    if (status == "inProgress"_L1)
        return u"in progress"_s;
    if (status == "waitingOnOthers"_L1)
        return u"waiting for others"_s;
    return status == "deferred"_L1 ? u"put off"_s : QString();
}

QString reminderOf(const QJsonObject &task, const QTimeZone &zone)
{
    const QDateTime time = timeOf(task.value("reminderDateTime"_L1)).toTimeZone(zone);
    if (!task.value("isReminderOn"_L1).toBool() || !time.isValid())
        return {};
    return u"reminder "_s + time.toString(u"yyyy-MM-dd HH:mm "_s) + offsetOf(time);
}

// https://learn.microsoft.com/graph/api/resources/plannertask, "priority"
QString plannerPriority(const QJsonValue &priority)
{
    const int number = priority.toInt(5);
    if (number <= 1)
        return u"urgent"_s;
    if (number <= 4)
        return u"important"_s;
    return number >= 8 ? u"low priority"_s : QString();
}

std::optional<QDate> plannerDay(const QJsonValue &value, const QTimeZone &zone)
{
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toTimeZone(zone).date()) : std::nullopt;
}

// notes: cleaned.
QStringList textLines(QString notes)
{
    if (notes.size() > notesLimit) {
        const bool isPair = notes.at(notesLimit - 1).isHighSurrogate();
        notes = notes.left(isPair ? notesLimit - 1 : notesLimit) + u'…';
    }
    return notes.isEmpty() ? QStringList() : notes.split(u'\n');
}

QString stepLine(bool isChecked, const QString &text)
{
    return (isChecked ? u"[x] "_s : u"[ ] "_s) + outsideLine(text, stepLimit);
}

// Says how many were left out.
QStringList atMost(qsizetype limit, const QStringList &lines)
{
    if (lines.size() <= limit)
        return lines;
    return lines.mid(0, limit) + QStringList{u"and %1 more"_s.arg(lines.size() - limit)};
}

QStringList todoNotes(const QJsonObject &task)
{
    const QString content = task["body"_L1]["content"_L1].toString();
    const bool isHtml = task["body"_L1]["contentType"_L1] == "html"_L1;
    QStringList notes = textLines(isHtml ? htmlText(content) : outsideText(content));
    QStringList steps;
    for (const auto &step : task.value("checklistItems"_L1).toArray())
        steps.append(stepLine(step["isChecked"_L1].toBool(), step["displayName"_L1].toString()));
    QStringList links;
    for (const auto &link : task.value("linkedResources"_L1).toArray()) {
        links.append(u"linked: %1 (%2)"_s.arg(
            outsideLine(link["displayName"_L1].toString(), stepLimit),
            outsideLine(link["applicationName"_L1].toString(), stepLimit)));
    }
    return notes + atMost(stepsLimit, steps) + atMost(linksLimit, links);
}

QString whenText(const TaskItem &task, const QDate &today)
{
    if (task.isDone)
        return task.completed ? u"completed "_s + dayText(*task.completed) : u"completed"_s;
    if (!task.due)
        return u"no due date"_s;
    return u"due "_s + dayText(*task.due) + (task.isOverdue(today) ? u", overdue"_s : QString());
}

} // namespace

QString TaskItem::key() const
{
    return (isDone ? u"2 "_s : u"1 "_s) + (due ? due->toString(Qt::ISODate) : u"9999-99-99"_s)
        + u' ' + id;
}

std::optional<QDate> todoDay(const QJsonValue &dateTimeTimeZone, const QTimeZone &zone)
{
    const QDateTime time = timeOf(dateTimeTimeZone);
    if (!time.isValid()) // in a zone that nobody knows
        return dateOf(dateTimeTimeZone["dateTime"_L1].toString().left(10));
    // As a program wrote it that knows days only.
    if (time.time() == QTime(0, 0))
        return time.date();
    const QDateTime local = time.toTimeZone(zone);
    if (local.time() == QTime(0, 0))
        return local.date();
    // Midnight of some other zone, which Graph does not name: that of the nearest midnight of UTC
    // is right from UTC-11 to UTC+12.
    return time.toUTC().addSecs(qint64(12) * 3600).date();
}

TaskItem todoItem(const QJsonObject &task, const QString &list, const QTimeZone &zone)
{
    TaskItem item{.id = outsideLine(task.value("id"_L1).toString(), 512),
                  .list = list,
                  .title = titleOf(task),
                  .due = todoDay(task.value("dueDateTime"_L1), zone),
                  .completed = todoDay(task.value("completedDateTime"_L1), zone),
                  .isDone = task.value("status"_L1) == "completed"_L1};
    const QString importance = task.value("importance"_L1).toString();
    if (importance == "high"_L1 || importance == "low"_L1)
        item.facts.append(importance + u" importance"_s);
    addFact(&item.facts, todoProgress(task.value("status"_L1).toString()));
    const QJsonArray steps = task.value("checklistItems"_L1).toArray();
    const auto done = std::count_if(steps.begin(), steps.end(), [](const QJsonValue &step) {
        return step["isChecked"_L1].toBool();
    });
    addFact(&item.facts, stepsFact(done, steps.size()));
    if (const QString recurrence = recurrenceText(task.value("recurrence"_L1));
        !recurrence.isEmpty())
        item.facts.append(u"recurs "_s + recurrence);
    addFact(&item.facts, reminderOf(task, zone));
    item.notes = todoNotes(task);
    return item;
}

TaskItem plannerItem(const QJsonObject &task, const QTimeZone &zone)
{
    const int percent = task.value("percentComplete"_L1).toInt();
    const int steps = task.value("checklistItemCount"_L1).toInt();
    TaskItem item{.id = outsideLine(task.value("id"_L1).toString(), 512),
                  .list = outsideLine(task.value("planId"_L1).toString(), 512),
                  .title = titleOf(task),
                  .due = plannerDay(task.value("dueDateTime"_L1), zone),
                  .completed = plannerDay(task.value("completedDateTime"_L1), zone),
                  .isDone = percent >= 100,
                  .hasDetails = steps > 0 || task.value("hasDescription"_L1).toBool()
                      || task.value("referenceCount"_L1).toInt() > 0};
    addFact(&item.facts, plannerPriority(task.value("priority"_L1)));
    if (percent > 0 && !item.isDone)
        item.facts.append(u"%1 percent done"_s.arg(percent));
    addFact(&item.facts,
            stepsFact(steps - task.value("activeChecklistItemCount"_L1).toInt(), steps));
    const auto people = task.value("assignments"_L1).toObject().size();
    item.facts.append(people == 0       ? u"assigned to nobody"_s
                          : people == 1 ? u"assigned to 1 person"_s
                                        : u"assigned to %1 people"_s.arg(people));
    return item;
}

QStringList plannerNotes(const QJsonObject &details)
{
    const QStringList notes = textLines(outsideText(details.value("description"_L1).toString()));
    QStringList steps;
    const QJsonObject checklist = details.value("checklist"_L1).toObject();
    for (const auto &step : checklist)
        steps.append(stepLine(step["isChecked"_L1].toBool(), step["title"_L1].toString()));
    QStringList links;
    const QJsonObject references = details.value("references"_L1).toObject();
    for (const auto &link : references)
        links.append(u"linked: "_s + outsideLine(link["alias"_L1].toString(), stepLimit));
    return notes + atMost(stepsLimit, steps) + atMost(linksLimit, links);
}

QString taskRow(const TaskItem &task, const QString &listName, const QDate &today, bool withNotes)
{
    QStringList lines{whenText(task, today), u"  "_s + task.title};
    QStringList facts = task.facts;
    if (!listName.isEmpty())
        facts.prepend(u"in "_s + listName);
    if (!facts.isEmpty())
        lines.append(u"  "_s + facts.join(u"; "_s));
    if (withNotes) {
        for (const QString &line : task.notes)
            lines.append(u"  | "_s + line);
    }
    lines.append(u"  id: "_s + task.id);
    return lines.join(u'\n');
}

} // namespace mcp
