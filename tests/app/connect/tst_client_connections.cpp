// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/connect_text.h"
#include "app/connect/server_program.h"
#include "tests/app/connect/client_home.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace client_config;
using Kind = ClientState::Kind;
using Reason = ConfigProblem::Reason;

class TestClientConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectsEveryClient_data();
    void connectsEveryClient();
    void findsNobodyInAnEmptyHome();
    void findsAProgramInPath();
    void keepsTheIdOfAnEntry();
    void replacesAnIdThatIsNone();
    void keepsProfilesApart();
    void tellsAnotherProgram();
    void heedsVariables();
    void undoesTheLastChange();
    void saysWhatIsManaged_data();
    void saysWhatIsManaged();
    void prefersALinkThatLasts();
    void refusesAProgramThatGoesAway();
    void hasASentenceForEveryProblem();

private:
    static ConfigChange planned(const Checked<ConfigChange> &plan)
    {
        if (const auto *problem = problemOf(plan))
            qFatal("%s", qPrintable(sentence(*problem)));
        return std::get<ConfigChange>(plan);
    }
    static QJsonObject entryOf(const QString &id, const QByteArray &text,
                               const QString &name = u"graph-valet"_s)
    {
        const KnownClient *client = findClient(id);
        const auto content = client->format().content(text);
        return entryIn(std::get<QJsonObject>(content),
                       {.containers = {client->container}, .name = name})
            .value_or(QJsonValue())
            .toObject();
    }
};

void TestClientConnections::connectsEveryClient_data()
{
    QTest::addColumn<QString>("id");
    for (const KnownClient &client : knownClients())
        QTest::newRow(qPrintable(client.id)) << client.id;
}

void TestClientConnections::connectsEveryClient()
{
    QFETCH(QString, id);
    const ClientHome home;
    auto connections = home.connections();
    const QString file = placesOf(id, home.machine()).files.value(0);
    QVERIFY2(file.startsWith(home.home() + u'/'), qPrintable(file));
    QCOMPARE(std::get<ClientState>(connections.client(id)).kind, Kind::Missing);
    QCOMPARE(problemOf(connections.plan(id, Wish::Connect))->reason, Reason::ClientMissing);

    ClientHome::write(file, {});
    QCOMPARE(std::get<ClientState>(connections.client(id)).kind, Kind::NotConnected);
    const ConfigChange change = planned(connections.plan(id, Wish::Connect));
    QCOMPARE(change.file, file);
    QCOMPARE(ClientHome::read(file), QByteArray());
    QVERIFY(!problemOf(connections.make(change)));
    QCOMPARE(std::get<ClientState>(connections.client(id)).kind, Kind::Connected);

    const QJsonObject entry = entryOf(id, ClientHome::read(file));
    const QJsonValue command = entry.value(id == "goose"_L1 ? "cmd"_L1 : "command"_L1);
    QCOMPARE(command.toString(), QDir::toNativeSeparators(home.program()));
    const QJsonArray words = entry.value("args"_L1).toArray();
    QCOMPARE(words.size(), 3);
    QCOMPARE(words.at(0).toString(), u"stdio"_s);
    QCOMPARE(words.at(1).toString(), u"--client"_s);
    const QRegularExpression shape(u"^%1-[0-9a-f]{8}$"_s.arg(id));
    QVERIFY2(shape.match(words.at(2).toString()).hasMatch(), qPrintable(words.at(2).toString()));
    const QMap<QString, QString> types{{u"claude-code"_s, u"stdio"_s},
                                       {u"vscode"_s, u"stdio"_s},
                                       {u"goose"_s, u"stdio"_s},
                                       {u"copilot"_s, u"local"_s}};
    QCOMPARE(entry.value("type"_L1).toString(), types.value(id));

    QVERIFY(planned(connections.plan(id, Wish::Connect)).isEmpty());
    QVERIFY(!problemOf(connections.make(planned(connections.plan(id, Wish::Disconnect)))));
    QCOMPARE(std::get<ClientState>(connections.client(id)).kind, Kind::NotConnected);
    QVERIFY(entryOf(id, ClientHome::read(file)).isEmpty());
    QVERIFY(planned(connections.plan(id, Wish::Disconnect)).isEmpty());
}

