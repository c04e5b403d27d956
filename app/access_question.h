// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window of one question: may this AI client use the account, or one more area of it?
// Everything but Allow means no.

#pragma once

#include "mcp/access/access_prompt.h"

#include <QDialog>
#include <QPushButton>

#include <chrono>

class AccessQuestion : public QDialog
{
    Q_OBJECT
public:
    // Buttons and keys do nothing for this long, so that a key meant for another window answers
    // nothing.
    static constexpr std::chrono::milliseconds armingTime{500};

    // account: what it is called; empty: not said.
    AccessQuestion(const mcp::AccessRequest &request, const QString &account, bool isSandbox);

    void present();

Q_SIGNALS:
    void answered(bool allowed);

protected:
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void reject() override;

private:
    void arm();

    QPushButton *m_allow;
    QPushButton *m_deny;
    bool m_isArmed = false;
};
