// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tasks of To Do and Planner as a model reads them: days above all.

#include "mcp/tools/task_item.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QDate today(2026, 11, 27);

QJsonObject time(const QString &dateTime, const QString &zone)
{
    return {{u"dateTime"_s, dateTime}, {u"timeZone"_s, zone}};
}

} // namespace

class TestTaskItem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void daysOfToDo_data()
    {
        QTest::addColumn<QString>("dateTime");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("day");
        const QString utc = u"UTC"_s;
        QTest::newRow("midnight of UTC is a day, wherever one is")
            << u"2026-11-27T00:00:00.0000000"_s << utc << u"America/Los_Angeles"_s
            << u"2026-11-27"_s;
        QTest::newRow("the same in New Zealand")
            << u"2026-11-27T00:00:00.0000000"_s << utc << u"Pacific/Auckland"_s << u"2026-11-27"_s;
        QTest::newRow("set in Berlin in winter")
            << u"2026-11-26T23:00:00.0000000"_s << utc << u"Europe/Berlin"_s << u"2026-11-27"_s;
        QTest::newRow("set in Berlin in summer")
            << u"2026-06-26T22:00:00.0000000"_s << utc << u"Europe/Berlin"_s << u"2026-06-27"_s;
        QTest::newRow("the day on which summer time ends")
            << u"2026-10-24T22:00:00.0000000"_s << utc << u"Europe/Berlin"_s << u"2026-10-25"_s;
        QTest::newRow("the day after")
            << u"2026-10-25T23:00:00.0000000"_s << utc << u"Europe/Berlin"_s << u"2026-10-26"_s;
        QTest::newRow("set in California") << u"2026-11-27T08:00:00.0000000"_s << utc
                                           << u"America/Los_Angeles"_s << u"2026-11-27"_s;
        QTest::newRow("set in New Zealand, thirteen hours ahead")
            << u"2026-11-26T11:00:00.0000000"_s << utc << u"Pacific/Auckland"_s << u"2026-11-27"_s;
        QTest::newRow("set in Berlin, read on a journey")
            << u"2026-11-26T23:00:00.0000000"_s << utc << u"America/New_York"_s << u"2026-11-27"_s;
        QTest::newRow("set in California, read on a journey")
            << u"2026-11-27T08:00:00.0000000"_s << utc << u"Asia/Tokyo"_s << u"2026-11-27"_s;
        QTest::newRow("a day that begins at one, because the clocks change at midnight")
            << u"2026-09-06T04:00:00.0000000"_s << utc << u"America/Santiago"_s << u"2026-09-06"_s;
        QTest::newRow("in a zone by Windows' name")
            << u"2026-11-27T00:00:00.0000000"_s << u"Pacific Standard Time"_s << u"Europe/Berlin"_s
            << u"2026-11-27"_s;
        QTest::newRow("in a zone by Windows' name that is far ahead")
            << u"2026-11-27T00:00:00.0000000"_s << u"New Zealand Standard Time"_s
            << u"Europe/Berlin"_s << u"2026-11-27"_s;
        QTest::newRow("in a zone that nobody knows")
            << u"2026-11-27T00:00:00.0000000"_s << u"Middle-earth Time"_s << u"Europe/Berlin"_s
            << u"2026-11-27"_s;
        QTest::newRow("no day at all")
            << u"2026-02-30T00:00:00"_s << utc << u"Europe/Berlin"_s << QString();
    }
    void daysOfToDo()
    {
        QFETCH(QString, dateTime);
        QFETCH(QString, zone);
        QFETCH(QString, person);
        QFETCH(QString, day);
        const auto found = todoDay(time(dateTime, zone), QTimeZone(person.toLatin1()));
        QCOMPARE(found ? found->toString(Qt::ISODate) : QString(), day);
    }

    void daysOfPlanner()
    {
        const QJsonObject task{{u"dueDateTime"_s, u"2026-11-27T10:00:00Z"_s}};
        for (const char *zone : {"Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"})
            QCOMPARE(plannerItem(task, QTimeZone(zone)).due, QDate(2026, 11, 27));
        const QJsonObject late{{u"dueDateTime"_s, u"2026-11-27T23:30:00Z"_s}};
        QCOMPARE(plannerItem(late, QTimeZone("Europe/Berlin")).due, QDate(2026, 11, 28));
        QVERIFY(!plannerItem({}, QTimeZone("Europe/Berlin")).due);
    }

    void overdueIsBeforeToday()
    {
        TaskItem task{.due = today};
        QVERIFY(!task.isOverdue(today));
        task.due = today.addDays(-1);
        QVERIFY(task.isOverdue(today));
        task.isDone = true;
        QVERIFY(!task.isOverdue(today));
        QVERIFY(!TaskItem{}.isOverdue(today));
    }

    void keysSortAsThePersonDoes()
    {
        const QList<TaskItem> sorted{
            {.id = u"b"_s, .due = today.addDays(-1)},
            {.id = u"a"_s, .due = today},
            {.id = u"b"_s, .due = today},
            {.id = u"a"_s},
            {.id = u"a"_s, .due = today.addDays(-9), .isDone = true},
            {.id = u"a"_s, .isDone = true},
        };
        for (qsizetype i = 1; i < sorted.size(); ++i)
            QVERIFY(sorted.at(i - 1).key() < sorted.at(i).key());
    }

    void everythingOfToDo()
    {
        const QJsonObject task{
            {u"id"_s, u"AAMk="_s},
            {u"title"_s, u"Sign"_s},
            {u"status"_s, u"waitingOnOthers"_s},
            {u"importance"_s, u"high"_s},
            {u"isReminderOn"_s, true},
            {u"reminderDateTime"_s, time(u"2026-11-27T08:00:00.0000000"_s, u"UTC"_s)},
            {u"dueDateTime"_s, time(u"2026-11-25T23:00:00.0000000"_s, u"UTC"_s)},
            {u"body"_s,
             QJsonObject{{u"contentType"_s, u"text"_s}, {u"content"_s, u"One\r\n\r\nTwo"_s}}},
            {u"recurrence"_s,
             QJsonObject{{u"pattern"_s, QJsonObject{{u"type"_s, u"daily"_s}, {u"interval"_s, 1}}}}},
            {u"checklistItems"_s,
             QJsonArray{QJsonObject{{u"displayName"_s, u"Read"_s}, {u"isChecked"_s, true}},
                        QJsonObject{{u"displayName"_s, u"Ask"_s}, {u"isChecked"_s, false}}}},
            {u"linkedResources"_s,
             QJsonArray{QJsonObject{{u"displayName"_s, u"Budget"_s},
                                    {u"applicationName"_s, u"Outlook"_s}}}}};
        const TaskItem item = todoItem(task, u"list="_s, QTimeZone("Europe/Berlin"));
        QCOMPARE(taskRow(item, u"Tasks"_s, today, true),
                 u"due 2026-11-26 Thu, overdue\n"
                 "  Sign\n"
                 "  in Tasks; high importance; waiting for others; 1 of 2 steps done; recurs "
                 "daily; reminder 2026-11-27 09:00 +01:00\n"
                 "  | One\n  | \n  | Two\n"
                 "  | [x] Read\n  | [ ] Ask\n"
                 "  | linked: Budget (Outlook)\n"
                 "  id: AAMk="_s);
        QVERIFY(!taskRow(item, u"Tasks"_s, today, false).contains(u'|'));
    }

    void aReminderThatIsOffIsNone()
    {
        const QJsonObject task{
            {u"isReminderOn"_s, false},
            {u"reminderDateTime"_s, time(u"2026-11-27T08:00:00.0000000"_s, u"UTC"_s)}};
        QVERIFY(todoItem(task, {}, QTimeZone("Europe/Berlin")).facts.isEmpty());
    }

    void prioritiesOfPlanner_data()
    {
        QTest::addColumn<int>("priority");
        QTest::addColumn<QString>("word");
        const QStringList words{u"urgent"_s, u"urgent"_s, u"important"_s, u"important"_s,
                                u"important"_s};
        for (int priority = 0; priority <= 10; ++priority) {
            QTest::addRow("%d", priority)
                << priority << words.value(priority, priority >= 8 ? u"low priority"_s : QString());
        }
    }
    void prioritiesOfPlanner()
    {
        QFETCH(int, priority);
        QFETCH(QString, word);
        QStringList facts = plannerItem({{u"priority"_s, priority}}, QTimeZone::utc()).facts;
        facts.removeAll(u"assigned to nobody"_s);
        QCOMPARE(facts.join(u','), word);
    }

    void longOnesAreCut()
    {
        QJsonArray steps;
        for (int i = 0; i < 50; ++i)
            steps.append(QJsonObject{{u"displayName"_s, u"Step %1"_s.arg(i)}});
        const QJsonObject task{{u"title"_s, QString(400, u'x')},
                               {u"body"_s, QJsonObject{{u"content"_s, QString(5000, u'y')}}},
                               {u"checklistItems"_s, steps}};
        const TaskItem item = todoItem(task, {}, QTimeZone::utc());
        QCOMPARE(item.title, QString(250, u'x') + u'…');
        QCOMPARE(item.notes.first(), QString(1000, u'y') + u'…');
        QCOMPARE(item.notes.size(), 32);
        QCOMPARE(item.notes.last(), u"and 20 more"_s);
    }

    void nothingHides()
    {
        const QString hidden = u"a\u202e\u200bb\u2066\n\u0007c"_s;
        const QJsonObject task{
            {u"title"_s, hidden},
            {u"id"_s, hidden},
            {u"body"_s, QJsonObject{{u"content"_s, hidden}}},
            {u"checklistItems"_s, QJsonArray{QJsonObject{{u"displayName"_s, hidden}}}},
            {u"linkedResources"_s,
             QJsonArray{QJsonObject{{u"displayName"_s, hidden}, {u"applicationName"_s, hidden}}}}};
        const QString row = taskRow(todoItem(task, {}, QTimeZone::utc()), {}, today, true);
        for (const QChar c : row)
            QVERIFY(c == u'\n' || c.isPrint());
        // Only what a person typed as lines is lines.
        QCOMPARE(row.count(u'\n'), 7);
    }

    void detailsOfPlanner()
    {
        const QJsonObject details{
            {u"description"_s, u"Two sizes\r\nA1"_s},
            {u"checklist"_s,
             QJsonObject{{u"1"_s, QJsonObject{{u"title"_s, u"Texts"_s}, {u"isChecked"_s, true}}}}},
            {u"references"_s,
             QJsonObject{{u"https%3A//contoso%2Ecom"_s, QJsonObject{{u"alias"_s, u"Drafts"_s}}}}}};
        QCOMPARE(plannerNotes(details),
                 (QStringList{u"Two sizes"_s, u"A1"_s, u"[x] Texts"_s, u"linked: Drafts"_s}));
        QVERIFY(plannerNotes({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTaskItem)
#include "tst_task_item.moc"
