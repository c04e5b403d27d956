// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/access_window.h"

#include "app/area_text.h"
#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int principalRole = Qt::UserRole;
constexpr int programRole = Qt::UserRole;
constexpr int areaRole = Qt::UserRole + 1;
constexpr int decisionRole = Qt::UserRole + 2; // invalid: not asked yet

QHBoxLayout *rowOf(const QList<QPushButton *> &buttons)
{
    auto *row = new QHBoxLayout;
    for (QPushButton *button : buttons) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

} // namespace

AccessWindow::AccessWindow(Valet *valet, Settings *settings)
    : m_valet(valet)
    , m_settings(settings)
    , m_accounts(new QListWidget(this))
    , m_makeDefault(new QPushButton(tr("&Use by default"), this))
    , m_signOut(new QPushButton(tr("&Sign out"), this))
    , m_add(new QPushButton(tr("Sign in a&nother account…"), this))
    , m_failure(plainLabel(this))
    , m_clients(new QTreeWidget(this))
    , m_allow(new QPushButton(tr("&Allow"), this))
    , m_deny(new QPushButton(tr("&Deny"), this))
    , m_askAgain(new QPushButton(tr("Ask a&gain"), this))
    , m_accountOfClient(new QComboBox(this))
{
    setWindowTitle(tr("Graph Valet: Accounts and AI clients"));
    setWindowIcon(state_icon::forProgram());
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    box->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *all = new QVBoxLayout(this);
    all->addWidget(makeAccounts(), 1);
    all->addWidget(makeClients(), 2);
    all->addWidget(box);

    connect(box, &QDialogButtonBox::rejected, this, &QWidget::close);
    connect(valet, &Valet::changed, this, &AccessWindow::loadAccounts);
    connect(settings, &Settings::approvalsChanged, this, &AccessWindow::loadClients);
    loadAccounts();
    loadClients();
    resize(sizeHint().expandedTo({560, 520}));
}

QWidget *AccessWindow::makeAccounts()
{
    auto *group = new QGroupBox(tr("Microsoft accounts"), this);
    m_accounts->setAccessibleName(tr("Microsoft accounts"));
    m_accounts->setTextElideMode(Qt::ElideMiddle);
    m_accounts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_makeDefault->setToolTip(
        tr("AI clients use this account unless another one is chosen below."));
    m_failure->setAccessibleName(tr("Problem"));
    m_failure->hide();
    auto *layout = new QVBoxLayout(group);
    layout->addWidget(m_accounts);
    layout->addWidget(m_failure);
    layout->addLayout(rowOf({m_makeDefault, m_signOut, m_add}));

    connect(m_accounts, &QListWidget::currentItemChanged, this, &AccessWindow::enableButtons);
    connect(m_makeDefault, &QPushButton::clicked, this,
            [this] { m_valet->makeDefault(selectedAccount()); });
    connect(m_signOut, &QPushButton::clicked, this, &AccessWindow::signOutSelected);
    connect(m_add, &QPushButton::clicked, this, &AccessWindow::signInAnother);
    return group;
}

QWidget *AccessWindow::makeClients()
{
    auto *group = new QGroupBox(tr("Your answers about AI clients"), this);
    m_clients->setAccessibleName(tr("Your answers about AI clients"));
    m_clients->setHeaderLabels({tr("Program and area"), tr("Your answer")});
    m_clients->setTextElideMode(Qt::ElideMiddle);
    m_clients->header()->setStretchLastSection(false);
    m_clients->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_clients->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_askAgain->setToolTip(tr("Forgets the answer; the next call that needs it asks you again."));
    m_accountOfClient->setAccessibleName(tr("Account of this AI client"));
    m_accountOfClient->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_accountOfClient->setMinimumContentsLength(24);
    auto *account = new QFormLayout;
    account->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    account->addRow(tr("It uses the a&ccount"), m_accountOfClient);
    auto *layout = new QVBoxLayout(group);
    layout->addWidget(m_clients);
    layout->addLayout(rowOf({m_allow, m_deny, m_askAgain}));
    layout->addLayout(account);

    connect(m_clients, &QTreeWidget::currentItemChanged, this, [this] {
        loadAccountChoice();
        enableButtons();
    });
    connect(m_allow, &QPushButton::clicked, this,
            [this] { answerSelected(mcp::AccessDecision::Allowed); });
    connect(m_deny, &QPushButton::clicked, this,
            [this] { answerSelected(mcp::AccessDecision::Denied); });
    connect(m_askAgain, &QPushButton::clicked, this, [this] { answerSelected(std::nullopt); });
    connect(m_accountOfClient, &QComboBox::activated, this, &AccessWindow::chooseAccount);
    return group;
}

