// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_window.h"

#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"
#include "app/user_messages.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

// The letters are what Entra's portal shows; auth::EntraConfig has the last word.
bool isGuid(const QString &text)
{
    static const QRegularExpression pattern(
        u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    return pattern.match(text).hasMatch();
}

bool isTenant(const QString &text)
{
    static const QRegularExpression domain(
        u"^(?=.{1,253}$)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z0-9-]{2,63}$"_s);
    return isGuid(text) || text == "organizations"_L1 || text == "common"_L1
        || text == "consumers"_L1 || domain.match(text).hasMatch();
}

constexpr int programRole = Qt::UserRole;

} // namespace

SettingsWindow::SettingsWindow(Settings *settings, std::function<bool()> isSandbox)
    : m_settings(settings)
    , m_isSandbox(std::move(isSandbox))
    , m_problem(plainLabel(this))
    , m_approvals(new QListWidget(this))
    , m_forget(new QPushButton(tr("&Ask again"), this))
    , m_save(nullptr)
{
    setWindowTitle(tr("Graph Valet: Settings"));
    setWindowIcon(state_icon::forProgram());

    auto *registration = new QGroupBox(tr("App registration in Microsoft Entra ID"), this);
    auto *form = new QFormLayout(registration);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_clientId = makeField(tr("Client ID"), u"11111111-2222-3333-4444-555555555555"_s);
    m_tenant = makeField(tr("Tenant"), u"contoso.onmicrosoft.com"_s);
    form->addRow(tr("&Client ID"), m_clientId.edit);
    form->addRow(QString(), m_clientId.note);
    form->addRow(tr("&Tenant"), m_tenant.edit);
    form->addRow(QString(), m_tenant.note);

    auto *answers = new QGroupBox(tr("Your answers about AI clients"), this);
    auto *answersLayout = new QVBoxLayout(answers);
    m_approvals->setAccessibleName(tr("Your answers about AI clients"));
    m_approvals->setTextElideMode(Qt::ElideMiddle);
    m_approvals->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_forget->setAccessibleName(tr("Forget the answer and ask again"));
    m_forget->setToolTip(tr("Forgets the answer; the next call of this program asks you again."));
    answersLayout->addWidget(m_approvals);
    answersLayout->addWidget(m_forget, 0, Qt::AlignRight);

    m_problem->setAccessibleName(tr("Problem"));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = box->button(QDialogButtonBox::Save);
    m_forget->setAutoDefault(false);

    auto *all = new QVBoxLayout(this);
    all->addWidget(registration);
    all->addWidget(m_problem);
    all->addWidget(answers, 1);
    all->addWidget(box);

    connect(m_clientId.edit, &QLineEdit::textChanged, this, &SettingsWindow::check);
    connect(m_tenant.edit, &QLineEdit::textChanged, this, &SettingsWindow::check);
    connect(m_approvals, &QListWidget::itemSelectionChanged, this,
            [this] { m_forget->setEnabled(!m_approvals->selectedItems().isEmpty()); });
    connect(m_forget, &QPushButton::clicked, this, &SettingsWindow::forgetSelected);
    connect(settings, &Settings::approvalsChanged, this, &SettingsWindow::loadApprovals);
    connect(box, &QDialogButtonBox::accepted, this, &SettingsWindow::save);
    connect(box, &QDialogButtonBox::rejected, this, &QWidget::close);
    load();
    resize(sizeHint().expandedTo({520, 420}));
}

SettingsWindow::Field SettingsWindow::makeField(const QString &name, const QString &example)
{
    Field field{new QLineEdit(this), plainLabel(this)};
    field.edit->setAccessibleName(name);
    field.edit->setPlaceholderText(example);
    field.edit->setMaxLength(300);
    field.note->setAccessibleName(tr("Note on %1").arg(name));
    return field;
}

void SettingsWindow::present()
{
    if (!isVisible())
        load();
    show();
    raise();
    activateWindow();
}

