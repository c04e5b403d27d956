// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The valet's grant per client and area: what one client was given says nothing about another.

#include "tests/mcp/support/gate_world.h"

using namespace Qt::StringLiterals;
using namespace mcp;

class TestAreaGrants : public QObject
{
    Q_OBJECT

private:
    using World = GateWorld;
    const QString m_claude = u"/usr/bin/claude"_s;
    const QString m_codex = u"/usr/bin/codex"_s;
    const QString m_calendar = u"ReadCalendar"_s;
    const QString m_mail = u"ReadMail"_s;

private Q_SLOTS:
    void modeAndMemoryDecideOnAreas_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("client"); // -1: nothing remembered
        QTest::addColumn<int>("area");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char *name, ApprovalMode mode, int client, int area,
                            Verdict verdict) {
            QTest::newRow(name) << int(mode) << client << area << int(verdict);
        };
        const int yes = int(AccessDecision::Allowed);
        const int no = int(AccessDecision::Denied);
        row("ask, new client", ApprovalMode::Ask, -1, -1, Verdict::Ask);
        row("ask, new client, area of before", ApprovalMode::Ask, -1, yes, Verdict::Ask);
        row("ask, known client, new area", ApprovalMode::Ask, yes, -1, Verdict::Ask);
        row("ask, both allowed", ApprovalMode::Ask, yes, yes, Verdict::Allow);
        row("ask, area refused", ApprovalMode::Ask, yes, no, Verdict::DenyArea);
        row("ask, client denied, area allowed", ApprovalMode::Ask, no, yes, Verdict::DenyClient);
        row("allow, new area", ApprovalMode::Allow, -1, -1, Verdict::Allow);
        row("allow, area refused", ApprovalMode::Allow, -1, no, Verdict::DenyArea);
        row("allow, client denied", ApprovalMode::Allow, no, -1, Verdict::DenyClient);
        row("deny, new client", ApprovalMode::Deny, -1, -1, Verdict::DenyClient);
        row("deny, known client, new area", ApprovalMode::Deny, yes, -1, Verdict::Ask);
        row("deny, known client, area allowed", ApprovalMode::Deny, yes, yes, Verdict::Allow);
    }
    void modeAndMemoryDecideOnAreas()
    {
        QFETCH(int, mode);
        QFETCH(int, client);
        QFETCH(int, area);
        QFETCH(int, verdict);
        const auto memory = [](int value) {
            return value < 0 ? std::nullopt : std::optional(AccessDecision(value));
        };
        QCOMPARE(int(verdictFor(ApprovalMode(mode), {memory(client), memory(area)}, Area::Mail)),
                 verdict);
    }

    void everyAreaHasItsWord()
    {
        QStringList words;
        for (const Area area : allAreas()) {
            QVERIFY(!areaWord(area).isEmpty());
            QVERIFY(areaOfWord(areaWord(area)) == area);
            words.append(areaWord(area));
        }
        QCOMPARE(words.removeDuplicates(), 0);
        QVERIFY(!areaOfWord(u"Mail"_s));
        QVERIFY(!areaOfWord({}));
    }

    void aKnownClientIsAskedAboutTheAreaOnly()
    {
        World world;
        QObject connection;
        world.store.remember(m_claude, AccessDecision::Allowed);
        const auto first = world.call(m_calendar, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.prompt.questions.first().request.area, Area::Calendar);
        QVERIFY(!world.prompt.questions.first().request.isNewClient);
        QCOMPARE(world.runs, 0);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(first->ended);
        QVERIFY(!first->result.isError);
        // Remembered, for this client and this area.
        const auto second = world.call(m_calendar, World::context(m_claude, &connection));
        QTRY_VERIFY(second->ended);
        QCOMPARE(world.prompt.questions.size(), 1);
        (void)world.call(m_mail, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 2);
        QCOMPARE(world.prompt.questions.last().request.area, Area::Mail);
    }

    void theAreaMayDependOnWhatIsAsked()
    {
        World world;
        QObject connection;
        world.store.remember(m_claude, AccessDecision::Allowed);
        Tool tool = *world.tools.find(m_mail);
        tool.name = u"ReadAny"_s;
        tool.inputSchema.insert(u"properties"_s,
                                QJsonObject{{u"part"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
        tool.areaOf = [](const QJsonObject &arguments) -> Result<Area> {
            if (const auto area = areaOfWord(arguments["part"_L1].toString()))
                return *area;
            return Error{.kind = Error::Kind::BadRequest,
                         .detail = u"no such part"_s,
                         .cause = Cause::ArgumentWrong};
        };
        QVERIFY(world.tools.add(tool).ok());
        (void)world.call(tool.name, World::context(m_claude, &connection),
                         {{u"part"_s, u"notes"_s}});
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.prompt.questions.last().request.area, Area::Notes);
        // What cannot run is no reason for a question.
        const auto refused =
            world.call(tool.name, World::context(m_claude, &connection), {{u"part"_s, u"moon"_s}});
        QTRY_VERIFY(refused->ended);
        QVERIFY(refused->result.isError);
        QVERIFY(refused->result.text.contains(u"no such part"_s));
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.runs, 0);
    }

    void oneClientsGrantGivesAnotherNothing()
    {
        World world;
        QObject one;
        QObject two;
        world.store.remember(m_claude, AccessDecision::Allowed);
        world.store.rememberArea(m_claude, Area::Calendar, AccessDecision::Allowed);
        world.store.remember(m_codex, AccessDecision::Allowed);
        const auto claude = world.call(m_calendar, World::context(m_claude, &one));
        const auto codex = world.call(m_calendar, World::context(m_codex, &two));
        QTRY_VERIFY(claude->ended);
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.prompt.questions.first().request.client.program, m_codex);
        QVERIFY(!codex->ended);
        QCOMPARE(world.runs, 1);
    }

    void aNewClientsFirstAllowAnswersBoth()
    {
        World world;
        QObject connection;
        const auto call = world.call(m_calendar, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 1);
        QVERIFY(world.prompt.questions.first().request.isNewClient);
        QCOMPARE(world.prompt.questions.first().request.area, Area::Calendar);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(call->ended);
        QVERIFY(!call->result.isError);
        QVERIFY(world.store.decisionFor(m_claude) == AccessDecision::Allowed);
        QVERIFY(world.store.areaDecisionFor(m_claude, Area::Calendar) == AccessDecision::Allowed);
        QVERIFY(!world.store.areaDecisionFor(m_claude, Area::Mail));
    }

    void aNewClientsFirstDenyIsAboutTheClient()
    {
        World world;
        QObject connection;
        const auto call = world.call(m_calendar, World::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(call->ended);
        QVERIFY(call->result.isError);
        QVERIFY(world.store.decisionFor(m_claude) == AccessDecision::Denied);
        QVERIFY(world.store.areas.isEmpty());
        const auto probe = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(probe->ended);
        QVERIFY(probe->result.isError);
        QCOMPARE(world.prompt.questions.size(), 1);
    }

    void aRefusedAreaIsRememberedAndLeavesTheRest()
    {
        World world;
        QObject connection;
        world.store.remember(m_claude, AccessDecision::Allowed);
        const auto refused = world.call(m_calendar, World::context(m_claude, &connection));
        world.prompt.questions.first().answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(refused->ended);
        QVERIFY(refused->result.isError);
        QVERIFY2(refused->result.text.contains(u"this part of their Microsoft account"_s),
                 qPrintable(refused->result.text));
        QCOMPARE(world.kept.events.size(), 1);
        QCOMPARE(world.kept.events.first().kind, ActivityEvent::Kind::AreaAccess);
        QCOMPARE(world.kept.events.first().area, u"calendar"_s);
        QCOMPARE(activityOutcome(world.kept.events.first()), "refused"_L1);
        QVERIFY(world.store.decisionFor(m_claude) == AccessDecision::Allowed);
        const auto again = world.call(m_calendar, World::context(m_claude, &connection));
        const auto probe = world.call(World::context(m_claude, &connection));
        QTRY_VERIFY(again->ended && probe->ended);
        QVERIFY(again->result.isError);
        QVERIFY(!probe->result.isError);
        QCOMPARE(world.prompt.questions.size(), 1);
        // Taken back, as in the window: asked again.
        world.store.areas.clear();
        (void)world.call(m_calendar, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 2);
    }

    void aNoOnMicrosoftsPageCountsToo()
    {
        World world;
        QObject connection;
        world.store.remember(m_claude, AccessDecision::Allowed);
        world.store.rememberArea(m_claude, Area::Calendar, AccessDecision::Allowed);
        world.hang = true;
        const auto call = world.call(m_calendar, World::context(m_claude, &connection));
        QTRY_COMPARE(world.runs, 1);
        world.hanging.answer(
            Error{.kind = Error::Kind::ConsentNeeded, .cause = Cause::ConsentDeclined});
        QTRY_VERIFY(call->ended);
        QVERIFY(call->result.isError);
        QVERIFY(world.store.areaDecisionFor(m_claude, Area::Calendar) == AccessDecision::Denied);
        const auto again = world.call(m_calendar, World::context(m_claude, &connection));
        QTRY_VERIFY(again->ended);
        QCOMPARE(world.runs, 1);
    }

    void aNoAboutTheProfileIsNotKept()
    {
        World world(ApprovalMode::Allow);
        QObject connection;
        world.hang = true;
        const auto call = world.call(World::context(m_claude, &connection));
        QTRY_COMPARE(world.runs, 1);
        world.hanging.answer(
            Error{.kind = Error::Kind::ConsentNeeded, .cause = Cause::ConsentDeclined});
        QTRY_VERIFY(call->ended);
        QVERIFY(world.store.areas.isEmpty());
        QVERIFY(world.store.decisions.isEmpty());
    }

    void oneQuestionPerProgramAtATime()
    {
        World world;
        QObject connection;
        const auto probe = world.call(World::context(m_claude, &connection));
        const auto calendar = world.call(m_calendar, World::context(m_claude, &connection));
        const auto mail = world.call(m_mail, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 1);
        world.prompt.questions[0].answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(probe->ended);
        QTRY_COMPARE(world.prompt.questions.size(), 2);
        QVERIFY(!world.prompt.questions[1].request.isNewClient);
        QCOMPARE(world.prompt.questions[1].request.area, Area::Calendar);
        QVERIFY(!calendar->ended);
        world.prompt.questions[1].answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(calendar->ended);
        QVERIFY(calendar->result.isError);
        QTRY_COMPARE(world.prompt.questions.size(), 3);
        QCOMPARE(world.prompt.questions[2].request.area, Area::Mail);
        world.prompt.questions[2].answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(mail->ended);
        QVERIFY(!mail->result.isError);
        QCOMPARE(world.runs, 2);
    }

    void aDenialAnswersWhoWaitsForOtherAreas()
    {
        World world;
        QObject connection;
        const auto probe = world.call(World::context(m_claude, &connection));
        const auto calendar = world.call(m_calendar, World::context(m_claude, &connection));
        world.prompt.questions[0].answer.answer(AccessDecision::Denied);
        QTRY_VERIFY(probe->ended && calendar->ended);
        QVERIFY(probe->result.isError && calendar->result.isError);
        QCOMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.runs, 0);
    }

    void whoWaitsForTheNextQuestionEndsAtItsDeadlineAndByCancellation()
    {
        World world;
        QObject connection;
        const auto probe = world.call(World::context(m_claude, &connection));
        const auto late = world.call(
            m_calendar,
            World::context(m_claude, &connection, QDeadlineTimer(150, Qt::PreciseTimer)));
        const auto context = World::context(m_claude, &connection);
        const auto cancelled = world.call(m_mail, context);
        world.prompt.questions[0].answer.answer(AccessDecision::Allowed);
        QTRY_COMPARE(world.prompt.questions.size(), 2);
        QTRY_VERIFY(late->ended);
        QVERIFY(late->result.text.contains(u"has not answered yet"_s));
        context->cancellation->cancel();
        QTRY_VERIFY(cancelled->ended);
        // The question about the calendar has nobody left who waits; its client is still there.
        QCOMPARE(world.prompt.questions.size(), 2);
        QVERIFY(probe->ended);
    }

    void unknownProgramsAreAskedAboutAreasPerConnection()
    {
        World world;
        QObject one;
        QObject two;
        const auto first = world.call(m_calendar, World::context({}, &one));
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        QTRY_VERIFY(first->ended);
        const auto again = world.call(m_calendar, World::context({}, &one));
        QTRY_VERIFY(again->ended);
        QCOMPARE(world.prompt.questions.size(), 1);
        (void)world.call(m_calendar, World::context({}, &two));
        QCOMPARE(world.prompt.questions.size(), 2);
        QVERIFY(world.store.areas.isEmpty());
    }

    void aNewModeAnswersOnlyWhatItDecides()
    {
        World world;
        QObject connection;
        world.store.remember(m_claude, AccessDecision::Allowed);
        const auto waits = world.call(m_calendar, World::context(m_claude, &connection));
        QCOMPARE(world.prompt.questions.size(), 1);
        // Deny speaks of clients seen for the first time; this one is known.
        world.approvals.setMode(ApprovalMode::Deny);
        World::settle();
        QVERIFY(!waits->ended);
        QCOMPARE(world.prompt.withdrawals, 0);
        world.approvals.setMode(ApprovalMode::Allow);
        QTRY_VERIFY(waits->ended);
        QVERIFY(!waits->result.isError);
        QCOMPARE(world.prompt.withdrawals, 1);
    }
};

QTEST_GUILESS_MAIN(TestAreaGrants)
#include "tst_area_grants.moc"
