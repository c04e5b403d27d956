// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The AI clients that this program can connect: a table of their names, the shape of an entry, and
// where their files lie. What differs between systems is in client_places_<platform>.

#pragma once

#include "app/connect/config_format.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace client_config {

// Whose computer it is; tests give one of their own.
struct Machine
{
    QString home;
    std::function<QString(const QString &)> variable; // of the environment; empty where not set
    QString systemRoot = {}; // before absolute folders of the system
};

// What a client insists on beside command and args.
enum class EntryShape {
    Plain,
    Stdio, // "type": "stdio"
    Copilot, // "type": "local", "tools": ["*"]
    Zed, // "source": "custom"
    Goose // names of its own
};

// When the client reads its file.
enum class Notices {
    AtOnce,
    AtItsStart, // it has to be quit and started again
    InNewSessions
};

struct KnownClient
{
    QString id; // what a person types
    QString name;
    const ConfigFormat &(*format)();
    QString container; // of the entries in the document
    EntryShape shape = EntryShape::Plain;
    Notices notices = Notices::InNewSessions;
};

// In the order in which they are shown.
const QList<KnownClient> &knownClients();
const KnownClient *findClient(const QString &id);

struct ClientPlaces
{
    QStringList files; // the first one that is there is the client's; none: the first one
    QStringList signs; // files and folders of which one is there where the client is
    QStringList programs; // names in PATH that tell the same
};

ClientPlaces placesOf(const QString &id, const Machine &machine);
// The client's file; empty where the client is not on this computer.
QString configFileOf(const QString &id, const Machine &machine);
// Names what says that the organisation decides about servers; empty where nothing does.
QString managedBy(const QString &id, const QString &entryName, const Machine &machine);

// client: for the entry; clientId: for --client; profile: of this process.
EntryMembers entryMembers(const KnownClient &client, const QString &program,
                          const QString &clientId, const QString &profile);
// "graph-valet", and "graph-valet-work" for the profile "work", so that both can be connected.
QString entryName(const QString &profile);
// What the entry starts: its command, and the id behind --client (empty: none).
struct EntryStart
{
    QString program;
    QString clientId;
};
EntryStart startOf(const QJsonObject &entry);

// Absolute folders in which a person's programs lie: PATH, and what a desktop leaves out of it.
QStringList programFolders(const Machine &machine);

} // namespace client_config
