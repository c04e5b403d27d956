// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tray_host.h"

#include <QTimer>

void TrayHost::start()
{
    look();
}

void TrayHost::look()
{
    QTimer::singleShot(0, this, &TrayHost::finish);
}

void TrayHost::finish()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    Q_EMIT ready();
}
