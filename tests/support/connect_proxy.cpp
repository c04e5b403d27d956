// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/connect_proxy.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace test_support {

namespace {

void pass(QTcpSocket *from, QTcpSocket *to)
{
    QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    QObject::connect(from, &QTcpSocket::disconnected, to, &QTcpSocket::disconnectFromHost);
}

} // namespace

ConnectProxy::ConnectProxy(quint16 target, QObject *parent)
    : QObject(parent)
    , m_target(target)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, &ConnectProxy::accept);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("ConnectProxy: no free port on 127.0.0.1");
}

QNetworkProxy ConnectProxy::proxy() const
{
    return QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_server.serverPort());
}

void ConnectProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
    }
}

void ConnectProxy::read(QTcpSocket *client)
{
    const QByteArray received = client->peek(64 * 1024);
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    client->read(end + 4);
    m_heads.append(received.first(end));
    m_hosts.append(received.split(' ').value(1));
    if (!m_answer.isEmpty()) {
        client->write(m_answer);
        if (!m_answer.startsWith("HTTP/1.1 407") || m_answer.contains("Connection: close"))
            client->disconnectFromHost();
        return;
    }
    disconnect(client, &QTcpSocket::readyRead, this, nullptr);
    auto *server = new QTcpSocket(client);
    server->setProxy(QNetworkProxy::NoProxy);
    connect(server, &QTcpSocket::connected, client, [client, server] {
        client->write("HTTP/1.1 200 Connection established\r\n\r\n");
        pass(client, server);
        pass(server, client);
    });
    server->connectToHost(QHostAddress::LocalHost, m_target);
}

} // namespace test_support
