// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect_report.h"

#include <QDir>
#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace client_config;

namespace connect_report {
namespace {

QJsonObject stateJson(const ClientState &state)
{
    QJsonObject object{{u"client"_s, state.id},
                       {u"name"_s, state.name},
                       {u"state"_s, stateWord(state.kind)},
                       {u"text"_s, sentence(state)},
                       {u"file"_s, QDir::toNativeSeparators(state.file)},
                       {u"canUndo"_s, state.canUndo}};
    if (!state.program.isEmpty())
        object.insert(u"program"_s, state.program);
    return object;
}

} // namespace

QJsonObject list(const ClientConnections &connections)
{
    QJsonArray clients;
    const auto states = connections.clients();
    for (const ClientState &state : states)
        clients.append(stateJson(state));
    return {{u"clients"_s, clients}};
}

Checked<QJsonObject> change(ClientConnections &connections, const QString &client, Wish wish,
                            bool isDry)
{
    const auto plan = connections.plan(client, wish);
    if (const auto *problem = problemOf(plan))
        return *problem;
    const auto &planned = std::get<ConfigChange>(plan);
    QString backup;
    if (!isDry) {
        const auto made = connections.make(planned);
        if (const auto *problem = problemOf(made))
            return *problem;
        backup = std::get<MadeChange>(made).backup;
    }
    const KnownClient *known = findClient(client);
    return QJsonObject{{u"client"_s, client},
                       {u"name"_s, known->name},
                       {u"action"_s, wish == Wish::Connect ? u"connect"_s : u"remove"_s},
                       {u"file"_s, QDir::toNativeSeparators(planned.file)},
                       {u"changes"_s, !planned.isEmpty()},
                       {u"done"_s, !isDry},
                       {u"diff"_s, preview(planned)},
                       {u"backup"_s, QDir::toNativeSeparators(backup)},
                       {u"nextStep"_s, nextStep(known->name, known->notices, wish)}};
}

Checked<QJsonObject> undo(ClientConnections &connections, const QString &client)
{
    const auto state = connections.client(client);
    if (const auto *problem = problemOf(state))
        return *problem;
    if (const auto problem = connections.undo(client))
        return *problem;
    const auto &undone = std::get<ClientState>(state);
    return QJsonObject{{u"client"_s, client},
                       {u"name"_s, undone.name},
                       {u"action"_s, u"undo"_s},
                       {u"file"_s, QDir::toNativeSeparators(undone.file)},
                       {u"changes"_s, true},
                       {u"done"_s, true},
                       {u"nextStep"_s, nextStep(undone.name, undone.notices, Wish::Disconnect)}};
}

Error error(const ConfigProblem &problem)
{
    using Reason = ConfigProblem::Reason;
    switch (problem.reason) {
    case Reason::UnknownClient:
    case Reason::NothingToUndo: return {.kind = Error::Kind::BadRequest};
    case Reason::ClientMissing: return {.kind = Error::Kind::NotFound};
    case Reason::Managed: return {.kind = Error::Kind::Denied};
    case Reason::Unproven: return {.kind = Error::Kind::Bug};
    default: return {.kind = Error::Kind::StorageFault};
    }
}

} // namespace connect_report
