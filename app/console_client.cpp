// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console_client.h"

#include "mcp/link/hello.h"
#include "mcp/link/peer.h"

#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype lineLimit = 1024 * 1024; // bytes; a status of 256 clients fits

} // namespace

ConsoleClient::ConsoleClient(QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        std::string problem;
        // NOLINTNEXTLINE(google-readability-casting): an int here, a HANDLE on Windows
        const auto handle = (valet_link::NativeHandle)m_socket.socketDescriptor();
        if (!valet_link::peerOf(handle, false, problem).sameUser) {
            fail(Error{.kind = Error::Kind::ProtocolFault,
                       .detail = u"the listening process is not this user's"_s});
            return;
        }
        m_socket.write(QByteArray::fromStdString(valet_link::helloLine(valet_link::Role::Console)));
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ConsoleClient::read);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        fail(Error{.kind = Error::Kind::Offline, .detail = m_socket.errorString()});
    });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        fail(Error{.kind = Error::Kind::Offline, .detail = u"the connection ended"_s});
        Q_EMIT disconnected();
    });
}

ConsoleClient::~ConsoleClient()
{
    m_socket.disconnect(this);
}

Async<Done> ConsoleClient::open(const QString &socket, std::chrono::milliseconds patience)
{
    QTimer::singleShot(patience, this, [this] {
        if (!m_isOpen)
            fail(Error{.kind = Error::Kind::Timeout, .detail = u"no hello came"_s});
    });
    m_socket.connectToServer(socket);
    return m_opened.future();
}

Async<QJsonObject> ConsoleClient::call(const QString &method, std::chrono::milliseconds patience)
{
    const int id = ++m_lastId;
    Promised<QJsonObject> promised;
    m_calls.insert(id, promised);
    QTimer::singleShot(patience, this, [this, id] {
        if (m_calls.contains(id))
            m_calls.take(id).answer(
                Error{.kind = Error::Kind::Timeout, .detail = u"no answer came"_s});
    });
    const QJsonObject request{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}};
    m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    return promised.future();
}

void ConsoleClient::read()
{
    m_buffer += m_socket.readAll();
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QByteArray line = m_buffer.first(end);
        m_buffer.remove(0, end + 1);
        handle(line);
    }
    if (m_buffer.size() > lineLimit)
        fail(Error{.kind = Error::Kind::ProtocolFault, .detail = u"a line is too long"_s});
}

void ConsoleClient::handle(const QByteArray &line)
{
    if (!m_isOpen) {
        const auto hello = valet_link::parseHello(line.toStdString());
        if (const auto *problem = std::get_if<valet_link::HelloProblem>(&hello)) {
            fail(Error{.kind = Error::Kind::ProtocolFault,
                       .detail = QString::fromStdString(problem->text)});
            return;
        }
        m_isOpen = true;
        m_opened.answer(Done{});
        return;
    }
    const QJsonObject message = QJsonDocument::fromJson(line).object();
    const int id = message.value("id"_L1).toInt();
    if (!m_calls.contains(id))
        return; // a notification
    const auto promised = m_calls.take(id);
    if (message.value("result"_L1).isObject()) {
        promised.answer(message.value("result"_L1).toObject());
    } else {
        promised.answer(
            Error{.kind = Error::Kind::ProtocolFault,
                  .detail = message.value("error"_L1).toObject().value("message"_L1).toString()});
    }
}

void ConsoleClient::fail(const Error &error)
{
    m_opened.answer(error);
    const auto calls = std::exchange(m_calls, {});
    for (const auto &promised : calls)
        promised.answer(error);
    m_socket.abort();
}
