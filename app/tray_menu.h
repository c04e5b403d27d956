// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The menu of the tray icon. Its entries are made once and change in place, so that an open menu
// neither closes nor jumps, and the D-Bus copy of it stays small.

#pragma once

#include "app/valet.h"

#include <QMenu>
#include <QObject>

#include <memory>

class TrayMenu : public QObject
{
    Q_OBJECT
public:
    // valet outlives the menu.
    explicit TrayMenu(Valet *valet, QObject *parent = nullptr);
    ~TrayMenu() override;

    QMenu *menu() const { return m_menu.get(); }

Q_SIGNALS:
    // Something the person asked for did not work; a sentence.
    void failed(const QString &text);

private:
    QAction *add(const QString &name, const QString &text);
    void refresh();
    void refreshClients(const Status &status);
    void refreshAccounts(const Status &status);
    void refreshPause(const Status &status);
    void addPause();
    void setStartsAtLogin(bool on);
    void signInAnother();
    void signIn();
    void signOut();
    void unlock();

    Valet *m_valet;
    std::unique_ptr<QMenu> m_menu;
    QMenu *m_clients = nullptr;
    QStringList m_clientLines;
    QAction *m_account = nullptr;
    QAction *m_sandbox = nullptr;
    QAction *m_memoryOnly = nullptr;
    QMenu *m_defaults = nullptr;
    QStringList m_accountLines;
    QAction *m_startsAtLogin = nullptr;
    QMenu *m_pause = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_unlock = nullptr;
    QAction *m_signIn = nullptr;
    QAction *m_another = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_signOut = nullptr;
    QAction *m_copyLink = nullptr;
    QAction *m_copyAdminLink = nullptr;
};
