// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/local/socket_connection.h"

#include "app/base/log.h"

#include <QPointer>

#include <utility>

namespace mcp {
namespace {

constexpr qint64 readBufferSize = 256 * 1024; // bytes; more stays with the sender
// At a time: QIODevice::read() makes room for all it is asked for, and what is larger than 64 KiB
// has malloc tidy up its whole heap when it goes.
constexpr qint64 readSize = 16 * 1024;
constexpr qint64 writeLimit = 16 * 1024 * 1024; // bytes waiting for a peer that does not read
constexpr std::chrono::milliseconds closeLimit{1000};

} // namespace

SocketConnection::SocketConnection(QLocalSocket *socket, const valet_link::Peer &peer,
                                   const QByteArray &lists, std::chrono::milliseconds helloLimit,
                                   QObject *parent)
    : LinkConnection(parent)
    , m_socket(socket)
    , m_peer(peer)
    , m_lists(lists)
    , m_framer(qsizetype(valet_link::helloLimit))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBufferSize);
    m_timer.setSingleShot(true);
    m_timer.setInterval(helloLimit);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_state == State::Greeting) {
            qCInfo(lcLocal) << "a local connection said no hello in time";
            refuse("no hello came in time");
        } else {
            end();
        }
    });
    connect(m_socket, &QLocalSocket::disconnected, this, [this] {
        read(); // what arrived before the end counts
        end();
    });
    // Errors other than the end itself are followed by disconnected on Unix, but not on Windows.
    connect(m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (m_socket->state() == QLocalSocket::UnconnectedState)
            end();
    });
}

SocketConnection::~SocketConnection()
{
    // A socket that is being deleted still emits.
    m_socket->disconnect(this);
}

void SocketConnection::start()
{
    connect(m_socket, &QLocalSocket::readyRead, this, &SocketConnection::read);
    m_timer.start();
    // Bytes, or the end, may have come before anybody listened.
    if (m_socket->state() != QLocalSocket::ConnectedState)
        QMetaObject::invokeMethod(this, &SocketConnection::end, Qt::QueuedConnection);
    else if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &SocketConnection::read, Qt::QueuedConnection);
}

void SocketConnection::refuse(const std::string &reason)
{
    if (m_state != State::Greeting)
        return;
    const std::string line = valet_link::helloRefusal(reason);
    m_socket->write(line.data(), qint64(line.size()));
    close();
}

void SocketConnection::send(const QByteArray &line)
{
    if (m_state != State::Open)
        return;
    if (m_socket->bytesToWrite() + line.size() > writeLimit) {
        qCWarning(lcLocal) << "a client does not read its answers; its connection is closed";
        m_state = State::Closing;
        // Later: the sender must not lose the ground under its feet.
        QMetaObject::invokeMethod(this, &SocketConnection::end, Qt::QueuedConnection);
        return;
    }
    m_socket->write(line);
    m_socket->write("\n", 1);
    m_socket->flush(); // now, not one turn of the event loop later
}

void SocketConnection::close()
{
    if (m_state == State::Closing || m_state == State::Ended)
        return;
    m_state = State::Closing;
    m_timer.start(closeLimit);
    m_socket->disconnectFromServer(); // writes what is waiting first
}

void SocketConnection::read()
{
    // Listeners may close or delete this connection at any line.
    const QPointer<SocketConnection> alive(this);
    while (alive && (m_state == State::Greeting || m_state == State::Open)) {
        if (const auto frame = m_framer.next()) {
            if (m_state == State::Greeting)
                frame->tooLong ? refuse("the hello is too long") : takeHello(frame->line);
            else if (frame->tooLong)
                Q_EMIT lineTooLong();
            else
                Q_EMIT lineReceived(frame->line);
            continue;
        }
        const QByteArray bytes = m_socket->read(readSize);
        if (bytes.isEmpty())
            return;
        m_framer.append(bytes);
    }
}

void SocketConnection::takeHello(const QByteArray &line)
{
    const auto hello = valet_link::parseHello({line.constData(), size_t(line.size())});
    if (const auto *problem = std::get_if<valet_link::HelloProblem>(&hello)) {
        qCInfo(lcLocal) << "refused a local connection:" << problem->text.c_str();
        refuse(problem->text);
        return;
    }
    m_timer.stop();
    const auto &good = std::get<valet_link::Hello>(hello);
    m_role = good.role;
    m_seenLists = QByteArray::fromStdString(good.seen);
    m_clientId = QString::fromStdString(good.client);
    const std::string lists = m_role == valet_link::Role::Mcp ? m_lists.toStdString() : "";
    const std::string answer = valet_link::helloLine(m_role, lists);
    m_socket->write(answer.data(), qint64(answer.size()));
    m_framer.setLimit(LineFramer::defaultLimit);
    m_state = State::Open;
    Q_EMIT greeted();
}

void SocketConnection::end()
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_timer.stop();
    m_socket->abort();
    Q_EMIT closed();
    deleteLater();
}

} // namespace mcp
