// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small HTTP proxy on loopback: takes CONNECT (RFC 9110, section 9.3.6) for any host and leads it
// to one port of this computer, or answers as a test wishes. Nothing leaves the computer.

#pragma once

#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QTcpServer>

class QTcpSocket;

namespace test_support {

class ConnectProxy : public QObject
{
    Q_OBJECT
public:
    // target: the port on loopback that stands for every host. Listens at once.
    explicit ConnectProxy(quint16 target, QObject *parent = nullptr);

    QNetworkProxy proxy() const; // to be used by a client
    // Refuses connections from now on: a proxy that is gone.
    void shutDown() { m_server.close(); }
    // Instead of a tunnel: these bytes, then the end, unless they are a 407 without
    // "Connection: close".
    void answerWith(const QByteArray &bytes) { m_answer = bytes; }

    // What was asked for, "login.microsoftonline.com:443", in order.
    const QByteArrayList &hosts() const { return m_hosts; }
    // The heads of all requests, as they came.
    const QByteArrayList &heads() const { return m_heads; }

private:
    void accept();
    void read(QTcpSocket *client);

    QTcpServer m_server;
    quint16 m_target;
    QByteArray m_answer;
    QByteArrayList m_hosts;
    QByteArrayList m_heads;
};

} // namespace test_support
