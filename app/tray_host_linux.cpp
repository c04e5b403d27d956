// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tray_host.h"

#include "app/base/log.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto watcherService = QLatin1StringView("org.kde.StatusNotifierWatcher");
constexpr auto patience = 10s;

} // namespace

void TrayHost::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    // Without a bus or a desktop nobody will bring a watcher.
    const bool isDesktop = !qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP")
        || !qEnvironmentVariableIsEmpty("DESKTOP_SESSION");
    if (!bus.isConnected()) {
        QTimer::singleShot(0, this, &TrayHost::finish);
        return;
    }
    auto *watcher = new QDBusServiceWatcher(watcherService, bus,
                                            QDBusServiceWatcher::WatchForRegistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &TrayHost::look);
    bus.connect(watcherService, u"/StatusNotifierWatcher"_s, watcherService,
                u"StatusNotifierHostRegistered"_s, this, SLOT(look()));
    QTimer::singleShot(isDesktop ? patience : 500ms, this, &TrayHost::finish);
    look();
}

void TrayHost::look()
{
    if (m_isFinished)
        return;
    QDBusMessage question =
        QDBusMessage::createMethodCall(watcherService, u"/StatusNotifierWatcher"_s,
                                       u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    question.setArguments({QString(watcherService), u"IsStatusNotifierHostRegistered"_s});
    question.setAutoStartService(false);
    auto *call =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (!reply.isError() && reply.value().variant().toBool())
            finish();
    });
}

void TrayHost::finish()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    Q_EMIT ready();
}
