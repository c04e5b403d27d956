// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_lock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr int patience = 5000; // ms

} // namespace

// Secret Service API, section "Collections": the default alias and its property Locked.
// https://specifications.freedesktop.org/secret-service/latest/
void askKeychainLock(QObject *owner, std::function<void(KeychainLock)> done)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        QTimer::singleShot(0, owner, [done] { done(KeychainLock::NotKnown); });
        return;
    }
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets/aliases/default"_s,
        u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    // Asking must not start a keyring that the desktop does not use.
    message.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, patience), owner);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, owner,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         const QDBusPendingReply<QDBusVariant> reply = *watcher;
                         if (reply.isError() || reply.value().variant().typeId() != QMetaType::Bool)
                             done(KeychainLock::NotKnown);
                         else
                             done(reply.value().variant().toBool() ? KeychainLock::Locked
                                                                   : KeychainLock::Unlocked);
                     });
}

} // namespace auth