void TestClientConnections::findsNobodyInAnEmptyHome()
{
    const ClientHome home;
    const auto all = home.connections().clients();
    QCOMPARE(all.size(), 11);
    for (const ClientState &state : all) {
        QVERIFY2(state.kind == Kind::Missing, qPrintable(state.id));
        QVERIFY(state.file.isEmpty());
        QVERIFY(!state.name.isEmpty());
    }
    QCOMPARE(problemOf(home.connections().plan(u"nobody"_s, Wish::Connect))->reason,
             Reason::UnknownClient);
}

void TestClientConnections::findsAProgramInPath()
{
#ifdef Q_OS_WIN
    QSKIP("programs have other names there");
#endif
    ClientHome home;
    const QString folder = home.home() + u"/bin"_s;
    ClientHome::write(folder + u"/gemini"_s, "#!/bin/sh\n");
    home.variables.insert(u"PATH"_s, u"relative:"_s + folder);
    QCOMPARE(std::get<ClientState>(home.connections().client(u"gemini"_s)).kind, Kind::Missing);
    QFile::setPermissions(folder + u"/gemini"_s, QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    const auto state = std::get<ClientState>(home.connections().client(u"gemini"_s));
    QCOMPARE(state.kind, Kind::NotConnected);
    QCOMPARE(state.file, home.home() + u"/.gemini/settings.json"_s);
}

void TestClientConnections::keepsTheIdOfAnEntry()
{
    const ClientHome home;
    auto connections = home.connections();
    const QString file = home.home() + u"/.cursor/mcp.json"_s;
    ClientHome::write(file,
                      R"({"mcpServers": {"graph-valet": {"command": "/old/graph-valet",
                          "args": ["stdio", "--client", "cursor-1234abcd"], "env": {"A": "b"}}}})");
    QVERIFY(!problemOf(connections.make(planned(connections.plan(u"cursor"_s, Wish::Connect)))));
    const QJsonObject entry = entryOf(u"cursor"_s, ClientHome::read(file));
    QCOMPARE(startOf(entry).clientId, u"cursor-1234abcd"_s);
    QCOMPARE(startOf(entry).program, home.program());
    QCOMPARE(entry.value("env"_L1).toObject().value("A"_L1).toString(), u"b"_s);
}

void TestClientConnections::replacesAnIdThatIsNone()
{
    const ClientHome home;
    auto connections = home.connections();
    const QString file = home.home() + u"/.cursor/mcp.json"_s;
    ClientHome::write(file,
                      R"({"mcpServers": {"graph-valet": {"args": ["--client", "No Id; rm"]}}})");
    QVERIFY(!problemOf(connections.make(planned(connections.plan(u"cursor"_s, Wish::Connect)))));
    const QString id = startOf(entryOf(u"cursor"_s, ClientHome::read(file))).clientId;
    QVERIFY2(id.startsWith(u"cursor-"_s), qPrintable(id));
}

void TestClientConnections::keepsProfilesApart()
{
    const ClientHome home;
    const QString file = home.home() + u"/.codex/config.toml"_s;
    ClientHome::write(file, "model = 'x'\n");
    auto own = home.connections();
    auto work = home.connections(u"work"_s);
    QVERIFY(!problemOf(own.make(planned(own.plan(u"codex"_s, Wish::Connect)))));
    QCOMPARE(std::get<ClientState>(work.client(u"codex"_s)).kind, Kind::NotConnected);
    QVERIFY(!problemOf(work.make(planned(work.plan(u"codex"_s, Wish::Connect)))));
    const QJsonArray words = entryOf(u"codex"_s, ClientHome::read(file), u"graph-valet-work"_s)
                                 .value("args"_L1)
                                 .toArray();
    QCOMPARE(words.at(0).toString(), u"--profile"_s);
    QCOMPARE(words.at(1).toString(), u"work"_s);
    QVERIFY(!problemOf(own.make(planned(own.plan(u"codex"_s, Wish::Disconnect)))));
    QCOMPARE(std::get<ClientState>(work.client(u"codex"_s)).kind, Kind::Connected);
}

