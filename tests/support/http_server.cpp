// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/http_server.h"

#include "tests/support/http_connection.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace test_support {

HttpReply::HttpReply(HttpConnection *connection, quint64 number, bool withBody)
    : m_connection(connection)
    , m_number(number)
    , m_withBody(withBody)
{
}

bool HttpReply::isOpen() const
{
    return m_connection && m_connection->waitsFor(m_number);
}

void HttpReply::send(const HttpResponse &response) const
{
    if (!isOpen())
        return;
    m_connection->write(response.toBytes(m_withBody));
    const QByteArray wish = headerValue(response.headers, "Connection");
    if (wish.compare("close", Qt::CaseInsensitive) == 0)
        m_connection->close();
    else
        m_connection->answered();
}

void HttpReply::sendAfter(std::chrono::milliseconds delay, const HttpResponse &response) const
{
    if (isOpen())
        QTimer::singleShot(delay, m_connection,
                           [reply = *this, response] { reply.send(response); });
}

void HttpReply::sendRaw(const QByteArray &bytes, bool thenClose) const
{
    if (!isOpen())
        return;
    m_connection->write(bytes);
    if (thenClose)
        m_connection->close();
}

void HttpReply::sendTruncated(const HttpResponse &response, qsizetype bodyBytes) const
{
    sendRaw(response.toBytes(false) + response.body.left(bodyBytes));
}

void HttpReply::close() const
{
    if (isOpen())
        m_connection->close();
}

void HttpReply::reset() const
{
    if (isOpen())
        m_connection->reset();
}

namespace {

QSslServer *secureServer(const QSslConfiguration &tls)
{
    auto *server = new QSslServer;
    server->setSslConfiguration(tls);
    return server;
}

} // namespace

HttpServer::HttpServer(QObject *parent)
    : HttpServer(new QTcpServer, parent)
{
}

HttpServer::HttpServer(const QSslConfiguration &tls, QObject *parent)
    : HttpServer(secureServer(tls), parent)
{
}

HttpServer::HttpServer(QTcpServer *server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    server->setParent(this);
    // Not newConnection: TLS comes before it.
    connect(m_server, &QTcpServer::pendingConnectionAvailable, this, &HttpServer::accept);
}

HttpServer::~HttpServer() = default;

bool HttpServer::listen(quint16 port)
{
    if (!m_server->listen(QHostAddress::LocalHost, port)
        && (m_server->serverError() != QAbstractSocket::SocketAddressNotAvailableError
            || !m_server->listen(QHostAddress::LocalHostIPv6, port)))
        return false;
    m_port = m_server->serverPort();
    m_address = m_server->serverAddress();
    return true;
}

void HttpServer::shutDown()
{
    m_server->close();
    const auto connections = m_server->findChildren<HttpConnection *>();
    for (HttpConnection *connection : connections)
        connection->reset();
}

bool HttpServer::isListening() const
{
    return m_server->isListening();
}

quint16 HttpServer::port() const
{
    return m_port;
}

QUrl HttpServer::url() const
{
    const bool isSecure = qobject_cast<QSslServer *>(m_server) != nullptr;
    QUrl url;
    url.setScheme(isSecure ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(isSecure ? QStringLiteral("localhost") : m_address.toString());
    url.setPort(m_port);
    return url;
}

void HttpServer::setHandler(Handler handler)
{
    m_handler = std::move(handler);
}

void HttpServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        auto *connection = new HttpConnection(socket, ++m_accepted, m_server);
        connect(connection, &HttpConnection::requestReady, this,
                [this, connection](const HttpRequest &request, quint64 number) {
                    Q_EMIT requestReceived(request);
                    const HttpReply reply(connection, number, request.method != "HEAD");
                    if (m_handler)
                        m_handler(request, reply);
                    else
                        reply.send(HttpResponse::text(501, "text/plain", "no handler\n"));
                });
    }
}

} // namespace test_support
