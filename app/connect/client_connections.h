// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The AI clients of this computer and whether they are connected; connects and disconnects them.
// The face of this room: console word and window talk to it. Remembers what it made for undo(), as
// long as the process runs.

#pragma once

#include "app/connect/config_change.h"
#include "app/connect/known_clients.h"

#include <QHash>
#include <QList>

namespace client_config {

struct ClientState
{
    enum class Kind {
        Missing, // the client is not on this computer
        NotConnected,
        Connected,
        OtherProgram, // the entry starts another program than ours
        Problem
    };

    QString id;
    QString name;
    Kind kind = Kind::Missing;
    QString file = {}; // empty where the client is missing
    QString program = {}; // what its entry starts; outside text
    ConfigProblem problem = {}; // of kind Problem
    bool canUndo = false;
    QString backup = {}; // of the change that can be undone; empty where there was no file
    Notices notices = Notices::InNewSessions;
};

enum class Wish { Connect, Disconnect };

class ClientConnections
{
public:
    // trayFolder: where this program's file lies. profile: of this process.
    ClientConnections(Machine machine, QString trayFolder, QString profile);
    // Of this process and person.
    static ClientConnections ofThisComputer(const QString &profile);

    // All known clients in their order. Reads their files.
    QList<ClientState> clients() const;
    Checked<ClientState> client(const QString &id) const;

    // What would be done; nothing is written.
    Checked<ConfigChange> plan(const QString &id, Wish wish) const;
    Checked<MadeChange> make(const ConfigChange &change);
    // nullopt: the last change made to this client is undone.
    std::optional<ConfigProblem> undo(const QString &id);

private:
    ClientState stateOf(const KnownClient &client) const;
    Checked<ConfigChange> planConnect(const KnownClient &client, const QString &file) const;
    EntryPlace placeIn(const KnownClient &client) const;
    // The entry as it stands in the file; nullopt: there is none.
    Checked<std::optional<QJsonValue>> entryOf(const KnownClient &client,
                                               const QString &file) const;
    Checked<QString> program() const;

    Machine m_machine;
    QString m_trayFolder;
    QString m_profile;
    QHash<QString, MadeChange> m_made; // the last one of each client
};

} // namespace client_config
