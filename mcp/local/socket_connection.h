// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A LinkConnection over a QLocalSocket, from the accepted socket to its end:
//
//   Greeting ──hello──► Open ──close()──► Closing ──written or 1 s──► Ended
//      │                  └─ peer gone, or it does not read ────────────►│
//      └─ no hello in 5 s, not a hello, another link version: refusal ──►│
//
// Child of the LocalServer; deletes itself after `closed`.

#pragma once

#include "mcp/local/link_connection.h"
#include "mcp/protocol/line_framer.h"

#include <QLocalSocket>
#include <QTimer>

#include <chrono>
#include <string>

namespace mcp {

class SocketConnection : public LinkConnection
{
    Q_OBJECT
public:
    // Takes the socket. The peer's user has been checked. lists: for the answer to a hello of role
    // mcp.
    SocketConnection(QLocalSocket *socket, const valet_link::Peer &peer, const QByteArray &lists,
                     std::chrono::milliseconds helloLimit, QObject *parent);
    ~SocketConnection() override;

    // Begins to read; greeted() or closed() follows.
    void start();
    // Instead of start(): says why there will be no connection, and ends.
    void refuse(const std::string &reason);

    valet_link::Role role() const override { return m_role; }
    valet_link::Peer peer() const override { return m_peer; }
    QByteArray seenLists() const override { return m_seenLists; }
    QString clientId() const override { return m_clientId; }
    void send(const QByteArray &line) override;
    void close() override;

Q_SIGNALS:
    // The hello was good and is answered; role() is known.
    void greeted();

private:
    enum class State { Greeting, Open, Closing, Ended };

    void read();
    void takeHello(const QByteArray &line);
    void end();

    QLocalSocket *m_socket;
    valet_link::Peer m_peer;
    QByteArray m_lists;
    QByteArray m_seenLists;
    QString m_clientId;
    valet_link::Role m_role = valet_link::Role::Mcp;
    LineFramer m_framer;
    QTimer m_timer; // of the hello, later of the close; runs in no other state
    State m_state = State::Greeting;
};

} // namespace mcp
