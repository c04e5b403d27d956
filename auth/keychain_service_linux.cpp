// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Secret Service of freedesktop.org, as GNOME Keyring, KeePassXC and newer KWallets offer it.
// https://specifications.freedesktop.org/secret-service/latest/

#include "auth/keychain_service.h"

#include "auth/secret_service_linux.h"
#include "auth/secret_service_unlock_linux.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QLibrary>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
namespace secrets = auth::secret_service;

namespace auth {

namespace {

// qtkeychain prefers KWallet on a KDE desktop (detectDesktopEnvironment() in keychain_unix.cpp),
// and a wallet tells nobody whether it is open.
bool isKde()
{
    const QByteArray chosen = qgetenv("QTKEYCHAIN_BACKEND"); // from qtkeychain 0.16 on
    if (!chosen.isEmpty())
        return chosen.startsWith("kwallet");
    const QByteArray desktop = qgetenv("XDG_CURRENT_DESKTOP");
    if (desktop == "GNOME" || desktop == "Unity" || desktop == "XFCE")
        return false;
    return desktop == "KDE" || qgetenv("DESKTOP_SESSION").startsWith("kde")
        || !qEnvironmentVariableIsEmpty("KDE_FULL_SESSION");
}

// libsecret keeps the session that it opened with a service for good, also when that service has
// gone (0.18 to 0.21: the backend of secret_password_store() is cached without a watch), and every
// write after that fails with "The session wrapping the secret does not exist". qtkeychain loads it
// the same way and does not mend that.
void letLibsecretForgetItsSession()
{
    QLibrary libsecret(u"secret-1"_s, 0);
    if (const auto disconnect = libsecret.resolve("secret_service_disconnect"))
        disconnect();
}

} // namespace

class SecretService : public KeychainService
{
    Q_OBJECT
public:
    using KeychainService::KeychainService;

    bool mayAskByItself() const override { return isKde(); }

    void askLock(QObject *owner, Answer done) override
    {
        if (!QDBusConnection::sessionBus().isConnected())
            return later(owner, done, KeychainLock::Absent);
        watch();
        if (!isKde())
            return askCollection(owner, done);
        withActivatableNames(owner, [this, owner, done](const QStringList &names) {
            if (names.contains(u"org.kde.kwalletd5"_s) || names.contains(u"org.kde.kwalletd6"_s))
                done(KeychainLock::NotKnown);
            else
                askCollection(owner, done);
        });
    }

    Async<Done> unlock() override
    {
        if (isKde())
            return readyAsync<Done>(Done()); // the wallet asks when it is used
        if (!m_unlock)
            m_unlock = new SecretServiceUnlock(this);
        return m_unlock->result();
    }

private Q_SLOTS:
    void propertiesChanged(const QString &interface, const QVariantMap &values,
                           const QStringList &invalidated)
    {
        const QString locked = u"Locked"_s;
        if (interface == secrets::collection()
            && (values.contains(locked) || invalidated.contains(locked)))
            look();
    }

    // What the signal said may be of another collection, or old by now.
    void look()
    {
        askLock(this, [this, isFirst = m_last == KeychainLock::NotKnown](KeychainLock lock) {
            if (isFirst && lock != KeychainLock::NotKnown)
                Q_EMIT changed();
        });
    }

private:
    // From the first question on: the bus is not touched before.
    void watch()
    {
        if (m_watcher)
            return;
        QDBusConnection bus = QDBusConnection::sessionBus();
        m_watcher = new QDBusServiceWatcher(secrets::name(), bus,
                                            QDBusServiceWatcher::WatchForOwnerChange, this);
        connect(m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
                [this](const QString &, const QString &, const QString &owner) {
                    if (!isKde())
                        letLibsecretForgetItsSession();
                    m_last = KeychainLock::Absent;
                    if (!owner.isEmpty())
                        look();
                });
        bus.connect(secrets::name(), {}, secrets::properties(), u"PropertiesChanged"_s, this,
                    // clang-format off
                    SLOT(propertiesChanged(QString,QVariantMap,QStringList)));
        // clang-format on
        for (const QString &signal : {u"CollectionCreated"_s, u"CollectionChanged"_s})
            bus.connect(secrets::name(), secrets::path(), secrets::service(), signal, this,
                        SLOT(look()));
    }

    static void later(QObject *owner, const Answer &done, KeychainLock lock)
    {
        QTimer::singleShot(0, owner, [done, lock] { done(lock); });
    }

    void askCollection(QObject *owner, const Answer &done)
    {
        const auto know = [this, done](KeychainLock lock) {
            const KeychainLock before = std::exchange(m_last, lock);
            done(lock);
            if (before != lock && before != KeychainLock::NotKnown)
                Q_EMIT changed();
        };
        // Starts the service where the system knows how to: what comes next would do so too.
        const QDBusMessage message =
            secrets::get(secrets::defaultCollection(), secrets::collection(), u"Locked"_s);
        secrets::call(message, owner, [owner, know](const QDBusMessage &reply) {
            const QVariant value =
                reply.arguments().value(0).value<QDBusVariant>().variant(); // invalid in an error
            if (value.typeId() == QMetaType::Bool)
                return know(value.toBool() ? KeychainLock::Locked : KeychainLock::Unlocked);
            const QString error = reply.errorName();
            if (error == u"org.freedesktop.DBus.Error.ServiceUnknown"
                || error == u"org.freedesktop.DBus.Error.NameHasNoOwner")
                return know(KeychainLock::Absent);
            if (error == u"org.freedesktop.DBus.Error.NoReply")
                return know(KeychainLock::NotKnown);
            secrets::call(secrets::readDefaultAlias(), owner, [know](const QDBusMessage &alias) {
                const auto path = alias.arguments().value(0).value<QDBusObjectPath>();
                know(path.path() == "/"_L1 ? KeychainLock::NotMade : KeychainLock::NotKnown);
            });
        });
    }

    static void withActivatableNames(QObject *owner,
                                     const std::function<void(const QStringList &)> &next)
    {
        const QDBusMessage message =
            QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                           u"org.freedesktop.DBus"_s, u"ListActivatableNames"_s);
        secrets::call(message, owner, [next](const QDBusMessage &reply) {
            next(reply.arguments().value(0).toStringList());
        });
    }

    QDBusServiceWatcher *m_watcher = nullptr;
    KeychainLock m_last = KeychainLock::NotKnown;
    QPointer<SecretServiceUnlock> m_unlock;
};

KeychainService *KeychainService::make(QObject *parent)
{
    return new SecretService(parent);
}

} // namespace auth

#include "keychain_service_linux.moc"
