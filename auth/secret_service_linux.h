// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Names and calls of the Secret Service on the session bus.
// https://specifications.freedesktop.org/secret-service/latest/

#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QString>

#include <functional>

namespace auth::secret_service {

inline QString name()
{
    return QStringLiteral("org.freedesktop.secrets");
}
inline QString path()
{
    return QStringLiteral("/org/freedesktop/secrets");
}
// Where new entries go, whatever its own name.
inline QString defaultCollection()
{
    return QStringLiteral("/org/freedesktop/secrets/aliases/default");
}
inline QString service()
{
    return QStringLiteral("org.freedesktop.Secret.Service");
}
inline QString collection()
{
    return QStringLiteral("org.freedesktop.Secret.Collection");
}
inline QString prompt()
{
    return QStringLiteral("org.freedesktop.Secret.Prompt");
}
inline QString properties()
{
    return QStringLiteral("org.freedesktop.DBus.Properties");
}

inline QDBusMessage get(const QString &object, const QString &interface, const QString &property)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(name(), object, properties(), QStringLiteral("Get"));
    return message << interface << property;
}
inline QDBusMessage readDefaultAlias()
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(name(), path(), service(), QStringLiteral("ReadAlias"));
    return message << QStringLiteral("default");
}

// done is called once with the answer or the error, from the event loop, unless owner goes first.
// A service that hangs gets 5 s.
inline void call(const QDBusMessage &message, QObject *owner,
                 std::function<void(const QDBusMessage &)> done)
{
    constexpr int patience = 5000; // ms
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(message, patience), owner);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, owner,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->reply());
                     });
}

} // namespace auth::secret_service
