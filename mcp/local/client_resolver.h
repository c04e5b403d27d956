// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From the peer of a local connection to the AI client behind it: our own relay stands in the
// middle, so its parent process is the client. Asks the operating system only.

#pragma once

#include "mcp/link/peer.h"
#include "mcp/local/client_identity.h"

#include <QString>

#include <functional>

namespace mcp {

class ClientResolver
{
public:
    // What the operating system says of processes; tests replace it.
    struct Processes
    {
        std::function<QString(qint64)> programOf; // absolute path; empty: cannot be told
        std::function<qint64(qint64)> parentOf; // 0: cannot be told
    };

    // The relay of this installation: graph-valet beside this program.
    ClientResolver();
    ClientResolver(QString relayProgram, Processes processes);

    // Claimed name and version are left empty. An empty program: the client's process has gone, or
    // belongs to the system (the relay was orphaned), or the system does not tell.
    ClientIdentity identityOf(const valet_link::Peer &peer) const;

private:
    bool isRelay(const QString &program) const;

    QString m_relay;
    Processes m_processes;
};

} // namespace mcp
