// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A scripted tray process in the test itself: listens where a relay of the same HOME looks, says
// hello, and leaves the rest to the test. Removes its socket with it.

#pragma once

#include "mcp/link/endpoint.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

class StandInServer
{
public:
    explicit StandInServer(const QByteArray &hello = QByteArrayLiteral(
                               "{\"link\":1,\"version\":\"0.0.1\",\"role\":\"mcp\"}\n"))
        : m_hello(hello)
    {
        std::string error;
        const auto locations = valet_link::locationsFor("default", error);
        if (!locations || !valet_link::ensurePrivateDirectory(locations->stateDirectory, error)
            || !valet_link::ensurePrivateDirectory(locations->socketDirectory, error))
            qFatal("%s", error.c_str());
        const QString path = QString::fromStdString(locations->socket);
        QLocalServer::removeServer(path);
        if (!m_server.listen(path))
            qFatal("%s", qPrintable(m_server.errorString()));
    }

    // Waits for the next relay and its hello, and answers it.
    bool accept()
    {
        if (!m_server.hasPendingConnections() && !m_server.waitForNewConnection(10000))
            return false;
        m_socket = m_server.nextPendingConnection();
        m_bytes.clear();
        m_clientHello = line();
        return send(m_hello);
    }

    QByteArray clientHello() const { return m_clientHello; }

    // The next line with its line feed; what came so far where it does not come.
    QByteArray line()
    {
        m_bytes += m_socket->readAll(); // an event loop may have taken it in already
        while (!m_bytes.contains('\n') && m_socket->waitForReadyRead(10000))
            m_bytes += m_socket->readAll();
        const auto size = m_bytes.indexOf('\n') + 1;
        QByteArray first = size > 0 ? m_bytes.left(size) : m_bytes;
        m_bytes.remove(0, first.size());
        return first;
    }

    bool send(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        while (m_socket->bytesToWrite() > 0) {
            if (!m_socket->waitForBytesWritten(10000))
                return false;
        }
        return true;
    }

    QLocalSocket *socket() { return m_socket; }
    // As a crash: the connection ends, the socket file stays or goes.
    void drop() { delete std::exchange(m_socket, nullptr); }
    void stopListening() { m_server.close(); }

private:
    QByteArray m_hello;
    QLocalServer m_server;
    QLocalSocket *m_socket = nullptr;
    QByteArray m_bytes;
    QByteArray m_clientHello;
};
