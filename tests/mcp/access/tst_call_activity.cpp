// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A call is seen when it begins, and written down once when it ends, however that is.

#include "tests/mcp/support/gate_world.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestCallActivity : public QObject
{
    Q_OBJECT

private:
    const QString m_claude = u"/usr/bin/claude"_s;

    // What is left of a call that has ended once.
    static ActivityEvent onlyCall(const GateWorld &world)
    {
        return world.kept.calls.size() == 1 && world.kept.begun.size() == 1
            ? world.kept.calls.first()
            : ActivityEvent{.kind = ActivityEvent::Kind::SignOut};
    }

private Q_SLOTS:
    void aCallIsSeenAtOnceAndEndsInTheSameRow()
    {
        GateWorld world(ApprovalMode::Allow);
        world.hang = true;
        QObject connection;
        const auto context = GateWorld::context(m_claude, &connection);
        context->principal = u"tenant.person"_s;
        context->client.claimedName = u"Claude"_s;
        const auto outcome = world.call(context);
        GateWorld::settle();
        QCOMPARE(world.kept.begun.size(), 1);
        QCOMPARE(world.kept.calls.size(), 0);
        world.now += 1234567us;
        world.hanging.answer(ToolResult{.text = u"grün"_s});
        QTRY_VERIFY(outcome->ended);
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(event.kind, ActivityEvent::Kind::ToolCall);
        QCOMPARE(event.call, world.kept.begun.first().call);
        QCOMPARE(event.principal, u"tenant.person"_s);
        QCOMPARE(event.client.program, m_claude);
        QCOMPARE(event.client.name, u"Claude"_s);
        QCOMPARE(event.tool, u"Probe"_s);
        QCOMPARE(event.words, u"Probe"_s); // its title: it has no words
        QCOMPARE(event.duration, 1235ms);
        QCOMPARE(event.bytes, 5);
        QCOMPARE(activityOutcome(event), "ok"_L1);
    }

    void callsAreToldApart()
    {
        GateWorld world(ApprovalMode::Allow);
        QObject connection;
        for (int i = 0; i < 3; ++i) {
            const auto outcome = world.call(GateWorld::context(m_claude, &connection));
            QTRY_VERIFY(outcome->ended);
        }
        QSet<quint64> numbers;
        for (const ActivityEvent &event : world.kept.calls)
            numbers.insert(event.call);
        QCOMPARE(numbers.size(), 3);
        QVERIFY(!numbers.contains(0));
    }

    void wrongArgumentsAreACallToo()
    {
        GateWorld world;
        QObject connection;
        const auto outcome = world.call(GateWorld::context(m_claude, &connection), {{u"x"_s, 1}});
        QTRY_VERIFY(outcome->ended);
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(activityOutcome(event), "failed"_L1);
        QCOMPARE(event.error->kind, Error::Kind::BadRequest);
        QCOMPARE(event.error->cause, Cause::ArgumentWrong);
        QCOMPARE(event.bytes, outcome->result.text.toUtf8().size());
    }

    void aRefusalIsACallToo()
    {
        GateWorld world(ApprovalMode::Deny);
        QObject connection;
        const auto outcome = world.call(GateWorld::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(activityOutcome(event), "refused"_L1);
        QVERIFY(event.bytes > 0); // the sentence for the model
    }

    void aWithdrawnCallEndsOnceAndSentNothing()
    {
        GateWorld world(ApprovalMode::Allow);
        world.hang = true;
        QObject connection;
        const auto context = GateWorld::context(m_claude, &connection);
        const auto outcome = world.call(context);
        GateWorld::settle();
        context->cancellation->cancel();
        QTRY_VERIFY(outcome->ended);
        world.hanging.answer(ToolResult{.text = u"too late"_s});
        GateWorld::settle();
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(activityOutcome(event), "cancelled"_L1);
        QCOMPARE(event.bytes, 0);
    }

    void aCallWithdrawnWhileThePersonIsAskedEndsOnce()
    {
        GateWorld world;
        QObject connection;
        const auto context = GateWorld::context(m_claude, &connection);
        const auto outcome = world.call(context);
        context->cancellation->cancel();
        QTRY_VERIFY(outcome->ended);
        GateWorld::settle();
        QCOMPARE(activityOutcome(onlyCall(world)), "cancelled"_L1);
    }

    void aCallThatHangsEndsAtItsDeadline()
    {
        GateWorld world(ApprovalMode::Allow, 20ms);
        world.hang = true;
        QObject connection;
        const auto outcome = world.call(
            GateWorld::context(m_claude, &connection, QDeadlineTimer(30, Qt::PreciseTimer)));
        QTRY_VERIFY(outcome->ended);
        world.hanging.answer(ToolResult{.text = u"too late"_s});
        GateWorld::settle();
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(activityOutcome(event), "failed"_L1);
        QCOMPARE(event.error->kind, Error::Kind::Timeout);
    }

    void whatGraphSaysIsNamed()
    {
        GateWorld world(ApprovalMode::Allow);
        world.hang = true;
        world.hanging.answer(Error{.kind = Error::Kind::NotFound,
                                   .serviceCode = u"ErrorItemNotFound"_s,
                                   .requestId = u"9f-2"_s});
        QObject connection;
        const auto outcome = world.call(GateWorld::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(event.error->serviceCode, u"ErrorItemNotFound"_s);
        QCOMPARE(event.error->requestId, u"9f-2"_s);
    }

    void anAttachedResourceIsACallToo()
    {
        GateWorld world(ApprovalMode::Allow);
        QObject connection;
        const auto reading = world.read(GateWorld::context(m_claude, &connection));
        QTRY_VERIFY(reading->text);
        const ActivityEvent event = onlyCall(world);
        QCOMPARE(event.tool, u"graph://calendar"_s);
        QCOMPARE(event.words, u"Attach “Calendar”"_s);
        QCOMPARE(event.bytes, 4);
    }

    void whoeverSignedInForTheCallIsNamed()
    {
        GateWorld world(ApprovalMode::Allow);
        world.gate.setRoleRequired(true);
        world.tokens.roles = QStringList{u"GraphValet.Writer"_s};
        QObject connection;
        const auto outcome = world.call(GateWorld::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        QCOMPARE(onlyCall(world).principal, u"tenant.person"_s);
    }

    void grantsAreWrittenDown()
    {
        GateWorld world;
        QObject connection;
        connect(&world.approvals, &Approvals::answered, &connection,
                [&](const AccessRequest &request, AccessDecision decision) {
                    if (decision == AccessDecision::Allowed)
                        world.activity.allowed(request);
                });
        const auto first = world.call(u"ReadCalendar"_s, GateWorld::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(first->ended);
        const auto second = world.call(u"ReadMail"_s, GateWorld::context(m_claude, &connection));
        world.prompt.questions.last().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(second->ended);
        QStringList seen;
        for (const ActivityEvent &event : world.kept.events) {
            seen.append(activityName(event.kind) + u' ' + event.area + u' '
                        + activityOutcome(event));
            QCOMPARE(event.client.program, m_claude);
        }
        QCOMPARE(seen,
                 (QStringList{u"clientAccess  ok"_s, u"areaAccess calendar ok"_s,
                              u"areaAccess mail ok"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCallActivity)
#include "tst_call_activity.moc"
