// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of the settings window that lists the answers the person gave about AI clients. An
// answer that is taken back leaves the list at once and the settings when the window is saved.

#pragma once

#include "app/settings.h"

#include <QGroupBox>
#include <QListWidget>
#include <QPushButton>

#include <functional>

class AnswersBox : public QGroupBox
{
    Q_OBJECT
public:
    // settings outlive the box. isSandbox: whose answers are listed.
    AnswersBox(Settings *settings, std::function<bool()> isSandbox, QWidget *parent);

    // Shows what is remembered; what was taken back and not saved is there again.
    void load();
    bool isChanged() const { return !m_takenBack.isEmpty(); }
    void save();

Q_SIGNALS:
    void changed();

private:
    void list();
    void takeBack();

    Settings *m_settings;
    std::function<bool()> m_isSandbox;
    QListWidget *m_list;
    QPushButton *m_askAgain;
    QStringList m_takenBack; // programs
};