void SettingsWindow::load()
{
    loadField(m_clientId, Settings::Key::ClientId);
    loadField(m_tenant, Settings::Key::Tenant);
    loadApprovals();
    check();
}

void SettingsWindow::loadField(const Field &field, Settings::Key key)
{
    field.edit->setText(m_settings->value(key).text);
    // Dark themes of Qt 6.4 leave the example black on black.
    QPalette colours = field.edit->palette();
    QColor example = colours.color(QPalette::Text);
    example.setAlphaF(0.6F);
    colours.setColor(QPalette::PlaceholderText, example);
    field.edit->setPalette(colours);
    field.edit->setReadOnly(m_settings->isLocked(key));
    field.edit->setEnabled(!m_settings->isLocked(key));
}

void SettingsWindow::loadApprovals()
{
    m_approvals->clear();
    const auto approvals = m_settings->approvals(m_isSandbox());
    for (const Settings::Approval &approval : approvals) {
        const QString program = display_text::shown(approval.program, display_text::pathLimit);
        auto *item = new QListWidgetItem(approval.decision == mcp::AccessDecision::Allowed
                                             ? tr("Allowed: %1").arg(program)
                                             : tr("Denied: %1").arg(program),
                                         m_approvals);
        item->setData(programRole, approval.program);
    }
    m_forget->setEnabled(false);
}

void SettingsWindow::check()
{
    const auto note = [this](const Field &field, Settings::Key key, const QString &problem) {
        QString text = problem;
        switch (m_settings->value(key).origin) {
        case Settings::Origin::Policy:
            text = tr("Set by your organisation; it cannot be changed here.");
            break;
        case Settings::Origin::Environment:
            text = tr("Set by the environment variable %1; it cannot be changed here.")
                       .arg(Settings::environmentVariable(key));
            break;
        case Settings::Origin::Person:
        case Settings::Origin::Default: break;
        }
        field.note->setText(text);
        field.note->setVisible(!text.isEmpty());
    };
    const QString clientId = m_clientId.edit->text().trimmed();
    const QString tenant = m_tenant.edit->text().trimmed();
    QString clientIdProblem;
    if (clientId.isEmpty())
        clientIdProblem = tr("Needed: the \"Application (client) ID\" of your app registration.");
    else if (!isGuid(clientId))
        clientIdProblem =
            tr("A client ID has 32 digits 0-9 and a-f in five groups, as in the example.");
    QString tenantProblem;
    if (tenant.isEmpty())
        tenantProblem = tr("Needed: the \"Directory (tenant) ID\", or a domain of your "
                           "organisation.");
    else if (!isTenant(tenant))
        tenantProblem = tr("A tenant is an ID, a domain such as contoso.onmicrosoft.com, or one of "
                           "organizations, common and consumers.");
    note(m_clientId, Settings::Key::ClientId, clientIdProblem);
    note(m_tenant, Settings::Key::Tenant, tenantProblem);

    const bool fieldsAreFine = clientIdProblem.isEmpty() && tenantProblem.isEmpty();
    const auto config = m_settings->entraConfigWith(clientId, tenant);
    m_problem->setText(fieldsAreFine && !config.ok() ? user_messages::forError(config.error())
                                                     : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
    const bool isAllLocked = m_settings->isLocked(Settings::Key::ClientId)
        && m_settings->isLocked(Settings::Key::Tenant);
    m_save->setEnabled(fieldsAreFine && config.ok() && !isAllLocked);
}

void SettingsWindow::save()
{
    const auto saved = m_settings->savePerson(m_clientId.edit->text(), m_tenant.edit->text());
    if (saved.ok()) {
        close();
        return;
    }
    m_problem->setText(
        tr("The settings could not be saved in %1.")
            .arg(display_text::shown(saved.error().detail, display_text::pathLimit)));
    m_problem->show();
}

void SettingsWindow::forgetSelected()
{
    const auto selected = m_approvals->selectedItems();
    if (!selected.isEmpty())
        m_settings->forgetApproval(selected.first()->data(programRole).toString(), m_isSandbox());
}
