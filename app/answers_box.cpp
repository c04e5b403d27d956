// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/answers_box.h"

#include "app/display_text.h"

#include <QVBoxLayout>

namespace {

constexpr int programRole = Qt::UserRole;

} // namespace

AnswersBox::AnswersBox(Settings *settings, std::function<bool()> isSandbox, QWidget *parent)
    : QGroupBox(tr("Your answers about AI clients"), parent)
    , m_settings(settings)
    , m_isSandbox(std::move(isSandbox))
    , m_list(new QListWidget(this))
    , m_askAgain(new QPushButton(tr("&Ask again"), this))
{
    m_list->setAccessibleName(tr("Your answers about AI clients"));
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_askAgain->setAccessibleName(tr("Forget the answer and ask again"));
    m_askAgain->setToolTip(
        tr("Forgets the answer when you save; the next call of this program asks you again."));
    m_askAgain->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list);
    layout->addWidget(m_askAgain, 0, Qt::AlignRight);

    connect(m_list, &QListWidget::itemSelectionChanged, this,
            [this] { m_askAgain->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(m_askAgain, &QPushButton::clicked, this, &AnswersBox::takeBack);
    connect(settings, &Settings::approvalsChanged, this, &AnswersBox::list);
}

void AnswersBox::load()
{
    m_takenBack.clear();
    list();
}

void AnswersBox::list()
{
    m_list->clear();
    const auto approvals = m_settings->approvals(m_isSandbox());
    for (const Settings::Approval &approval : approvals) {
        if (m_takenBack.contains(approval.program))
            continue;
        const QString program = display_text::shown(approval.program, display_text::pathLimit);
        auto *item = new QListWidgetItem(approval.decision == mcp::AccessDecision::Allowed
                                             ? tr("Allowed: %1").arg(program)
                                             : tr("Denied: %1").arg(program),
                                         m_list);
        item->setData(programRole, approval.program);
    }
    m_askAgain->setEnabled(false);
}

void AnswersBox::takeBack()
{
    const auto selected = m_list->selectedItems();
    if (selected.isEmpty())
        return;
    m_takenBack.append(selected.first()->data(programRole).toString());
    list();
    Q_EMIT changed();
}

void AnswersBox::save()
{
    const QStringList programs = std::exchange(m_takenBack, {});
    for (const QString &program : programs)
        m_settings->forgetApproval(program, m_isSandbox());
}