void TestClientConnections::tellsAnotherProgram()
{
    const ClientHome home;
    ClientHome::write(home.home() + u"/.cursor/mcp.json"_s,
                      R"({"mcpServers": {"graph-valet": {"command": "/old/graph-valet"}}})");
    const auto state = std::get<ClientState>(home.connections().client(u"cursor"_s));
    QCOMPARE(state.kind, Kind::OtherProgram);
    QVERIFY(sentence(state).contains(u"/old/graph-valet"_s));
    ClientHome::write(home.home() + u"/.cursor/mcp.json"_s, "{");
    const auto broken = std::get<ClientState>(home.connections().client(u"cursor"_s));
    QCOMPARE(broken.kind, Kind::Problem);
    QCOMPARE(broken.problem.line, 1);
}

void TestClientConnections::heedsVariables()
{
    ClientHome home;
    const QString folder = home.home() + u"/elsewhere"_s;
    QDir().mkpath(folder);
    home.variables.insert(u"CODEX_HOME"_s, folder);
    QCOMPARE(std::get<ClientState>(home.connections().client(u"codex"_s)).file,
             folder + u"/config.toml"_s);
    home.variables.insert(u"CODEX_HOME"_s, u"elsewhere"_s);
    QCOMPARE(std::get<ClientState>(home.connections().client(u"codex"_s)).kind, Kind::Missing);
}

void TestClientConnections::undoesTheLastChange()
{
    const ClientHome home;
    auto connections = home.connections();
    const QString file = home.home() + u"/.cursor/mcp.json"_s;
    QDir().mkpath(QFileInfo(file).path());
    QCOMPARE(connections.undo(u"cursor"_s)->reason, Reason::NothingToUndo);
    QVERIFY(!problemOf(connections.make(planned(connections.plan(u"cursor"_s, Wish::Connect)))));
    QVERIFY(std::get<ClientState>(connections.client(u"cursor"_s)).canUndo);
    QVERIFY(!connections.undo(u"cursor"_s));
    QVERIFY(!QFileInfo::exists(file));
    QVERIFY(!std::get<ClientState>(connections.client(u"cursor"_s)).canUndo);
    QCOMPARE(connections.undo(u"cursor"_s)->reason, Reason::NothingToUndo);
}

void TestClientConnections::saysWhatIsManaged_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isManaged");
    const auto row = [](const char *name, const QString &id, const QString &file,
                        const QByteArray &bytes, bool isManaged) {
        QTest::newRow(name) << id << file << bytes << isManaged;
    };
    const QString exclusive = u"/etc/claude-code/managed-mcp.json"_s;
    const QString settings = u"/etc/claude-code/managed-settings.json"_s;
    const QString gemini = u"/etc/gemini-cli/settings.json"_s;
    const QString code = u"/etc/vscode/policy.json"_s;
    row("a list of servers for all", u"claude-code"_s, exclusive, "{}", true);
    row("an allowlist without us", u"claude-code"_s, settings,
        R"({"allowedMcpServers": [{"serverName": "github"}]})", true);
    row("an allowlist with us", u"claude-code"_s, settings,
        R"({"allowedMcpServers": [{"serverName": "graph-valet"}]})", false);
    row("a denylist with us", u"claude-code"_s, settings,
        R"({"deniedMcpServers": [{"serverName": "graph-valet"}]})", true);
    row("other settings", u"claude-code"_s, settings, R"({"cleanupPeriodDays": 20})", false);
    row("settings that cannot be read", u"claude-code"_s, settings, "{", false);
    row("Gemini's allowlist", u"gemini"_s, gemini, R"({"mcp": {"allowed": ["corp"]}})", true);
    row("Gemini's denylist", u"gemini"_s, gemini, R"({"mcp": {"excluded": ["graph-valet"]}})",
        true);
    row("VS Code without MCP", u"vscode"_s, code, R"({"ChatMCP": "none"})", true);
    row("VS Code with a registry", u"vscode"_s, code, R"({"ChatMCP": "registry"})", true);
    row("VS Code with all", u"vscode"_s, code, R"({"ChatMCP": "all"})", false);
    row("another client's policy", u"cursor"_s, exclusive, "{}", false);
}

