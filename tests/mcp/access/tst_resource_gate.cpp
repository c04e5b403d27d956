// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reading a resource takes the path of a tool call. What the path does in detail: tst_tool_gate,
// tst_area_grants, tst_roles.

#include "tests/mcp/support/gate_world.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

class TestResourceGate : public QObject
{
    Q_OBJECT

private:
    // What came of it, once it came.
    static Result<QString> awaited(const std::shared_ptr<GateWorld::Reading> &reading)
    {
        if (!QTest::qWaitFor([&] { return reading->text.has_value(); }))
            return Error{.detail = u"nothing came"_s};
        return *reading->text;
    }

private Q_SLOTS:
    void thePersonIsAskedAboutTheAreaOfTheResource()
    {
        GateWorld world;
        QObject connection;
        const auto reading = world.read(world.context(u"/bin/client"_s, &connection));
        QTRY_COMPARE(world.prompt.questions.size(), 1);
        QCOMPARE(world.prompt.questions.first().request.area, Area::Calendar);
        QCOMPARE(world.runs, 0);
        world.prompt.questions.first().answer.answer(AccessDecision::Allowed);
        const auto text = awaited(reading);
        QVERIFY(text.ok());
        QCOMPARE(*text, u"read"_s);
        QCOMPARE(world.store.areas.value({u"/bin/client"_s, Area::Calendar}),
                 AccessDecision::Allowed);
    }

    void aNoOfThePersonIsAnErrorInTheModelsWordsAndALine()
    {
        GateWorld world(ApprovalMode::Deny);
        QObject connection;
        const auto text = awaited(world.read(world.context(u"/bin/client"_s, &connection)));
        QVERIFY(!text.ok());
        QCOMPARE(text.error().kind, Error::Kind::Denied);
        QVERIFY2(text.error().detail.startsWith(u"The person or their organisation does not"_s),
                 qPrintable(text.error().detail));
        QCOMPARE(world.runs, 0);
        QCOMPARE(world.kept.events.size(), 1);
        QCOMPARE(world.kept.events.first().tool, u"graph://calendar"_s);
    }

    void aPartThatIsSwitchedOffIsNotRead()
    {
        GateWorld world(ApprovalMode::Allow);
        AreaSet areas = AreaSet::all();
        areas.remove(Area::Calendar);
        world.gate.setAreas(areas);
        QObject connection;
        const auto text = awaited(world.read(world.context(u"/bin/client"_s, &connection)));
        QVERIFY(!text.ok());
        QVERIFY2(text.error().detail.contains(u"switched off"_s), qPrintable(text.error().detail));
        QCOMPARE(world.runs, 0);
    }

    void aRoleThatIsMissingRefuses()
    {
        GateWorld world(ApprovalMode::Allow);
        world.gate.setRoleRequired(true);
        QObject connection;
        const auto refused = awaited(world.read(world.context(u"/bin/client"_s, &connection)));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, Error::Kind::Denied);
        QVERIFY(refused.error().detail.contains(u"GraphValet.Reader"_s));
        QCOMPARE(world.runs, 0);
        // The role to read is enough: no resource changes anything.
        world.tokens.roles = QStringList{u"GraphValet.Reader"_s};
        QVERIFY(awaited(world.read(world.context(u"/bin/client"_s, &connection))).ok());
        // Whoever the roles were checked for is whom it is read for.
        QCOMPARE(world.readFor, QStringList{world.tokens.principal});
    }

    void aFailureIsWordedAndNoDetailOfOursGoesOut()
    {
        GateWorld world(ApprovalMode::Allow);
        QObject connection;
        world.readAnswer = readyAsync<QString>(
            Error{.kind = Error::Kind::Offline, .detail = u"host graph.example: refused"_s});
        const auto text = awaited(world.read(world.context(u"/bin/client"_s, &connection)));
        QVERIFY(!text.ok());
        QCOMPARE(text.error().kind, Error::Kind::Offline);
        QCOMPARE(text.error().detail, readMessage({.kind = Error::Kind::Offline}));
    }

    void aReadingThatHangsIsCutOff()
    {
        GateWorld world(ApprovalMode::Allow, 0ms);
        const Promised<QString> hanging;
        world.readAnswer = hanging.future();
        QObject connection;
        const auto context = world.context(u"/bin/client"_s, &connection, QDeadlineTimer(0ms));
        const auto text = awaited(world.read(context));
        QVERIFY(!text.ok());
        QCOMPARE(text.error().kind, Error::Kind::Timeout);
        QVERIFY(context->cancellation->isCancelled());
    }

    void aReadingThatIsWithdrawnEndsAndWithdrawsItsQuestion()
    {
        GateWorld world;
        QObject connection;
        const auto context = world.context(u"/bin/client"_s, &connection);
        const auto reading = world.read(context);
        QTRY_COMPARE(world.prompt.questions.size(), 1);
        context->cancellation->cancel();
        const auto text = awaited(reading);
        QVERIFY(!text.ok());
        QCOMPARE(text.error().kind, Error::Kind::Cancelled);
        QTRY_COMPARE(world.prompt.withdrawals, 1);
        QCOMPARE(world.runs, 0);
    }
};

QTEST_GUILESS_MAIN(TestResourceGate)
#include "tst_resource_gate.moc"