void AccessWindow::present()
{
    if (!isVisible())
        m_failure->hide();
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void AccessWindow::loadAccounts()
{
    const Status status = m_valet->status();
    if (status.isSandbox != m_isSandboxShown)
        loadClients();
    const QStringList names = status_text::names(status.accounts);
    QStringList lines;
    QStringList shown;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const AccountStatus &one = status.accounts.at(i);
        QString line = display_text::shown(names.at(i), 200);
        if (one.isDefault && names.size() > 1)
            line = tr("%1, used by default").arg(line);
        if (one.state != auth::AccountSession::State::SignedIn)
            line = tr("%1: %2").arg(line, user_messages::forState(one.state));
        lines.append(line);
        shown.append(line + one.account.principal());
    }
    if (shown != m_shownAccounts) {
        m_shownAccounts = shown;
        const QString selected = selectedAccount();
        m_accounts->clear();
        for (qsizetype i = 0; i < lines.size(); ++i) {
            auto *item = new QListWidgetItem(lines.at(i), m_accounts);
            const QString principal = status.accounts.at(i).account.principal();
            item->setData(principalRole, principal);
            if (principal == selected)
                m_accounts->setCurrentItem(item);
        }
        if (!m_accounts->currentItem())
            m_accounts->setCurrentRow(0);
        loadAccountChoice();
    }
    enableButtons();
}

void AccessWindow::loadClients()
{
    const QTreeWidgetItem *current = m_clients->currentItem();
    const QString program = current ? current->data(0, programRole).toString() : QString();
    const QVariant area = current ? current->data(0, areaRole) : QVariant();
    m_clients->clear();
    m_isSandboxShown = m_valet->status().isSandbox;
    const auto approvals = m_settings->approvals(m_isSandboxShown);
    for (const Settings::Approval &approval : approvals)
        addClient(approval);
    // The same row again, so that the keyboard stays where it was.
    for (QTreeWidgetItemIterator it(m_clients); *it; ++it) {
        if ((*it)->data(0, programRole) == program && (*it)->data(0, areaRole) == area)
            m_clients->setCurrentItem(*it);
    }
    if (!m_clients->currentItem())
        m_clients->setCurrentItem(m_clients->topLevelItem(0));
    loadAccountChoice();
    enableButtons();
}

void AccessWindow::addClient(const Settings::Approval &approval)
{
    const auto word = [](std::optional<mcp::AccessDecision> decision) {
        if (!decision)
            return tr("Not asked yet");
        return *decision == mcp::AccessDecision::Allowed ? tr("Allowed") : tr("Denied");
    };
    const QString path = display_text::shown(approval.program, display_text::pathLimit);
    auto *client = new QTreeWidgetItem(m_clients, {path, word(approval.decision)});
    client->setData(0, programRole, approval.program);
    client->setToolTip(0, path);
    if (approval.decision)
        client->setData(0, decisionRole, int(*approval.decision));
    for (auto area = approval.areas.begin(); area != approval.areas.end(); ++area) {
        auto *row = new QTreeWidgetItem(client, {area_text::name(area.key()), word(*area)});
        row->setData(0, programRole, approval.program);
        row->setData(0, areaRole, areaWord(area.key()));
        row->setData(0, decisionRole, int(*area));
    }
    client->setExpanded(true);
}

