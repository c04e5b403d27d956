// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tray_icon.h"

#include "app/display_text.h"
#include "app/state_icon.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QStringList>

using State = auth::AccountSession::State;

TrayIcon::TrayIcon(Valet *valet, QObject *parent)
    : QObject(parent)
    , m_valet(valet)
    , m_menu(valet)
{
    m_icon.setContextMenu(m_menu.menu());
    connect(&m_menu, &TrayMenu::failed, this, &TrayIcon::notify);
    connect(valet, &Valet::changed, this, &TrayIcon::refresh);
    connect(valet, &Valet::attentionNeeded, this, [this] {
        notify(tr("An AI client waits for you. Please answer on the Microsoft page that opens in "
                  "your browser."));
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, valet, &Valet::showStatus);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    m_valet->showStatus();
            });
    refresh();
    m_icon.show();
    connect(valet, &Valet::changed, this, &TrayIcon::tellLock);
    tellLock(); // nothing is told by an icon that is not shown yet
}

TrayIcon::~TrayIcon()
{
    m_icon.hide();
}

bool TrayIcon::hasTray()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

QString TrayIcon::toolTip(const Status &status)
{
    QStringList lines{tr("Graph Valet: %1").arg(status_text::state(status)),
                      display_text::forToolTip(status_text::account(status)),
                      status_text::clientCount(status)};
    // "Not signed in" under "Signed out" says the same twice.
    if (!status.account && (status.state == State::SignedOut || status.state == State::SigningIn))
        lines.removeAt(1);
    if (status.pause)
        lines.append(status_text::pause(status));
    if (status.isMemoryOnly)
        lines.append(status_text::memoryOnly(status));
    if (status.isSandbox)
        lines.append(tr("Sandbox (loopback)"));
    return lines.join(QLatin1Char('\n'));
}

void TrayIcon::notify(const QString &text)
{
    if (QSystemTrayIcon::supportsMessages())
        m_icon.showMessage(tr("Graph Valet"), text, state_icon::forProgram());
}

void TrayIcon::refresh()
{
    const Status status = m_valet->status();
    if (m_shownState != status.state || m_showsPause != status.pause.has_value()) {
        m_shownState = status.state;
        m_showsPause = status.pause.has_value();
        m_icon.setIcon(state_icon::forStatus(status.state, m_showsPause));
    }
    const QString text = toolTip(status);
    if (m_icon.toolTip() != text)
        m_icon.setToolTip(text);
}

void TrayIcon::tellLock()
{
    const Status status = m_valet->status();
    const bool isLockedAway = status.state == State::Error && status_text::canUnlock(status);
    if (isLockedAway && !m_isLockTold)
        notify(user_messages::forError(*status.keychain));
    m_isLockTold = isLockedAway;
}
