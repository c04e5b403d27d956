// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The gnome-keyring of the private session that with_keyring.sh makes: locked, unlocked, stopped,
// killed and started as a test wants it.

#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QTest>

#include <csignal>

namespace real_keyring {

inline QString login()
{
    return QStringLiteral("/org/freedesktop/secrets/collection/login");
}

inline QDBusMessage secretService(const QString &interface, const QString &method,
                                  const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
        interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

inline bool lock()
{
    const QList<QDBusObjectPath> collections{QDBusObjectPath(login())};
    return secretService(QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"),
                         {QVariant::fromValue(collections)})
               .type()
        == QDBusMessage::ReplyMessage;
}

// gnome-keyring's own way for tests and pam; a second `gnome-keyring-daemon --unlock` does nothing.
inline bool unlock()
{
    const QDBusMessage opened = secretService(
        QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("OpenSession"),
        {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    QDBusArgument secret;
    secret.beginStructure();
    secret << opened.arguments().value(1).value<QDBusObjectPath>() << QByteArray()
           << QByteArray("test-password") << QStringLiteral("text/plain");
    secret.endStructure();
    return secretService(
               QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
               QStringLiteral("UnlockWithMasterPassword"),
               {QVariant::fromValue(QDBusObjectPath(login())), QVariant::fromValue(secret)})
               .type()
        == QDBusMessage::ReplyMessage;
}

// A daemon of the test's own, for a session in which none runs (with_keyring.sh --bare).
class Daemon
{
public:
    ~Daemon() { kill(); }

    // locked: as after a login without the password.
    bool start(bool locked = false)
    {
        QStringList arguments{QStringLiteral("--foreground"),
                              QStringLiteral("--components=secrets")};
        if (!locked)
            arguments.append(QStringLiteral("--unlock"));
        m_process.start(QStringLiteral("gnome-keyring-daemon"), arguments);
        if (!m_process.waitForStarted())
            return false;
        if (!locked)
            m_process.write("test-password");
        m_process.closeWriteChannel();
        return QTest::qWaitFor([] { return isThere(); }, 20000);
    }
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
        if (!QTest::qWaitFor([] { return !isThere(); }, 20000))
            qWarning("gnome-keyring keeps its name");
        QCoreApplication::processEvents(); // whoever watches the name hears of it
    }
    // Answers nothing until it goes on.
    void stop() { ::kill(pid_t(m_process.processId()), SIGSTOP); }
    void goOn() { ::kill(pid_t(m_process.processId()), SIGCONT); }

private:
    static bool isThere()
    {
        QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
            QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"));
        message << QStringLiteral("org.freedesktop.secrets");
        return QDBusConnection::sessionBus().call(message).arguments().value(0).toBool();
    }

    QProcess m_process;
};

// Stands where gnome-keyring's window for passwords is; counts how often it is to be shown, and
// shows nothing, which gnome-keyring takes for a no.
class PromptCounter : public QDBusVirtualObject
{
public:
    PromptCounter()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.registerVirtualObject(QStringLiteral("/org/gnome/keyring/Prompter"), this);
        bus.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
    }
    ~PromptCounter() override
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.unregisterService(QStringLiteral("org.gnome.keyring.SystemPrompter"));
        bus.unregisterObject(QStringLiteral("/org/gnome/keyring/Prompter"));
    }

    int count = 0;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.member() == QLatin1StringView("BeginPrompting"))
            ++count;
        connection.send(message.createErrorReply(QDBusError::Failed, QStringLiteral("no display")));
        return true;
    }
};

} // namespace real_keyring
