// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// App roles: the rule by itself, and on calls of tools that only this test has, with people of the
// sandbox who really sign in.

#include "mcp/access/role_rule.h"
#include "mcp/access/tool_gate.h"
#include "mcp/tools/model_messages.h"
#include "tests/auth/session_world.h"
#include "tests/mcp/support/fakes.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QString reader = u"GraphValet.Reader"_s;
const QString writer = u"GraphValet.Writer"_s;

Tool tool(const QString &name, bool isReading, std::function<void(const RequestContext &)> run)
{
    return {
        .name = name,
        .title = name,
        .description = u"Text."_s,
        .inputSchema = {{u"type"_s, u"object"_s},
                        {u"properties"_s, QJsonObject{}},
                        {u"additionalProperties"_s, false}},
        .annotations = {.readOnly = isReading},
        .handler = [run = std::move(run)](const QJsonObject &, const RequestContextPtr &context) {
            run(*context);
            return readyAsync<ToolResult>(ToolResult{.text = u"done"_s});
        }};
}

// Everything between a client's call and Entra.
struct World : SessionWorld
{
    explicit World(const QString &person)
        : approvals(&prompt, &answers, ApprovalMode::Allow)
        , recorded(&kept)
    {
        browser.setPerson(person);
        restart();
        const auto count = [this](const RequestContext &context) {
            ++runs;
            lastPrincipal = context.principal;
        };
        Tool saving = tool(u"SaveProbe"_s, false, count);
        saving.savesHere = true;
        if (!tools.add(saving).ok() || !tools.add(tool(u"ReadProbe"_s, true, count)).ok()
            || !tools.add(tool(u"WriteProbe"_s, false, count)).ok())
            qFatal("a tool breaks the rules");
        gate = std::make_unique<ToolGate>(ToolGate::Parts{.tools = &tools,
                                                          .approvals = &approvals,
                                                          .activity = &recorded,
                                                          .tokens = session.get(),
                                                          .wording = &modelMessage,
                                                          .readWording = &readMessage});
    }
    // "" where the tool ran, else what the model reads.
    QString call(const QString &name)
    {
        auto context = std::make_shared<RequestContext>();
        context->principal = session->defaultPrincipal();
        context->client.program = u"/usr/bin/claude"_s;
        context->connection = &connection;
        const int before = runs;
        const auto result = awaited(gate->call(*tools.find(name), {}, context));
        if (!result.ok())
            return u"no result"_s;
        const bool hasRun = runs > before;
        return hasRun != result->isError ? (hasRun ? QString() : result->text)
                                         : u"it ran and was refused, or the reverse"_s;
    }
    // The access token ends, while the sandbox, whose clock nobody moves, still issues valid ones.
    void endToken()
    {
        aheadSeconds += 2 * 3600;
        wallSeconds -= 2 * 3600;
    }
    QString read() { return call(u"ReadProbe"_s); }
    QString save() { return call(u"SaveProbe"_s); }
    QString write() { return call(u"WriteProbe"_s); }

    ToolRegistry tools;
    FakePrompt prompt;
    MemoryApprovals answers;
    Approvals approvals;
    KeptActivity kept;
    AccessActivity recorded;
    QObject connection;
    std::unique_ptr<ToolGate> gate;
    QString lastPrincipal;
    int runs = 0;
};

} // namespace

class TestRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRule_data()
    {
        QTest::addColumn<QStringList>("roles");
        QTest::addColumn<bool>("isRequired");
        QTest::addColumn<Cause>("reading"); // None: allowed
        QTest::addColumn<Cause>("writing");
        const auto row = [](const char *name, const QStringList &roles, bool isRequired,
                            Cause reading, Cause writing) {
            QTest::newRow(name) << roles << isRequired << reading << writing;
        };
        using enum Cause;
        row("nobody has roles, none is wanted", {}, false, None, None);
        row("one is wanted and there is none", {}, true, RoleMissing, RoleMissing);
        row("a reader reads", {reader}, false, None, WriterRoleMissing);
        row("a reader reads where a role is wanted", {reader}, true, None, WriterRoleMissing);
        row("a writer does both", {writer}, false, None, None);
        row("a writer does both where a role is wanted", {writer}, true, None, None);
        row("both", {reader, writer}, true, None, None);
        row("a role of another program", {u"Task.Approver"_s}, true, RoleMissing, RoleMissing);
        row("another role of ours", {u"GraphValet.Other"_s}, true, RoleMissing, RoleMissing);
        row("a longer name", {u"GraphValet.Writers"_s}, true, RoleMissing, RoleMissing);
        row("other letters", {u"graphvalet.writer"_s}, true, RoleMissing, RoleMissing);
    }
    void theRule()
    {
        QFETCH(QStringList, roles);
        QFETCH(bool, isRequired);
        const auto causeOf = [&](bool isReading) {
            const auto refusal = refusalByRole(roles, isRequired, isReading);
            if (refusal
                && (refusal->kind != Error::Kind::Denied
                    || nextStepFor(*refusal) != NextStep::AskAdministrator))
                return Cause::Loop;
            // Whoever looks the roles up must not skip a call that they decide.
            if (refusal && !isRoleNeeded(isRequired, isReading))
                return Cause::Loop;
            return refusal ? refusal->cause : Cause::None;
        };
        QTEST(causeOf(true), "reading");
        QTEST(causeOf(false), "writing");
    }

    void peopleOfTheTenant_data()
    {
        QTest::addColumn<QString>("person");
        QTest::addColumn<bool>("isRequired");
        QTest::addColumn<QString>("reading"); // what the refusal names
        QTest::addColumn<QString>("writing");
        const QString fine;
        QTest::newRow("no role") << u"adele"_s << false << fine << fine;
        QTest::newRow("no role, required") << u"adele"_s << true << reader << writer;
        QTest::newRow("reader") << u"megan"_s << false << fine << writer;
        QTest::newRow("reader, required") << u"megan"_s << true << fine << writer;
        QTest::newRow("writer") << u"nestor"_s << false << fine << fine;
        QTest::newRow("writer, required") << u"nestor"_s << true << fine << fine;
    }
    void peopleOfTheTenant()
    {
        QFETCH(QString, person);
        QFETCH(bool, isRequired);
        QFETCH(QString, reading);
        QFETCH(QString, writing);
        World world(person);
        world.gate->setRoleRequired(isRequired);
        // The first call finds nobody signed in; who then signs in is checked before it runs.
        const QString write = world.write();
        QCOMPARE(world.pages(), 1);
        QCOMPARE(write.isEmpty(), writing.isEmpty());
        QVERIFY2(write.contains(writing), qPrintable(write));
        QVERIFY(awaited(world.session->signIn()).ok());
        const QString read = world.read();
        QCOMPARE(read.isEmpty(), reading.isEmpty());
        QVERIFY2(read.contains(reading), qPrintable(read));
        // At Microsoft it only reads.
        QCOMPARE(world.save(), read);
        QCOMPARE(world.write().isEmpty(), writing.isEmpty());
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void whoSignsInForACallIsWhoItIsFor()
    {
        World world(u"nestor"_s);
        QCOMPARE(world.write(), QString());
        QCOMPARE(world.pages(), 1);
        QVERIFY(!world.lastPrincipal.isEmpty());
        QCOMPARE(world.lastPrincipal, world.session->defaultPrincipal());
    }

    void readingAsksNobodyWhereNoRoleIsRequired()
    {
        World world(u"megan"_s);
        QCOMPARE(world.read(), QString()); // nobody is signed in; this tool does not mind
        QCOMPARE(world.pages(), 0);
        QCOMPARE(world.lastPrincipal, QString());
    }

    void aRefusalIsWrittenDown()
    {
        World world(u"megan"_s);
        QVERIFY(awaited(world.session->signIn()).ok());
        QVERIFY(!world.write().isEmpty());
        QCOMPARE(world.kept.events.size(), 1);
        const ActivityEvent &event = world.kept.events.first();
        QCOMPARE(event.kind, ActivityEvent::Kind::RoleAccess);
        QCOMPARE(activityOutcome(event), "refused"_L1);
        QCOMPARE(event.error->cause, Cause::WriterRoleMissing);
        QCOMPARE(event.tool, u"WriteProbe"_s);
        QCOMPARE(event.principal, world.session->defaultPrincipal());
    }

    void rolesChangeWithTheNextRefresh()
    {
        World world(u"megan"_s);
        QVERIFY(awaited(world.session->signIn()).ok());
        QVERIFY(!world.write().isEmpty());
        world.tenant.setRoles(u"megan"_s, {writer});
        QVERIFY(!world.write().isEmpty()); // nothing new from Entra yet
        // A refusal does not keep the token from being renewed.
        world.endToken();
        QCOMPARE(world.write(), QString());
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.pages(), 1);
        world.tenant.setRoles(u"megan"_s, {});
        world.gate->setRoleRequired(true);
        world.endToken();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QVERIFY(world.read().contains(reader));
        // What the keychain holds is what a new process begins with.
        const auto stored = auth::TokenRecord::fromJson(world.store.entries.value(u"default"_s));
        QCOMPARE(stored->account.roles, QStringList());
    }

    void anOfflineComputerStillSaysWhichRoleIsMissing()
    {
        World world(u"megan"_s);
        QVERIFY(awaited(world.session->signIn()).ok());
        world.endToken();
        world.tenant.goAway();
        QVERIFY(world.write().contains(writer));
    }

    void aRecordWithoutRolesIsLookedUpBeforeTheCall()
    {
        World world(u"megan"_s);
        QVERIFY(awaited(world.session->signIn()).ok());
        const auto stored = auth::TokenRecord::fromJson(world.store.entries.value(u"default"_s));
        QVERIFY(stored.ok());
        auth::TokenRecord old = *stored;
        old.account.roles.reset();
        world.session->adopt(old);
        QVERIFY(!world.session->rolesOf(world.session->defaultPrincipal()));
        QVERIFY(world.write().contains(writer));
        QCOMPARE(world.session->rolesOf(world.session->defaultPrincipal()), QStringList{reader});
        QCOMPARE(world.pages(), 1);
        QCOMPARE(world.runs, 0);
    }

    void nobodySignsInAndNothingRuns()
    {
        World world(u"nestor"_s);
        world.browser.setClick(sandbox::SandboxBrowser::Click::Cancel);
        const QString text = world.write();
        QVERIFY2(text.contains(u"cancelled"_s), qPrintable(text));
        QCOMPARE(world.runs, 0);
    }

    void rolesAreOfTheirAccountOnly()
    {
        World world(u"nestor"_s);
        QVERIFY(awaited(world.session->signIn()).ok());
        QVERIFY(world.session->rolesOf(world.session->defaultPrincipal()));
        QVERIFY(!world.session->rolesOf({}));
        QVERIFY(!world.session->rolesOf(u"tid.oid"_s));
        QVERIFY(awaited(world.session->signOut()).ok());
        QVERIFY(!world.session->rolesOf({}));
    }
};

QTEST_GUILESS_MAIN(TestRoles)
#include "tst_roles.moc"
