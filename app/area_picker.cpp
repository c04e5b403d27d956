// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/area_picker.h"

#include "app/area_text.h"
#include "app/plain_label.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

AreaPicker::AreaPicker(QWidget *parent)
    : QGroupBox(tr("What AI clients can be given"), parent)
    , m_preset(new QComboBox(this))
    , m_note(plainLabel(this))
{
    m_preset->setAccessibleName(tr("What AI clients can be given"));
    m_preset->addItem(tr("Minimal: people, mail, calendar"),
                      mcp::presetWord(mcp::AreaPreset::Minimal));
    m_preset->addItem(tr("Standard"), mcp::presetWord(mcp::AreaPreset::Standard));
    m_preset->addItem(tr("Everything, also what later versions add"),
                      mcp::presetWord(mcp::AreaPreset::All));
    m_preset->addItem(tr("My own choice"), QString());

    auto *grid = new QGridLayout;
    int count = 0;
    for (const mcp::Area area : mcp::allAreas()) {
        if (area == mcp::Area::Profile)
            continue;
        auto *box = new QCheckBox(area_text::name(area), this);
        box->setObjectName(mcp::areaWord(area));
        m_boxes[size_t(area)] = box;
        grid->addWidget(box, count / 2, count % 2);
        ++count;
        connect(box, &QCheckBox::toggled, this, [this] {
            showPreset();
            Q_EMIT changed();
        });
    }
    m_note->setAccessibleName(tr("Note on what AI clients can be given"));

    auto *form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    // Not "&Tools": see the tenant in SettingsWindow.
    form->addRow(tr("Too&ls"), m_preset);
    form->addRow(grid);
    form->addRow(m_note);
    connect(m_preset, &QComboBox::activated, this, &AreaPicker::takePreset);
    setLocked({});
}

void AreaPicker::setChoice(const QString &text)
{
    const auto areas = mcp::areaChoiceOf(text);
    for (const mcp::Area area : mcp::allAreas()) {
        if (QCheckBox *box = m_boxes[size_t(area)]) {
            const QSignalBlocker silent(box);
            box->setChecked(areas && areas->contains(area));
        }
    }
    const int preset = m_preset->findData(text.trimmed());
    m_preset->setCurrentIndex(preset < 0 ? m_preset->findData(QString()) : preset);
}

QString AreaPicker::choice() const
{
    // "Everything" is the same as "Standard" until a later version adds something.
    QString preset = m_preset->currentData().toString();
    if (!preset.isEmpty())
        return preset;
    return mcp::areaChoiceText(ticked());
}

mcp::AreaSet AreaPicker::ticked() const
{
    mcp::AreaSet areas;
    areas.insert(mcp::Area::Profile);
    for (const mcp::Area area : mcp::allAreas()) {
        const QCheckBox *box = m_boxes[size_t(area)];
        if (box && box->isChecked())
            areas.insert(area);
    }
    return areas;
}

void AreaPicker::setLocked(const QString &reason)
{
    m_preset->setEnabled(reason.isEmpty());
    for (QCheckBox *box : m_boxes) {
        if (box)
            box->setEnabled(reason.isEmpty());
    }
    m_note->setText(
        reason.isEmpty()
            ? tr("What is off is offered to no AI client. What is on is still asked for, client "
                 "by client.")
            : reason);
}

void AreaPicker::showPreset()
{
    const int preset = m_preset->findData(mcp::areaChoiceText(ticked()));
    m_preset->setCurrentIndex(preset < 0 ? m_preset->findData(QString()) : preset);
}

void AreaPicker::takePreset()
{
    if (const QString preset = m_preset->currentData().toString(); !preset.isEmpty())
        setChoice(preset);
    Q_EMIT changed();
}
