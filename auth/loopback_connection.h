// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One TCP connection to our loopback port: reads one request, is answered once, ends. Owned by the
// LoopbackReplyHandler until it is answered; then it lives on by itself, at most a few seconds,
// until the browser has the page.
//
//   reading ──requestReady──► held ──finish()──► writing ──► gone
//      └──── 10 s, refused by the parser, peer left ─────────┘

#pragma once

#include "auth/loopback_request.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QTcpSocket;

namespace auth {

class LoopbackConnection : public QObject
{
    Q_OBJECT
public:
    LoopbackConnection(QTcpSocket *socket, std::chrono::milliseconds patience, QObject *parent);

    // Whether a whole request has arrived.
    bool hasRequest() const { return m_requested; }
    bool hasReceivedAnything() const { return m_anything; }

    // Writes the response, closes, deletes itself, whatever becomes of the parent.
    void finish(const QByteArray &response);
    // Closes without an answer.
    void drop();

Q_SIGNALS:
    // Once; the parser's refusals are answered here and not passed on.
    void requestReady(const auth::LoopbackRequest &request);
    // It is no longer anybody's: answered, refused, or left by the peer.
    void ended();

private:
    void read();
    void end();

    QTcpSocket *m_socket;
    QTimer m_patience;
    LoopbackRequestParser m_parser;
    bool m_requested = false;
    bool m_anything = false;
    bool m_finishing = false;
    bool m_ended = false;
};

} // namespace auth
