// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mcp/support/gate_world.h"

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestToolGate : public QObject
{
    Q_OBJECT

private:
    using World = GateWorld;
    const QString m_claude = u"/usr/bin/claude"_s;

private Q_SLOTS:
    void modeAndMemoryDecide_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("remembered"); // -1: nothing
        QTest::addColumn<int>("verdict");
        const auto row = [](const char *name, ApprovalMode mode, int remembered, Verdict verdict) {
            QTest::newRow(name) << int(mode) << remembered << int(verdict);
        };
        const int allowed = int(AccessDecision::Allowed);
        const int denied = int(AccessDecision::Denied);
        row("ask, new", ApprovalMode::Ask, -1, Verdict::Ask);
        row("ask, allowed before", ApprovalMode::Ask, allowed, Verdict::Allow);
        row("ask, denied before", ApprovalMode::Ask, denied, Verdict::DenyClient);
        row("allow, new", ApprovalMode::Allow, -1, Verdict::Allow);
        row("allow, denied before", ApprovalMode::Allow, denied, Verdict::DenyClient);
        row("deny, new", ApprovalMode::Deny, -1, Verdict::DenyClient);
        row("deny, allowed before", ApprovalMode::Deny, allowed, Verdict::Allow);
    }
    void modeAndMemoryDecide()
    {
        QFETCH(int, mode);
        QFETCH(int, remembered);
        QFETCH(int, verdict);
        const auto memory =
            remembered < 0 ? std::nullopt : std::optional(AccessDecision(remembered));
        QCOMPARE(int(verdictFor(ApprovalMode(mode), {memory, {}}, Area::Profile)), verdict);
    }

    void wrongArgumentsAskNobody()
    {
        World world;
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection), {{u"x"_s, 1}});
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.isError);
        QVERIFY(outcome->result.text.contains(u"Unknown argument"_s));
        QVERIFY(world.prompt.questions.isEmpty());
        QCOMPARE(world.runs, 0);
    }

    void anAllowedClientRunsAndIsRemembered()
    {
        World world;
        QObject connection;
        const auto first = world.call(World::context(m_claude, &connection));
        World::settle();
        QVERIFY(!first->ended);
        QCOMPARE(world.runs, 0);
        QCOMPARE(world.prompt.questions.size(), 1);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(first->ended);
        QCOMPARE(first->result.text, u"done"_s);
        QVERIFY(world.store.decisions.value(m_claude) == AccessDecision::Allowed);
        const auto second = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(second->ended);
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.runs, 2);
    }

    void aPauseRefusesBeforeAnybodyIsAsked()
    {
        World world;
        world.pause = CallPause{};
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.isError);
        QVERIFY(outcome->result.text.contains(u"has paused Graph Valet"_s));
        QVERIFY(world.prompt.questions.isEmpty());
        QCOMPARE(world.runs, 0);
        const auto reading = world.read(World::context(m_claude, &connection));
        QTRY_VERIFY(reading->text);
        QVERIFY(reading->text->error().detail.contains(u"has paused Graph Valet"_s));
        world.pause = std::nullopt;
        world.store.decisions.insert(m_claude, AccessDecision::Allowed);
        const auto after = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(after->ended);
        QCOMPARE(after->result.text, u"done"_s);
    }

    // One waits for the person, one for Graph.
    void aPauseEndsWhatIsUnderWay()
    {
        World world;
        world.hang = true;
        world.store.decisions.insert(m_claude, AccessDecision::Allowed);
        QObject connection;
        const auto context = World::context(m_claude, &connection);
        const auto working = world.call(context);
        const auto asking = world.call(World::context(u"/usr/bin/other"_s, &connection));
        World::settle();
        QCOMPARE(world.runs, 1);
        QCOMPARE(world.prompt.questions.size(), 1);
        world.gate.heedPause(); // there is none
        World::settle();
        QVERIFY(!working->ended && !asking->ended);
        world.pause = CallPause{};
        world.gate.heedPause();
        QTRY_VERIFY(working->ended && asking->ended);
        QVERIFY(working->result.text.contains(u"has paused Graph Valet"_s));
        QVERIFY(context->cancellation->isCancelled());
        QVERIFY(asking->result.isError);
        world.hanging.answer(ToolResult{.text = u"late"_s});
        World::settle();
        QVERIFY(working->result.isError);
    }

    // Nobody is asked about what is switched off, and what was granted before does not count.
    void aPartThatIsSwitchedOffIsNotUsed()
    {
        World world;
        QObject connection;
        world.store.decisions.insert(m_claude, AccessDecision::Allowed);
        AreaSet areas = AreaSet::all();
        areas.remove(Area::Calendar);
        world.gate.setAreas(areas);
        const auto off = world.call(u"ReadCalendar"_s, World::context(m_claude, &connection));
        QTRY_VERIFY(off->ended);
        QVERIFY(off->result.isError);
        QVERIFY2(off->result.text.contains(u"switched off"_s), qPrintable(off->result.text));
        QVERIFY(world.prompt.questions.isEmpty());
        QCOMPARE(world.runs, 0);
        const auto on = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(on->ended);
        QVERIFY(!on->result.isError);
    }

    void aDeniedClientIsToldAndRemembered()
    {
        World world;
        QObject connection;
        const auto first = world.call(World::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(first->ended);
        QVERIFY(first->result.isError);
        QVERIFY(first->result.text.contains(u"does not allow"_s));
        QVERIFY(world.store.decisions.value(m_claude) == AccessDecision::Denied);
        const auto second = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(second->ended);
        QVERIFY(second->result.isError);
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.runs, 0);
    }

    void callsOfOneProgramShareAQuestionAndProgramsDoNot()
    {
        World world;
        QObject one;
        QObject two;
        const auto a = world.call(World::context(m_claude, &one));
        const auto b = world.call(World::context(m_claude, &one));
        const auto c = world.call(World::context(m_claude, &two));
        const auto other = world.call(World::context(u"/usr/bin/codex"_s, &two));
        QCOMPARE(world.prompt.questions.size(), 2);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(a->ended && b->ended && c->ended);
        QCOMPARE(world.runs, 3);
        World::settle();
        QVERIFY(!other->ended);
    }

    void allowModeAsksAndRemembersNothing()
    {
        World world(ApprovalMode::Allow);
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        QVERIFY(!outcome->result.isError);
        QVERIFY(world.prompt.questions.isEmpty());
        QVERIFY(world.store.decisions.isEmpty());
    }

    void denyModeAsksAndRemembersNothing()
    {
        World world(ApprovalMode::Deny);
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.isError);
        QVERIFY(world.prompt.questions.isEmpty());
        QVERIFY(world.store.decisions.isEmpty());
    }

    void whereNobodyCanBeAskedTheModelLearnsWhatToChange()
    {
        World world;
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(
            Error{.kind = Error::Kind::Denied,
                  .detail = u"there is no display; set GRAPH_VALET_CLIENT_APPROVAL."_s});
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.text.contains(u"GRAPH_VALET_CLIENT_APPROVAL"_s));
        QVERIFY(world.store.decisions.isEmpty());
        // The next call asks again: nothing was decided.
        (void)world.call(World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 2);
    }

    void atTheDeadlineTheCallEndsAndTheQuestionStays()
    {
        World world;
        QObject connection;
        const auto first =
            world.call(World::context(m_claude, &connection, QDeadlineTimer(50, Qt::PreciseTimer)));
        QTRY_VERIFY(first->ended);
        QVERIFY(first->result.isError);
        QVERIFY(first->result.text.contains(u"has not answered yet"_s));
        QCOMPARE(world.prompt.withdrawals, 0);
        const auto second = world.call(World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 1); // it joins
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(second->ended);
        QVERIFY(!second->result.isError);
        QCOMPARE(world.runs, 1); // the first one's call ran nothing
    }

    void anAnswerAfterTheDeadlineServesTheNextCall()
    {
        World world;
        QObject connection;
        const auto first =
            world.call(World::context(m_claude, &connection, QDeadlineTimer(50, Qt::PreciseTimer)));
        QTRY_VERIFY(first->ended);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(world.store.decisions.contains(m_claude));
        QCOMPARE(world.runs, 0);
        const auto second = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(second->ended);
        QVERIFY(!second->result.isError);
        QCOMPARE(world.prompt.questions.size(), 1);
    }

    void aCancelledCallWithdrawsItsQuestionUnlessOthersWait()
    {
        World world;
        QObject one;
        QObject two;
        const auto contextOne = World::context(m_claude, &one);
        const auto contextTwo = World::context(m_claude, &two);
        const auto a = world.call(contextOne);
        const auto b = world.call(contextTwo);
        contextOne->cancellation->cancel();
        QTRY_VERIFY(a->ended);
        QCOMPARE(world.prompt.withdrawals, 0);
        contextTwo->cancellation->cancel();
        QTRY_VERIFY(b->ended);
        QCOMPARE(world.prompt.withdrawals, 1);
        World::settle();
        QVERIFY(world.store.decisions.isEmpty());
        QCOMPARE(world.runs, 0);
        (void)world.call(World::context(m_claude, &one));
        QCOMPARE(world.prompt.questions.size(), 2);
    }

    void theQuestionGoesWithItsLastClientAlsoAfterADeadline()
    {
        World world;
        auto one = std::make_unique<QObject>();
        auto two = std::make_unique<QObject>();
        const QDeadlineTimer soon(50, Qt::PreciseTimer);
        const auto a = world.call(World::context(m_claude, one.get(), soon));
        const auto b = world.call(World::context(m_claude, two.get(), soon));
        QTRY_VERIFY(a->ended && b->ended);
        one.reset();
        QCOMPARE(world.prompt.withdrawals, 0);
        two.reset();
        QCOMPARE(world.prompt.withdrawals, 1);
    }

    void anAllowanceThatComesTogetherWithACancelRunsNothing()
    {
        World world;
        QObject connection;
        const auto context = World::context(m_claude, &connection);
        const auto outcome = world.call(context);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        context->cancellation->cancel();
        World::settle();
        QCOMPARE(world.runs, 0);
    }

    void unknownProgramsAreAskedPerConnectionAndNeverRemembered()
    {
        World world;
        auto one = std::make_unique<QObject>();
        QObject two;
        const auto a = world.call(World::context({}, one.get()));
        const auto b = world.call(World::context({}, &two));
        QCOMPARE(world.prompt.questions.size(), 2);
        world.prompt.questions[0].answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(a->ended);
        QVERIFY(!a->result.isError);
        QVERIFY(!b->ended);
        QVERIFY(world.store.decisions.isEmpty());
        // For the life of this connection only.
        const auto again = world.call(World::context({}, one.get()));
        QTRY_VERIFY(again->ended);
        QCOMPARE(world.prompt.questions.size(), 2);
        one.reset();
        QObject three;
        (void)world.call(World::context({}, &three));
        QCOMPARE(world.prompt.questions.size(), 3);
    }

    void aNewModeAnswersWhoWaits_data()
    {
        QTest::addColumn<bool>("allow");
        QTest::newRow("allow") << true;
        QTest::newRow("deny") << false;
    }
    void aNewModeAnswersWhoWaits()
    {
        QFETCH(bool, allow);
        World world;
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        world.approvals.setMode(allow ? ApprovalMode::Allow : ApprovalMode::Deny);
        QTRY_VERIFY(outcome->ended);
        QCOMPARE(outcome->result.isError, !allow);
        QCOMPARE(world.prompt.withdrawals, 1);
        World::settle();
        QVERIFY(world.store.decisions.isEmpty());
    }

    void aToolThatHangsIsCutOff()
    {
        World world(ApprovalMode::Allow, 20ms);
        world.hang = true;
        QObject connection;
        const auto context =
            World::context(m_claude, &connection, QDeadlineTimer(30, Qt::PreciseTimer));
        const auto outcome = world.call(context);
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.isError);
        QVERIFY(outcome->result.text.contains(u"in time"_s));
        QVERIFY(context->cancellation->isCancelled());
        world.hanging.answer(ToolResult{.text = u"too late"_s});
        World::settle();
        QVERIFY(outcome->result.isError);
    }

    void anErrorOfAToolIsWordedForTheModel()
    {
        World world(ApprovalMode::Allow);
        world.hang = true;
        world.hanging.answer(
            Error{.kind = Error::Kind::Forbidden, .serviceCode = u"ErrorAccessDenied"_s});
        QObject connection;
        const auto outcome = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(outcome->ended);
        QVERIFY(outcome->result.isError);
        QVERIFY(outcome->result.text.contains(u"ErrorAccessDenied"_s));
    }

    void aRefusedClientIsWrittenDownOnceAMinute()
    {
        World world(ApprovalMode::Deny);
        QObject connection;
        const auto context = World::context(m_claude, &connection);
        context->principal = u"tenant.person"_s;
        context->client.claimedName = u"Claude"_s;
        for (int i = 0; i < 3; ++i) {
            const auto outcome = world.call(context);
            QTRY_VERIFY(outcome->ended);
        }
        QCOMPARE(world.kept.events.size(), 1);
        const ActivityEvent &event = world.kept.events.first();
        QCOMPARE(event.kind, ActivityEvent::Kind::ClientAccess);
        QCOMPARE(activityOutcome(event), "refused"_L1);
        QCOMPARE(event.principal, u"tenant.person"_s);
        QCOMPARE(event.client.program, m_claude);
        QCOMPARE(event.client.name, u"Claude"_s);
        QCOMPARE(event.tool, u"Probe"_s);
        const auto other = world.call(World::context(u"/usr/bin/codex"_s, &connection));
        QTRY_VERIFY(other->ended);
        QCOMPARE(world.kept.events.size(), 2);
        world.now += 1min;
        const auto later = world.call(context);
        QTRY_VERIFY(later->ended);
        QCOMPARE(world.kept.events.size(), 3);
    }

    void thePersonsNoIsWrittenDownAndTheirSilenceIsNot()
    {
        World world;
        QObject connection;
        const auto late =
            world.call(World::context(m_claude, &connection, QDeadlineTimer(50, Qt::PreciseTimer)));
        QTRY_VERIFY(late->ended);
        QCOMPARE(world.kept.events.size(), 0);
        const auto refused = world.call(World::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(refused->ended);
        QCOMPARE(world.kept.events.size(), 1);
        // Nobody there to be asked is a no, too.
        const auto alone = world.call(World::context(u"/usr/bin/codex"_s, &connection));
        world.prompt.questions.last().answer.answer(
            Error{.kind = Error::Kind::Denied, .detail = u"there is no display"_s});
        QTRY_VERIFY(alone->ended);
        QCOMPARE(world.kept.events.size(), 2);
    }

    void everythingMayGoWhileAQuestionIsOpen()
    {
        auto world = std::make_unique<World>();
        QObject connection;
        const auto context = World::context(m_claude, &connection);
        (void)world->call(context);
        QCOMPARE(world->prompt.questions.size(), 1);
        world.reset();
        context->cancellation->cancel();
        World::settle();
    }
};

QTEST_GUILESS_MAIN(TestToolGate)
#include "tst_tool_gate.moc"
