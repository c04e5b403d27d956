// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window in which the person governs: which accounts are signed in and which one is the
// default, and for every AI client that has been asked about, what it may use and for whom. What is
// changed here applies at once.

#pragma once

#include "app/settings.h"
#include "app/valet.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTreeWidget>

class AccessWindow : public QDialog
{
    Q_OBJECT
public:
    // Both outlive the window.
    AccessWindow(Valet *valet, Settings *settings);

    void present();

private:
    QWidget *makeAccounts();
    QWidget *makeClients();
    void loadAccounts();
    void loadClients();
    void addClient(const Settings::Approval &approval);
    void loadAccountChoice();
    void enableButtons();
    QString selectedAccount() const;
    void signInAnother();
    void signOutSelected();
    void showFailure(const Error &error);
    // nullopt: forget the answer.
    void answerSelected(std::optional<mcp::AccessDecision> decision);
    void chooseAccount(int index);

    Valet *m_valet;
    Settings *m_settings;
    QListWidget *m_accounts;
    QPushButton *m_makeDefault;
    QPushButton *m_signOut;
    QPushButton *m_add;
    QLabel *m_failure;
    QTreeWidget *m_clients;
    QPushButton *m_allow;
    QPushButton *m_deny;
    QPushButton *m_askAgain;
    QComboBox *m_accountOfClient;
    QStringList m_shownAccounts; // what the list was made from
    bool m_isSandboxShown = false; // whose answers are listed
};
