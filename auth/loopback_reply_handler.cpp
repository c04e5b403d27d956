// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/loopback_reply_handler.h"

#include "app/base/log.h"
#include "auth/answer_pages.h"
#include "auth/loopback_connection.h"
#include "auth/random_text.h"

#include <QNetworkProxy>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr int portAttempts = 10;

} // namespace

LoopbackReplyHandler::LoopbackReplyHandler(QByteArray state, QObject *parent)
    : LoopbackReplyHandler(std::move(state), Patience{}, parent)
{
}

LoopbackReplyHandler::LoopbackReplyHandler(QByteArray state, Patience patience, QObject *parent)
    : QAbstractOAuthReplyHandler(parent)
    , m_state(std::move(state))
    , m_patience(patience)
{
    for (QTcpServer *server : {&m_v4, &m_v6}) {
        // A proxy of the application must not be asked to listen for us.
        server->setProxy(QNetworkProxy::NoProxy);
        connect(server, &QTcpServer::newConnection, this, [this, server] { accept(*server); });
    }
    m_resultLimit.setSingleShot(true);
    connect(&m_resultLimit, &QTimer::timeout, this, [this] {
        showFailed(u"Sign-in took too long"_s,
                   u"Microsoft Entra ID has not confirmed the sign-in in time."_s,
                   u"Close this page and sign in again from Graph Valet."_s);
    });
}

LoopbackReplyHandler::~LoopbackReplyHandler()
{
    if (m_answering) {
        showFailed(u"Sign-in was stopped"_s, u"Graph Valet ended this sign-in."_s,
                   u"You can close this page."_s);
    }
}

std::optional<Error> LoopbackReplyHandler::listen()
{
    for (int attempt = 0; attempt < portAttempts; ++attempt) {
        if (!m_v4.listen(QHostAddress(QHostAddress::LocalHost), 0)) {
            // A computer without IPv4.
            if (!m_v6.listen(QHostAddress(QHostAddress::LocalHostIPv6), 0))
                break;
            m_port = m_v6.serverPort();
            return {};
        }
        // A browser may take "localhost" for either; whoever else sat on the other one would get
        // the answer.
        const quint16 port = m_v4.serverPort();
        if (m_v6.listen(QHostAddress(QHostAddress::LocalHostIPv6), port)
            || m_v6.serverError() != QAbstractSocket::AddressInUseError) {
            m_port = port;
            return {};
        }
        m_v4.close();
    }
    return Error{.kind = Error::Kind::Bug,
                 .detail = u"no port on loopback to receive the sign-in: "_s + m_v4.errorString()};
}

QString LoopbackReplyHandler::callback() const
{
    return u"http://localhost:%1"_s.arg(m_port);
}

void LoopbackReplyHandler::accept(QTcpServer &server)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        if (m_answered) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        makeRoom();
        auto *connection = new LoopbackConnection(socket, m_patience.request, this);
        m_connections.append(connection);
        connect(connection, &LoopbackConnection::ended, this,
                [this, connection] { m_connections.removeOne(connection); });
        connect(connection, &LoopbackConnection::requestReady, this,
                [this, connection](const LoopbackRequest &request) { judge(connection, request); });
    }
}

// The oldest silent connection goes first: idle squatters must not keep the browser out.
void LoopbackReplyHandler::makeRoom()
{
    if (m_connections.size() < connectionLimit)
        return;
    LoopbackConnection *victim = m_connections.first();
    for (LoopbackConnection *connection : std::as_const(m_connections)) {
        if (!connection->hasReceivedAnything()) {
            victim = connection;
            break;
        }
    }
    victim->drop();
}

// Order: what anybody may know comes before what only Entra's answer holds.
void LoopbackReplyHandler::judge(LoopbackConnection *connection, const LoopbackRequest &request)
{
    const auto refuse = [&](int status) {
        qCInfo(lcAuth) << "loopback request refused with" << status;
        connection->finish(pages::refusal(status, request.method != "HEAD"));
    };
    const QByteArray suffix = ':' + QByteArray::number(m_port);
    const QByteArray host = request.headers.value("host").toLower();
    if (host != "localhost" + suffix && host != "127.0.0.1" + suffix && host != "[::1]" + suffix)
        return refuse(421);
    if (request.target != "/")
        return refuse(404);
    if (request.method != "POST")
        return refuse(405);
    // The answer is a page change; scripts (fetch, cors) have no business here.
    if (request.headers.value("sec-fetch-mode", "navigate"_ba) != "navigate")
        return refuse(403);
    const QByteArray type = request.headers.value("content-type").split(';').first().trimmed();
    if (type.toLower() != "application/x-www-form-urlencoded")
        return refuse(415);
    const auto form = decodeForm(request.body);
    if (!form)
        return refuse(400);
    if (!equalInConstantTime(form->value(u"state"_s).toUtf8(), m_state)) {
        qCInfo(lcAuth) << "loopback answer refused: it does not belong to this sign-in";
        connection->finish(pages::failed(
            403, u"This is not the sign-in that is waiting"_s,
            u"The page you came from belongs to an earlier sign-in or to another program."_s,
            u"Close this page, go on in the newest sign-in page, or start again from Graph Valet."_s));
        return;
    }
    const bool hasError = !form->value(u"error"_s).isEmpty();
    const bool hasCode = !form->value(u"code"_s).isEmpty();
    if (hasError == hasCode)
        return refuse(400);
    take(connection, *form);
}

void LoopbackReplyHandler::take(LoopbackConnection *connection, const QHash<QString, QString> &form)
{
    m_answered = true;
    m_v4.close();
    m_v6.close();
    m_answering = connection;
    m_connections.removeOne(connection);
    while (!m_connections.isEmpty())
        m_connections.first()->drop();
    m_resultLimit.start(m_patience.result);
    if (form.contains(u"error"_s)) {
        Q_EMIT refused(form.value(u"error"_s), form.value(u"error_description"_s),
                       form.value(u"error_subcode"_s));
        return;
    }
    Q_EMIT callbackReceived(
        {{u"code"_s, form.value(u"code"_s)}, {u"state"_s, form.value(u"state"_s)}});
}

void LoopbackReplyHandler::showSignedIn(const QString &account)
{
    showResult(pages::signedIn(account));
}

void LoopbackReplyHandler::showFailed(const QString &title, const QString &message,
                                      const QString &action)
{
    showResult(pages::failed(200, title, message, action));
}

void LoopbackReplyHandler::showResult(const QByteArray &response)
{
    m_resultLimit.stop();
    if (m_answering)
        m_answering->finish(response);
    m_answering.clear();
}

void LoopbackReplyHandler::networkReplyFinished(QNetworkReply *reply)
{
    Q_EMIT tokenReplyFinished(reply);
}

} // namespace auth
