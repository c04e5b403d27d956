// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which parts of the account AI clients get tools for: a preset, or one by one.

#pragma once

#include "mcp/access/area_choice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>

#include <array>

class AreaPicker : public QGroupBox
{
    Q_OBJECT
public:
    explicit AreaPicker(QWidget *parent = nullptr);

    // As the settings spell it (mcp/access/area_choice.h); what is none is shown as nothing chosen.
    void setChoice(const QString &text);
    QString choice() const;
    // Why it cannot be changed; empty: it can.
    void setLocked(const QString &reason);

Q_SIGNALS:
    void changed();

private:
    mcp::AreaSet ticked() const;
    void showPreset();
    void takePreset();

    QComboBox *m_preset;
    std::array<QCheckBox *, mcp::areaCount> m_boxes{}; // null: the profile, which always is
    QLabel *m_note;
};
