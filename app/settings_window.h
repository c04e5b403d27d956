// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Client id and tenant of the app registration, checked while they are typed, and the answers that
// the person gave about AI clients. Values of the organisation or the environment are shown and
// locked.

#pragma once

#include "app/settings.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include <functional>

class SettingsWindow : public QDialog
{
    Q_OBJECT
public:
    // settings outlive the window. isSandbox: whose remembered answers are listed.
    SettingsWindow(Settings *settings, std::function<bool()> isSandbox);

    // Shows it with what applies now, or brings it to the front.
    void present();

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        QLabel *note = nullptr; // what is wrong, or why it is locked
    };
    Field makeField(const QString &name, const QString &example);
    void load();
    void loadField(const Field &field, Settings::Key key);
    void loadApprovals();
    void check();
    void save();
    void forgetSelected();

    Settings *m_settings;
    std::function<bool()> m_isSandbox;
    Field m_clientId;
    Field m_tenant;
    QLabel *m_problem;
    QListWidget *m_approvals;
    QPushButton *m_forget;
    QPushButton *m_save;
};
