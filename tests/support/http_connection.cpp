// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/http_connection.h"

#include <QTcpSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace test_support {

namespace {
constexpr qsizetype headLimit = 256 * 1024;
constexpr qsizetype bodyLimit = 64 * 1024 * 1024;
} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, int number, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_number(number)
{
    socket->setParent(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::readRequest);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
}

bool HttpConnection::waitsFor(quint64 number) const
{
    return m_waiting && number == m_requests
        && m_socket->state() == QAbstractSocket::ConnectedState;
}

void HttpConnection::write(const QByteArray &bytes)
{
    m_socket->write(bytes);
}

void HttpConnection::answered()
{
    m_waiting = false;
    // Queued: a handler that answers at once must not be re-entered.
    QMetaObject::invokeMethod(this, &HttpConnection::readRequest, Qt::QueuedConnection);
}

void HttpConnection::close()
{
    m_waiting = false;
    m_received.clear();
    m_socket->disconnectFromHost();
}

void HttpConnection::reset()
{
    m_waiting = false;
    const linger now{1, 0};
    setsockopt(
#ifdef Q_OS_WIN
        static_cast<SOCKET>(m_socket->socketDescriptor()),
#else
        static_cast<int>(m_socket->socketDescriptor()),
#endif
        SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&now), sizeof now);
    m_socket->abort();
}

void HttpConnection::readRequest()
{
    m_received += m_socket->readAll();
    if (m_waiting || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    const auto request = takeRequest();
    if (!request)
        return;
    m_waiting = true;
    ++m_requests;
    Q_EMIT requestReady(*request, m_requests);
}

std::optional<HttpRequest> HttpConnection::takeRequest()
{
    const auto headEnd = m_received.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        if (m_received.size() > headLimit)
            refuse(431);
        return {};
    }
    auto lines = m_received.left(headEnd).split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    const auto words = lines.takeFirst().split(' ');
    if (words.size() != 3 || !words.at(2).startsWith("HTTP/1.")) {
        refuse(400);
        return {};
    }
    HttpRequest request{.method = words.at(0), .target = words.at(1), .connection = m_number};
    for (const QByteArray &line : std::as_const(lines)) {
        const auto colon = line.indexOf(':');
        if (colon <= 0) {
            refuse(400);
            return {};
        }
        request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }
    if (!request.header("Transfer-Encoding").isNull()) {
        refuse(411);
        return {};
    }
    const QByteArray length = request.header("Content-Length");
    bool isNumber = true;
    const qsizetype bodySize = length.isNull() ? 0 : length.toLongLong(&isNumber);
    if (!isNumber || bodySize < 0 || bodySize > bodyLimit) {
        refuse(400);
        return {};
    }
    const qsizetype bodyBegin = headEnd + 4;
    if (m_received.size() < bodyBegin + bodySize)
        return {};
    request.body = m_received.mid(bodyBegin, bodySize);
    m_received.remove(0, bodyBegin + bodySize);
    return request;
}

void HttpConnection::refuse(int status)
{
    write(HttpResponse::text(status, "text/plain", "not understood\n").toBytes());
    close();
}

} // namespace test_support
