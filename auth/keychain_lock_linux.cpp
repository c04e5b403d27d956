// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_lock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

constexpr int patience = 5000; // ms
const QString secrets = u"org.freedesktop.secrets"_s;

using Answer = std::function<void(KeychainLock)>;

void call(const QDBusMessage &message, QObject *owner,
          std::function<void(const QDBusMessage &)> done)
{
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(message, patience), owner);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, owner,
                     [watcher, done = std::move(done)] {
                         watcher->deleteLater();
                         done(watcher->reply());
                     });
}

// Nobody answers to the name: the bus may still know how to start somebody.
void askWhetherItCouldStart(QObject *owner, Answer done)
{
    const QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                       u"org.freedesktop.DBus"_s, u"ListActivatableNames"_s);
    call(message, owner, [done = std::move(done)](const QDBusMessage &reply) {
        const QStringList names = reply.arguments().value(0).toStringList();
        const bool isKnown = reply.type() == QDBusMessage::ReplyMessage;
        done(isKnown && !names.contains(secrets) ? KeychainLock::Absent : KeychainLock::NotKnown);
    });
}

} // namespace

// Secret Service API, section "Collections": the default alias and its property Locked.
// https://specifications.freedesktop.org/secret-service/latest/
void askKeychainLock(QObject *owner, Answer done)
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        QTimer::singleShot(0, owner, [done = std::move(done)] { done(KeychainLock::Absent); });
        return;
    }
    QDBusMessage message =
        QDBusMessage::createMethodCall(secrets, u"/org/freedesktop/secrets/aliases/default"_s,
                                       u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    // Asking must not start a keyring that the desktop does not use.
    message.setAutoStartService(false);
    call(message, owner, [owner, done = std::move(done)](const QDBusMessage &reply) mutable {
        const QVariant value =
            reply.arguments().value(0).value<QDBusVariant>().variant(); // invalid in an error
        if (value.typeId() == QMetaType::Bool)
            done(value.toBool() ? KeychainLock::Locked : KeychainLock::Unlocked);
        else if (const QString error = reply.errorName();
                 error == u"org.freedesktop.DBus.Error.ServiceUnknown"
                 || error == u"org.freedesktop.DBus.Error.NameHasNoOwner")
            askWhetherItCouldStart(owner, std::move(done));
        else
            done(KeychainLock::NotKnown);
    });
}

} // namespace auth
