// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A small window with what the tray menu has: for desktops without a tray, and for a second start
// by hand.

#pragma once

#include "app/valet.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QWidget>

class StatusWindow : public QWidget
{
    Q_OBJECT
public:
    // valet outlives the window.
    explicit StatusWindow(Valet *valet);

    // Whether closing the window leaves an icon to come back by; says so and offers Quit where not.
    void setHasTray(bool hasTray);
    // Shows it, or brings it to the front.
    void present();

private:
    void refresh();
    void signIn();
    void signOut();
    void unlock();

    Valet *m_valet;
    QLabel *m_picture;
    QLabel *m_state;
    QLabel *m_account;
    QLabel *m_hint;
    QLabel *m_sandbox;
    QLabel *m_pause;
    QLabel *m_clientCount;
    QListWidget *m_clients;
    QLabel *m_noTray;
    QPushButton *m_resume;
    QPushButton *m_unlock;
    QPushButton *m_signIn;
    QPushButton *m_cancel;
    QPushButton *m_signOut;
    QPushButton *m_copyLink;
    QPushButton *m_copyAdminLink;
    QPushButton *m_quit;
    QString m_failure; // of the last thing the person asked for here
};
