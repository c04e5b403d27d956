// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// To Do and Planner of the sandbox: they answer and refuse as Graph's documentation says.

#include "tests/sandbox/planner.h"
#include "tests/sandbox/sandbox_client.h"
#include "tests/sandbox/todo.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace sandbox;

class TestSandboxTasks : public QObject
{
    Q_OBJECT

private:
    SandboxClient::Answer ask(const QString &pathAndQuery, const QString &person = u"adele"_s,
                              const QStringList &scopes = {u"Tasks.Read"_s})
    {
        return m_client->send(
            "GET", QUrl(m_tenant->graphUrl().toString() + pathAndQuery), {},
            {{"Authorization", "Bearer " + m_tenant->issueAccessToken(person, scopes)}});
    }
    static QString listPath(int index)
    {
        return u"/v1.0/me/todo/lists/"_s
            + Todo::lists(*personByKey(u"adele"_s)).at(index)["id"_L1].toString() + u"/tasks"_s;
    }

    std::unique_ptr<SandboxTenant> m_tenant;
    std::unique_ptr<SandboxClient> m_client;

private Q_SLOTS:
    void init()
    {
        m_tenant = std::make_unique<SandboxTenant>();
        QVERIFY(m_tenant->listen());
        m_client = std::make_unique<SandboxClient>(m_tenant.get());
    }

    void bothNeedTheirScope()
    {
        for (const QString &path : {u"/v1.0/me/todo/lists"_s, u"/v1.0/me/planner/tasks"_s}) {
            QCOMPARE(ask(path).status, 200);
            QCOMPARE(ask(path, u"adele"_s, {u"User.Read"_s}).status, 403);
        }
    }

    void listsHaveGraphsShape()
    {
        const QJsonObject first = ask(u"/v1.0/me/todo/lists"_s).json()["value"_L1][0].toObject();
        QCOMPARE(first["wellknownListName"_L1].toString(), u"defaultList"_s);
        QCOMPARE(first["displayName"_L1].toString(), u"Tasks"_s);
    }

    void openTasksAndWhatIsExpanded()
    {
        const QJsonArray all = ask(listPath(0)).json()["value"_L1].toArray();
        const QJsonArray open =
            ask(listPath(0) + u"?$filter=status ne 'completed'&$expand=checklistItems"_s)
                .json()["value"_L1]
                .toArray();
        QCOMPARE(all.size(), 5);
        QCOMPARE(open.size(), 4);
        QVERIFY(!all[0].toObject().contains("checklistItems"_L1));
        QCOMPARE(open[0]["checklistItems"_L1].toArray().size(), 3);
        QVERIFY(!open[0].toObject().contains("linkedResources"_L1));
        QCOMPARE(open[0]["dueDateTime"_L1]["timeZone"_L1].toString(), u"UTC"_s);
    }

    void longListsComeInPages()
    {
        const QJsonObject page = ask(listPath(2) + u"?$top=100"_s).json();
        QCOMPARE(page["value"_L1].toArray().size(), 100);
        const QUrl next(page["@odata.nextLink"_L1].toString());
        const QJsonObject last = ask(next.path() + u'?' + next.query(QUrl::FullyEncoded)).json();
        QCOMPARE(last["value"_L1].toArray().size(), 30);
        QVERIFY(!last.contains("@odata.nextLink"_L1));
    }

    void whatGraphRefusesIsRefused()
    {
        QCOMPARE(ask(listPath(0) + u"?$select=title"_s).status, 400);
        QCOMPARE(ask(listPath(0) + u"?$orderby=title"_s).status, 400);
        QCOMPARE(ask(listPath(0) + u"?$expand=owner"_s).status, 400);
        QCOMPARE(ask(u"/v1.0/me/todo/lists/AAMkNothing=/tasks"_s).status, 404);
        QCOMPARE(ask(u"/v1.0/me/planner/tasks?$filter=percentComplete ne 100"_s).status, 400);
    }

    void plannerTasksAreThoseOfThePerson()
    {
        const QJsonArray tasks = ask(u"/v1.0/me/planner/tasks"_s).json()["value"_L1].toArray();
        const Person *adele = personByKey(u"adele"_s);
        QCOMPARE(tasks.size(), Planner::tasks(adele).size());
        QVERIFY(tasks.size() < Planner::tasks(nullptr).size());
        for (const auto &task : tasks)
            QVERIFY(task["assignments"_L1].toObject().contains(adele->objectId()));
        QCOMPARE(tasks[0]["checklistItemCount"_L1].toInt(), 3);
        QCOMPARE(tasks[0]["activeChecklistItemCount"_L1].toInt(), 1);
    }

    void plansAreForTheirMembers()
    {
        const QJsonArray tasks = ask(u"/v1.0/me/planner/tasks"_s).json()["value"_L1].toArray();
        const QString open = u"/v1.0/planner/plans/"_s + tasks.first()["planId"_L1].toString();
        const QString closed = u"/v1.0/planner/plans/"_s + tasks.last()["planId"_L1].toString();
        QCOMPARE(ask(open).json()["title"_L1].toString(), u"Spring campaign"_s);
        QCOMPARE(ask(open + u"/tasks"_s).json()["value"_L1].toArray().size(), 5);
        QCOMPARE(ask(closed).status, 403);
        QCOMPARE(ask(closed + u"/tasks"_s).status, 403);
        QCOMPARE(ask(u"/v1.0/planner/plans/aaaaaaaaaaaaaaaaaaaaaaaaaaaa"_s).status, 404);
    }

    void detailsOfATask()
    {
        const QString task = Planner::tasks(nullptr).first()["id"_L1].toString();
        const QString path = u"/v1.0/planner/tasks/%1/details"_s.arg(task);
        const QJsonObject details = ask(path).json();
        QVERIFY(details["description"_L1].toString().startsWith(u"Two sizes"_s));
        QCOMPARE(details["checklist"_L1].toObject().size(), 3);
        QCOMPARE(ask(path, u"megan"_s).status, 403);
    }

    void someHaveOnlyOneOfThem()
    {
        QCOMPARE(ask(u"/v1.0/me/todo/lists"_s, u"alex"_s).status, 404);
        QCOMPARE(ask(u"/v1.0/me/planner/tasks"_s, u"alex"_s).status, 200);
        QCOMPARE(ask(u"/v1.0/me/todo/lists"_s, u"megan"_s).status, 200);
        QCOMPARE(ask(u"/v1.0/me/planner/tasks"_s, u"megan"_s).status, 403);
    }
};

QTEST_GUILESS_MAIN(TestSandboxTasks)
#include "tst_sandbox_tasks.moc"