void AccessWindow::loadAccountChoice()
{
    const QTreeWidgetItem *current = m_clients->currentItem();
    const Status status = m_valet->status();
    m_accountOfClient->clear();
    m_accountOfClient->addItem(tr("The default account"), QString());
    const QStringList names = status_text::names(status.accounts);
    for (qsizetype i = 0; i < names.size(); ++i) {
        m_accountOfClient->addItem(display_text::shown(names.at(i), 200),
                                   status.accounts.at(i).account.principal());
    }
    const QString chosen = current
        ? m_settings->accountFor(current->data(0, programRole).toString(), m_isSandboxShown)
        : QString();
    int index = m_accountOfClient->findData(chosen);
    if (index < 0) {
        m_accountOfClient->addItem(tr("An account that is not signed in"), chosen);
        index = m_accountOfClient->count() - 1;
    }
    m_accountOfClient->setCurrentIndex(index);
}

void AccessWindow::enableButtons()
{
    const Status status = m_valet->status();
    const QString account = selectedAccount();
    const bool isDefault = std::any_of(
        status.accounts.cbegin(), status.accounts.cend(), [&](const AccountStatus &one) {
            return one.isDefault && one.account.principal() == account;
        });
    m_makeDefault->setEnabled(!account.isEmpty() && !isDefault);
    m_signOut->setEnabled(!account.isEmpty());
    m_add->setEnabled(!status_text::isPageOpen(status)
                      && (!status.accounts.isEmpty() || status_text::canSignIn(status)));
    const QTreeWidgetItem *current = m_clients->currentItem();
    const bool hasClient = current != nullptr;
    const QVariant decision = current ? current->data(0, decisionRole) : QVariant();
    m_allow->setEnabled(hasClient && decision != int(mcp::AccessDecision::Allowed));
    m_deny->setEnabled(hasClient && decision != int(mcp::AccessDecision::Denied));
    m_askAgain->setEnabled(hasClient && decision.isValid());
    m_accountOfClient->setEnabled(hasClient && m_accountOfClient->count() > 1);
}

QString AccessWindow::selectedAccount() const
{
    const QListWidgetItem *item = m_accounts->currentItem();
    return item ? item->data(principalRole).toString() : QString();
}

void AccessWindow::signInAnother()
{
    m_failure->hide();
    whenDone(m_valet->signInAnother(), this, [this](const Result<auth::Account> &result) {
        if (!result.ok() && result.error().kind != Error::Kind::Cancelled)
            showFailure(result.error());
    });
}

void AccessWindow::signOutSelected()
{
    m_failure->hide();
    whenDone(m_valet->signOutOne(selectedAccount()), this, [this](const Result<Done> &result) {
        if (!result.ok())
            showFailure(result.error());
    });
}

void AccessWindow::showFailure(const Error &error)
{
    m_failure->setText(user_messages::forError(error));
    m_failure->show();
}

void AccessWindow::answerSelected(std::optional<mcp::AccessDecision> decision)
{
    const QTreeWidgetItem *item = m_clients->currentItem();
    if (!item)
        return;
    const QString program = item->data(0, programRole).toString();
    const auto area = mcp::areaOfWord(item->data(0, areaRole).toString());
    const bool isSandbox = m_isSandboxShown;
    if (area && decision)
        m_settings->setAreaApproval(program, *area, *decision, isSandbox);
    else if (area)
        m_settings->forgetAreaApproval(program, *area, isSandbox);
    else if (decision)
        m_settings->setApproval(program, *decision, isSandbox);
    else
        m_settings->forgetApproval(program, isSandbox);
}

void AccessWindow::chooseAccount(int index)
{
    const QTreeWidgetItem *item = m_clients->currentItem();
    if (!item)
        return;
    m_settings->setAccountFor(item->data(0, programRole).toString(),
                              m_accountOfClient->itemData(index).toString(), m_isSandboxShown);
}
