// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One accepted local connection after its hello: whole lines in, whole lines out. Owned by the
// LocalServer until `closed`; then it deletes itself.

#pragma once

#include "mcp/link/hello.h"
#include "mcp/link/peer.h"

#include <QByteArray>
#include <QObject>
#include <QString>

namespace mcp {

class LinkConnection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual valet_link::Role role() const = 0;
    virtual valet_link::Peer peer() const = 0;
    // What the hello said of the lists that the client has seen; empty: nothing.
    virtual QByteArray seenLists() const { return {}; }
    // Id of the entry in the AI client's configuration that started the relay; empty: none is
    // known.
    virtual QString clientId() const { return {}; }
    // line: without the line feed. Silently dropped once closed; above 16 MiB waiting the
    // connection is closed, because its reader is gone.
    virtual void send(const QByteArray &line) = 0;
    // Writes what is waiting (at most 1 s), then closes.
    virtual void close() = 0;

Q_SIGNALS:
    void lineReceived(const QByteArray &line);
    // A line above 4 MiB was dropped; the connection lives.
    void lineTooLong();
    void closed();
};

} // namespace mcp
