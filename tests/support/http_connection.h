// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One accepted connection of an HttpServer: cuts requests out of bytes and owns the socket. Private
// to http_server.cpp. Child of the QTcpServer; deletes itself when the peer has gone.

#pragma once

#include "tests/support/http_message.h"

#include <QObject>

#include <optional>

class QTcpSocket;

namespace test_support {

class HttpConnection : public QObject
{
    Q_OBJECT
public:
    HttpConnection(QTcpSocket *socket, int number, QObject *parent);

    // Whether request `number` still waits for its answer.
    bool waitsFor(quint64 number) const;
    void write(const QByteArray &bytes);
    void answered(); // the next request may be read
    void close();
    void reset();

Q_SIGNALS:
    void requestReady(const test_support::HttpRequest &request, quint64 number);

private:
    void readRequest();
    std::optional<HttpRequest> takeRequest();
    void refuse(int status);

    QTcpSocket *m_socket;
    QByteArray m_received;
    int m_number;
    quint64 m_requests = 0;
    bool m_waiting = false; // a request is with the handler
};

} // namespace test_support
