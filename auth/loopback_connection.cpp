// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/loopback_connection.h"

#include "auth/answer_pages.h"

#include <QCoreApplication>
#include <QTcpSocket>

namespace auth {

namespace {

// How long a browser may take to fetch the page that is written to it.
constexpr std::chrono::seconds writePatience{10};
// A peer that is still sending gets a moment to see the answer: closing on unread bytes resets the
// connection, and the answer is lost with it.
constexpr std::chrono::seconds lingerPatience{2};
constexpr qint64 readChunk = 16 * 1024;

} // namespace

LoopbackConnection::LoopbackConnection(QTcpSocket *socket, std::chrono::milliseconds patience,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(LoopbackRequestParser::headLimit);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &LoopbackConnection::drop);
    connect(m_socket, &QTcpSocket::readyRead, this, &LoopbackConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &LoopbackConnection::end);
    m_patience.start(patience);
}

void LoopbackConnection::read()
{
    while (m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->read(readChunk);
        if (bytes.isEmpty())
            return;
        if (m_requested || m_finishing)
            continue; // one request per connection; the rest is dropped
        m_anything = true;
        switch (m_parser.feed(bytes)) {
        case LoopbackRequestParser::State::NeedsMore: break;
        case LoopbackRequestParser::State::Refused:
            finish(pages::refusal(m_parser.refusal()));
            break;
        case LoopbackRequestParser::State::Complete:
            m_requested = true;
            m_patience.stop(); // the handler's own limits hold from here on
            Q_EMIT requestReady(m_parser.request());
            break;
        }
    }
}

void LoopbackConnection::finish(const QByteArray &response)
{
    if (m_finishing || m_ended)
        return;
    m_finishing = true;
    const bool isReadToTheEnd = m_requested;
    // The handler may go before the browser has its page.
    setParent(QCoreApplication::instance());
    Q_EMIT ended();
    m_socket->write(response);
    if (isReadToTheEnd) {
        m_socket->disconnectFromHost(); // after everything is written
        m_patience.start(writePatience);
    } else {
        m_patience.start(lingerPatience);
    }
}

void LoopbackConnection::drop()
{
    m_socket->abort();
    end();
}

void LoopbackConnection::end()
{
    if (m_ended)
        return;
    m_ended = true;
    m_patience.stop();
    if (!m_finishing)
        Q_EMIT ended();
    deleteLater();
}

} // namespace auth