void TestClientConnections::saysWhatIsManaged()
{
#ifndef Q_OS_LINUX
    QSKIP("the files of other systems lie elsewhere");
#endif
    QFETCH(QString, id);
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isManaged);
    const ClientHome home;
    ClientHome::write(home.root() + file, bytes);
    ClientHome::write(placesOf(id, home.machine()).files.value(0), {});
    const auto plan = home.connections().plan(id, Wish::Connect);
    const auto state = std::get<ClientState>(home.connections().client(id));
    QCOMPARE(problemOf(plan) != nullptr, isManaged);
    QCOMPARE(state.kind, isManaged ? Kind::Problem : Kind::NotConnected);
    if (!isManaged)
        return;
    QCOMPARE(problemOf(plan)->reason, Reason::Managed);
    QVERIFY(sentence(state).contains(home.root() + file));
    // An entry that is there can still be taken away.
    QVERIFY(!problemOf(home.connections().plan(id, Wish::Disconnect)));
}

void TestClientConnections::prefersALinkThatLasts()
{
#ifdef Q_OS_WIN
    QSKIP("programs have other names there");
#endif
    ClientHome home;
    const QString folder = home.home() + u"/links"_s;
    QDir().mkpath(folder);
    QCOMPARE(std::get<QString>(serverProgram(home.programs(), {folder})), home.program());
    QVERIFY(QFile::link(home.program(), folder + u"/graph-valet"_s));
    QCOMPARE(std::get<QString>(serverProgram(home.programs(), {folder})),
             folder + u"/graph-valet"_s);
    ClientHome::write(home.home() + u"/other/graph-valet"_s, "");
    QFile::setPermissions(home.home() + u"/other/graph-valet"_s,
                          QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    QCOMPARE(std::get<QString>(serverProgram(home.programs(), {home.home() + u"/other"_s})),
             home.program());
}

void TestClientConnections::refusesAProgramThatGoesAway()
{
#ifdef Q_OS_WIN
    QSKIP("programs have other names there");
#endif
    const ClientHome home;
    QCOMPARE(problemOf(serverProgram(home.home(), {}))->reason, Reason::NoProgram);
    const QString mounted = home.home() + u"/.mount_GraphXYZ/usr/bin"_s;
    ClientHome::write(mounted + u"/graph-valet"_s, "");
    QFile::setPermissions(mounted + u"/graph-valet"_s,
                          QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    QCOMPARE(problemOf(serverProgram(mounted, {}))->reason, Reason::FleetingProgram);
}

void TestClientConnections::hasASentenceForEveryProblem()
{
    QStringList seen;
    for (int i = 0; i <= int(Reason::NothingToUndo); ++i) {
        const QString text = sentence(ConfigProblem{
            .reason = Reason(i), .file = u"/FILE"_s, .line = 12, .column = 34, .what = u"WHAT"_s});
        QVERIFY2(text.endsWith(u'.') && !text.contains(u'%'), qPrintable(text));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen.append(text);
    }
}

QTEST_GUILESS_MAIN(TestClientConnections)
#include "tst_client_connections.moc"
