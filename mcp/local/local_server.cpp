// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/local/local_server.h"

#include "app/base/log.h"
#include "mcp/local/socket_connection.h"

#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QLocalServer>
#include <QSet>
#include <QTimer>

#include <type_traits>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int clientLimit = 256;
constexpr std::chrono::milliseconds listenAgainAfter{1000};

// Qt says qintptr everywhere; the system's handle is an int, or a pointer on Windows.
template <class Handle>
Handle nativeHandle(qintptr descriptor)
{
    if constexpr (std::is_pointer_v<Handle>)
        return reinterpret_cast<Handle>(descriptor);
    else
        return static_cast<Handle>(descriptor);
}

} // namespace

class LocalServer::Private : public QObject
{
public:
    explicit Private(LocalServer *server, std::chrono::milliseconds limit)
        : q(server)
        , helloLimit(limit)
    {
        listener.setSocketOptions(QLocalServer::UserAccessOption);
        listener.setListenBacklogSize(clientLimit); // a person's clients may all start at once
        connect(&listener, &QLocalServer::newConnection, this, &Private::accept);
        connect(&watcher, &QFileSystemWatcher::directoryChanged, this, &Private::keepListening);
        again.setSingleShot(true);
        again.setInterval(listenAgainAfter);
        connect(&again, &QTimer::timeout, this, &Private::keepListening);
    }

    Result<Done> open()
    {
        QLocalServer::removeServer(path);
        if (!listener.listen(path)) {
            return Error{.kind = Error::Kind::StorageFault,
                         .detail = u"cannot listen on %1: %2"_s.arg(path, listener.errorString())};
        }
        return Done{};
    }

    // Qt closes a listener whose accept() fails (no more file descriptors) and says nothing; a
    // cleaner of /run may remove the file. Both change the folder.
    void keepListening()
    {
        if (path.isEmpty() || (listener.isListening() && QFileInfo::exists(path)))
            return;
        listener.close();
        const auto opened = open();
        if (!opened.ok()) {
            qCWarning(lcLocal) << "the local socket is gone:" << opened.error().detail;
            again.start();
            return;
        }
        qCInfo(lcLocal) << "the local socket was gone; listening again";
        watch();
    }

    // Anew each time: a folder that was removed and made again is another one to the system.
    void watch()
    {
        const QString folder = QFileInfo(path).path();
        watcher.removePath(folder);
        watcher.addPath(folder);
    }

    void accept()
    {
        while (QLocalSocket *socket = listener.nextPendingConnection()) {
            std::string problem;
            const valet_link::Peer peer = valet_link::peerOf(
                nativeHandle<valet_link::NativeHandle>(socket->socketDescriptor()), true, problem);
            if (!peer.sameUser) {
                qCWarning(lcLocal)
                    << "refused a local connection of another user:" << problem.c_str();
                socket->abort();
                socket->deleteLater();
                continue;
            }
            auto *connection = new SocketConnection(socket, peer, lists, helloLimit, q);
            if (connections.size() >= clientLimit) {
                qCWarning(lcLocal) << "refused a local connection: too many clients";
                connection->refuse("too many clients are connected");
                continue;
            }
            connections.insert(connection);
            connect(connection, &QObject::destroyed, this,
                    [this, connection] { connections.remove(connection); });
            connect(connection, &LinkConnection::closed, this, [this, connection] {
                connections.remove(connection);
                keepListening();
            });
            connect(connection, &SocketConnection::greeted, this, [this, connection] {
                if (connection->role() == valet_link::Role::Mcp)
                    Q_EMIT q->mcpConnected(connection);
                else
                    Q_EMIT q->consoleConnected(connection);
            });
            connection->start();
        }
    }

    LocalServer *q;
    QLocalServer listener;
    QFileSystemWatcher watcher;
    QTimer again; // runs only while there is no listener and there should be one
    QString path; // empty: not meant to listen
    QSet<const QObject *> connections;
    std::chrono::milliseconds helloLimit;
    QByteArray lists;
};

LocalServer::LocalServer(QObject *parent)
    : LocalServer(std::chrono::seconds(5), parent)
{
}

LocalServer::LocalServer(std::chrono::milliseconds helloLimit, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, helloLimit))
{
}

LocalServer::~LocalServer()
{
    close();
    // Connections are children; they go now, while those who listen to this object still can.
    const auto left = findChildren<SocketConnection *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(left);
}

Result<Done> LocalServer::listen(const QString &path)
{
    close();
    d->path = path;
    auto opened = d->open();
    if (!opened.ok()) {
        d->path.clear();
        return opened;
    }
    d->watch();
    return opened;
}

void LocalServer::setLists(const QByteArray &lists)
{
    d->lists = lists;
}

bool LocalServer::isListening() const
{
    return d->listener.isListening();
}

void LocalServer::close()
{
    if (!d->watcher.directories().isEmpty())
        d->watcher.removePaths(d->watcher.directories());
    d->again.stop();
    d->path.clear();
    d->listener.close();
}

} // namespace mcp
