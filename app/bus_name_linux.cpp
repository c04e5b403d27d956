// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bus_name.h"

#include "app/base/log.h"

#include <QDBusConnection>

using namespace Qt::StringLiterals;

void bus_name::claim(const QString &profile)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (profile != "default"_L1 || !bus.isConnected())
        return;
    if (!bus.registerService(QStringLiteral(GRAPH_VALET_APP_ID)))
        qCInfo(lcApp) << "another process has the name on the session bus";
}
