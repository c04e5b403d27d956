// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/client_connections.h"

#include "app/connect/config_file.h"
#include "app/connect/server_program.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace client_config {
namespace {

using Reason = ConfigProblem::Reason;

// Names an entry, not a person; no secret, as everybody who reads the file sees it.
QString newClientId(const QString &client)
{
    return u"%1-%2"_s.arg(client).arg(QRandomGenerator::system()->generate(), 8, 16, QChar(u'0'));
}

// As mcp/link's isValidClientId() says; what a person wrote may be anything.
bool isClientId(const QString &text)
{
    const auto isFine = [](QChar one) {
        return (one >= u'a' && one <= u'z') || (one >= u'0' && one <= u'9') || one == u'-';
    };
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), isFine);
}

bool isSameProgram(const QString &a, const QString &b)
{
    return a == b
        || (QDir::isAbsolutePath(a) && !QFileInfo(a).canonicalFilePath().isEmpty()
            && QFileInfo(a).canonicalFilePath() == QFileInfo(b).canonicalFilePath());
}

} // namespace

ClientConnections::ClientConnections(Machine machine, QString trayFolder, QString profile)
    : m_machine(std::move(machine))
    , m_trayFolder(std::move(trayFolder))
    , m_profile(std::move(profile))
{
}

ClientConnections ClientConnections::ofThisComputer(const QString &profile)
{
    const Machine machine{.home = QDir::homePath(), .variable = [](const QString &name) {
                              return qEnvironmentVariable(name.toLatin1().constData());
                          }};
    return {machine, QCoreApplication::applicationDirPath(), profile};
}

EntryPlace ClientConnections::placeIn(const KnownClient &client) const
{
    return {.containers = {client.container}, .name = entryName(m_profile)};
}

Checked<QString> ClientConnections::program() const
{
    return serverProgram(m_trayFolder, programFolders(m_machine));
}

Checked<std::optional<QJsonValue>> ClientConnections::entryOf(const KnownClient &client,
                                                              const QString &file) const
{
    const auto read = readFile(file);
    if (const auto *problem = problemOf(read))
        return *problem;
    const auto content = client.format().content(std::get<FileText>(read).bytes);
    if (const auto *problem = problemOf(content)) {
        ConfigProblem inFile = *problem;
        inFile.file = file;
        return inFile;
    }
    return entryIn(std::get<QJsonObject>(content), placeIn(client));
}

ClientState ClientConnections::stateOf(const KnownClient &client) const
{
    ClientState state{.id = client.id, .name = client.name};
    state.notices = client.notices;
    if (const auto made = m_made.constFind(client.id); made != m_made.constEnd()) {
        state.canUndo = true;
        state.backup = made->backup;
    }
    state.file = configFileOf(client.id, m_machine);
    if (state.file.isEmpty())
        return state;
    const auto fail = [&state](const ConfigProblem &problem) {
        state.kind = ClientState::Kind::Problem;
        state.problem = problem;
        return state;
    };
    const auto read = entryOf(client, state.file);
    if (const auto *problem = problemOf(read))
        return fail(*problem);
    const auto &entry = std::get<std::optional<QJsonValue>>(read);
    if (!entry) {
        state.kind = ClientState::Kind::NotConnected;
        const QString manager = managedBy(client.id, entryName(m_profile), m_machine);
        return manager.isEmpty()
            ? state
            : fail({.reason = Reason::Managed, .file = state.file, .what = manager});
    }
    state.program = startOf(entry->toObject()).program;
    const auto own = program();
    const bool isOurs = !problemOf(own) && isSameProgram(state.program, std::get<QString>(own));
    state.kind = isOurs ? ClientState::Kind::Connected : ClientState::Kind::OtherProgram;
    return state;
}

QList<ClientState> ClientConnections::clients() const
{
    QList<ClientState> all;
    for (const KnownClient &client : knownClients())
        all.append(stateOf(client));
    return all;
}

Checked<ClientState> ClientConnections::client(const QString &id) const
{
    if (const KnownClient *client = findClient(id))
        return stateOf(*client);
    return ConfigProblem{.reason = Reason::UnknownClient, .what = id};
}

Checked<ConfigChange> ClientConnections::plan(const QString &id, Wish wish) const
{
    const KnownClient *client = findClient(id);
    if (!client)
        return ConfigProblem{.reason = Reason::UnknownClient, .what = id};
    const QString file = configFileOf(id, m_machine);
    if (file.isEmpty())
        return ConfigProblem{.reason = Reason::ClientMissing, .what = client->name};
    if (wish == Wish::Disconnect)
        return planTake(id, file, client->format(), placeIn(*client));
    return planConnect(*client, file);
}

Checked<ConfigChange> ClientConnections::planConnect(const KnownClient &client,
                                                     const QString &file) const
{
    if (const QString manager = managedBy(client.id, entryName(m_profile), m_machine);
        !manager.isEmpty())
        return ConfigProblem{.reason = Reason::Managed, .file = file, .what = manager};
    const auto own = program();
    if (const auto *problem = problemOf(own))
        return *problem;
    const auto entry = entryOf(client, file);
    if (const auto *problem = problemOf(entry))
        return *problem;
    const auto &present = std::get<std::optional<QJsonValue>>(entry);
    const EntryStart start = startOf(present.value_or(QJsonValue()).toObject());
    // The same entry keeps its id: what the person has granted it goes on.
    const QString clientId = isClientId(start.clientId) ? start.clientId : newClientId(client.id);
    return planPut(client.id, file, client.format(), placeIn(client),
                   entryMembers(client, QDir::toNativeSeparators(std::get<QString>(own)), clientId,
                                m_profile));
}

Checked<MadeChange> ClientConnections::make(const ConfigChange &change)
{
    auto made = client_config::make(change);
    if (const auto *done = std::get_if<MadeChange>(&made); done && !change.isEmpty())
        m_made.insert(change.client, *done);
    return made;
}

std::optional<ConfigProblem> ClientConnections::undo(const QString &id)
{
    const auto made = m_made.constFind(id);
    if (made == m_made.constEnd())
        return ConfigProblem{.reason = Reason::NothingToUndo, .what = id};
    if (auto problem = client_config::undo(*made))
        return problem;
    m_made.erase(made);
    return std::nullopt;
}

} // namespace client_config
