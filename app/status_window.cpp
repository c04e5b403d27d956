// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/status_window.h"

#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"
#include "app/status_report.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

StatusWindow::StatusWindow(Valet *valet)
    : m_valet(valet)
    , m_picture(new QLabel(this))
    , m_state(plainLabel(this))
    , m_account(plainLabel(this))
    , m_hint(plainLabel(this))
    , m_sandbox(plainLabel(this, status_text::sandbox()))
    , m_pause(plainLabel(this))
    , m_clientCount(plainLabel(this))
    , m_clients(new QListWidget(this))
    , m_noTray(plainLabel(this,
                          tr("This desktop shows no tray icon. Graph Valet goes on when you close "
                             "this window; start it again to see it.")))
    , m_resume(new QPushButton(tr("&Resume AI clients"), this))
    , m_unlock(new QPushButton(tr("&Unlock…"), this))
    , m_signIn(new QPushButton(tr("Sign &in…"), this))
    , m_cancel(new QPushButton(tr("&Cancel sign-in"), this))
    , m_signOut(new QPushButton(tr("Sign &out"), this))
    , m_copyLink(new QPushButton(tr("Copy sign-in &link"), this))
    , m_copyAdminLink(new QPushButton(tr("Copy link for the a&dministrator"), this))
    , m_quit(new QPushButton(tr("&Quit"), this))
{
    setWindowTitle(tr("Graph Valet"));
    setWindowIcon(state_icon::forProgram());
    auto *settings = new QPushButton(tr("&Settings…"), this);
    auto *activity = new QPushButton(tr("Acti&vity…"), this);
    auto *access = new QPushButton(tr("&Accounts and AI clients…"), this);
    auto *doctor = new QPushButton(tr("Check for &problems…"), this);
    auto *connectOne = new QPushButton(tr("Co&nnect an AI client…"), this);

    QFont large = m_state->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_state->setFont(large);
    m_account->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_picture->setAccessibleName(tr("State"));
    m_state->setAccessibleName(tr("State"));
    m_account->setAccessibleName(tr("Account"));
    m_pause->setAccessibleName(tr("Pause"));
    m_hint->setAccessibleName(tr("What to do"));
    m_clients->setAccessibleName(tr("Connected AI clients"));
    m_clients->setSelectionMode(QAbstractItemView::NoSelection);
    m_clients->setUniformItemSizes(true);
    m_clients->setTextElideMode(Qt::ElideMiddle);
    m_clients->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *words = new QVBoxLayout;
    words->addWidget(m_state);
    words->addWidget(m_account);
    words->addWidget(m_sandbox);
    words->addWidget(m_pause);
    auto *top = new QHBoxLayout;
    top->addWidget(m_picture, 0, Qt::AlignTop);
    top->addSpacing(8);
    top->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_resume, m_unlock, m_signIn, m_cancel, m_signOut, m_copyLink,
                                m_copyAdminLink, access, activity, settings})
        buttons->addWidget(button);
    buttons->addStretch();
    buttons->addWidget(m_quit);
    auto *all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(m_hint);
    auto *clientsHead = new QHBoxLayout;
    clientsHead->addWidget(m_clientCount, 1);
    clientsHead->addWidget(doctor);
    clientsHead->addWidget(connectOne);
    all->addLayout(clientsHead);
    all->addWidget(m_clients, 1);
    all->addWidget(m_noTray);
    all->addLayout(buttons);

    connect(m_resume, &QPushButton::clicked, valet, &Valet::resume);
    connect(m_unlock, &QPushButton::clicked, this, &StatusWindow::unlock);
    connect(m_signIn, &QPushButton::clicked, this, &StatusWindow::signIn);
    connect(m_cancel, &QPushButton::clicked, valet, &Valet::cancelSignIn);
    connect(m_signOut, &QPushButton::clicked, this, &StatusWindow::signOut);
    connect(m_copyLink, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::signInLink(m_valet->status()));
    });
    connect(m_copyAdminLink, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::adminLink(m_valet->status()));
    });
    connect(access, &QPushButton::clicked, valet, &Valet::showAccess);
    connect(activity, &QPushButton::clicked, valet, &Valet::showActivity);
    connect(connectOne, &QPushButton::clicked, valet, &Valet::showConnect);
    connect(doctor, &QPushButton::clicked, valet, &Valet::showDoctor);
    connect(settings, &QPushButton::clicked, valet, &Valet::showSettings);
    connect(m_quit, &QPushButton::clicked, valet, &Valet::quit);
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this,
            &QWidget::close);
    connect(valet, &Valet::changed, this, &StatusWindow::refresh);
    setHasTray(true);
    refresh();
    resize(sizeHint().expandedTo({460, 300}));
}

void StatusWindow::setHasTray(bool hasTray)
{
    m_noTray->setVisible(!hasTray);
    m_quit->setVisible(!hasTray);
}

void StatusWindow::present()
{
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void StatusWindow::refresh()
{
    const Status status = m_valet->status();
    m_picture->setPixmap(state_icon::forStatus(status.state, status.pause.has_value()).pixmap(48));
    m_state->setText(status_text::state(status));
    m_account->setText(display_text::shown(status_text::account(status), 200));
    m_account->setVisible(status.account.has_value());
    m_sandbox->setVisible(status.isSandbox);
    m_pause->setText(status_text::pause(status));
    m_pause->setVisible(status.pause.has_value());
    m_resume->setVisible(status.pause.has_value());
    const QString hint = m_failure.isEmpty() ? status_text::hint(status) : m_failure;
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());

    const bool isPageOpen = status_text::isPageOpen(status);
    m_unlock->setVisible(status_text::canUnlock(status));
    m_signIn->setVisible(!isPageOpen && status.state != auth::AccountSession::State::SignedIn);
    m_signIn->setEnabled(status_text::canSignIn(status));
    m_cancel->setVisible(isPageOpen);
    m_copyLink->setVisible(!status.signInUrl.isEmpty());
    m_copyAdminLink->setVisible(!status_text::adminLink(status).isEmpty());
    m_signOut->setVisible(status_text::canSignOut(status));
    m_signOut->setText(status.accounts.size() > 1 ? tr("Sign &out all") : tr("Sign &out"));

    m_clientCount->setText(status_text::clientCount(status));
    m_clients->clear();
    for (const mcp::ConnectedClient &client : status.clients)
        m_clients->addItem(display_text::shown(status_report::clientLine(client), 200));
}

void StatusWindow::signIn()
{
    m_failure.clear();
    whenDone(m_valet->signIn(), this, [this](const Result<auth::Account> &result) {
        const bool says = !result.ok() && result.error().kind != Error::Kind::Cancelled;
        m_failure = says ? user_messages::forError(result.error()) : QString();
        refresh();
    });
}

void StatusWindow::signOut()
{
    m_failure.clear();
    whenDone(m_valet->signOut(), this, [this](const Result<Done> &result) {
        m_failure = result.ok() ? QString() : user_messages::forError(result.error());
        refresh();
    });
}

void StatusWindow::unlock()
{
    m_failure.clear();
    whenDone(m_valet->unlockKeychain(), this, [this](const Result<Done> &result) {
        const bool says = !result.ok() && result.error().kind != Error::Kind::Cancelled;
        m_failure = says ? user_messages::forError(result.error()) : QString();
        refresh();
    });
}
