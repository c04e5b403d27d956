// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icon in the system tray: state, tool tip, menu, notifications. Nothing in here decides; it
// shows the Valet's status.

#pragma once

#include "app/tray_menu.h"

#include <QObject>
#include <QSystemTrayIcon>

class TrayIcon : public QObject
{
    Q_OBJECT
public:
    // To be made once TrayHost is ready; valet outlives the icon.
    explicit TrayIcon(Valet *valet, QObject *parent = nullptr);
    ~TrayIcon() override;

    // Whether there is a tray that shows it; isVisible() of Qt is true in any case.
    static bool hasTray();
    static QString toolTip(const Status &status);

    // text: ours, or through display_text::forToolTip; servers take markup.
    void notify(const QString &text);

private:
    void refresh();
    // A locked keychain that keeps a sign-in away is told once.
    void tellLock();

    Valet *m_valet;
    TrayMenu m_menu;
    QSystemTrayIcon m_icon;
    std::optional<auth::AccountSession::State> m_shownState;
    bool m_showsPause = false;
    bool m_isLockTold = false;
};
