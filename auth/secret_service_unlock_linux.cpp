// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/secret_service_unlock_linux.h"

#include "auth/secret_service_linux.h"

#include <QDBusConnection>
#include <QDBusObjectPath>

using namespace Qt::StringLiterals;
namespace secrets = auth::secret_service;

namespace auth {

namespace {

Error fault(const QString &detail)
{
    return Error{.kind = Error::Kind::StorageFault, .detail = detail, .serviceCode = u"failed"_s};
}

QDBusMessage serviceCall(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(secrets::name(), secrets::path(),
                                                          secrets::service(), method);
    message.setArguments(arguments);
    return message;
}

} // namespace

SecretServiceUnlock::SecretServiceUnlock(QObject *parent)
    : QObject(parent)
    , m_watcher(secrets::name(), QDBusConnection::sessionBus(),
                QDBusServiceWatcher::WatchForUnregistration)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this] { end(fault(u"the keychain went away while it asked"_s)); });
    secrets::call(secrets::readDefaultAlias(), this,
                  [this](const QDBusMessage &alias) { begin(alias); });
}

void SecretServiceUnlock::begin(const QDBusMessage &alias)
{
    if (alias.type() != QDBusMessage::ReplyMessage)
        return end(fault(u"no keychain answers: "_s + alias.errorMessage()));
    const auto collection = alias.arguments().value(0).value<QDBusObjectPath>();
    const bool isMade = collection.path() != "/"_L1;
    const QVariantMap label{{secrets::collection() + u".Label"_s, tr("Default keyring")}};
    const QDBusMessage question = isMade
        ? serviceCall(u"Unlock"_s, {QVariant::fromValue(QList<QDBusObjectPath>{collection})})
        : serviceCall(u"CreateCollection"_s, {label, u"default"_s});
    // Both answer with something and a prompt.
    secrets::call(question, this, [this](const QDBusMessage &reply) {
        if (reply.type() != QDBusMessage::ReplyMessage)
            return end(fault(u"the keychain does not unlock: "_s + reply.errorMessage()));
        const auto prompt = reply.arguments().value(1).value<QDBusObjectPath>();
        if (prompt.path() == "/"_L1)
            end(Done());
        else
            showPrompt(prompt.path());
    });
}

void SecretServiceUnlock::showPrompt(const QString &path)
{
    QDBusConnection::sessionBus().connect(secrets::name(), path, secrets::prompt(), u"Completed"_s,
                                          // clang-format off
                                          this, SLOT(completed(bool,QDBusVariant)));
    // clang-format on
    QDBusMessage message =
        QDBusMessage::createMethodCall(secrets::name(), path, secrets::prompt(), u"Prompt"_s);
    message << QString(); // of no window of ours: the tray icon has none
    secrets::call(message, this, [this](const QDBusMessage &reply) {
        if (reply.type() != QDBusMessage::ReplyMessage)
            end(fault(u"the keychain cannot ask: "_s + reply.errorMessage()));
    });
}

void SecretServiceUnlock::completed(bool dismissed, const QDBusVariant &)
{
    if (dismissed)
        end(Error{.kind = Error::Kind::Cancelled, .detail = u"the keychain stays locked"_s});
    else
        end(Done());
}

void SecretServiceUnlock::end(const Result<Done> &result)
{
    m_result.answer(result);
    deleteLater();
}

} // namespace auth
