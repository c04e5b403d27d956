// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tray_menu.h"

#include "app/display_text.h"
#include "app/status_report.h"
#include "app/status_text.h"
#include "app/user_messages.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

TrayMenu::TrayMenu(Valet *valet, QObject *parent)
    : QObject(parent)
    , m_valet(valet)
    , m_menu(std::make_unique<QMenu>())
{
    m_menu->setAccessibleName(tr("Graph Valet"));
    m_account = add(u"account"_s, {});
    m_memoryOnly = add(u"memoryOnly"_s, {});
    m_sandbox = add(u"sandbox"_s, tr("Sandbox (loopback)"));
    m_menu->addSeparator();
    m_unlock = add(u"unlock"_s, tr("&Unlock…"));
    m_signIn = add(u"signIn"_s, tr("Sign &in…"));
    m_cancel = add(u"cancelSignIn"_s, tr("&Cancel sign-in"));
    m_copyLink = add(u"copyLink"_s, tr("Copy sign-in &link"));
    m_copyAdminLink = add(u"copyAdminLink"_s, tr("Copy link for the a&dministrator"));
    m_signOut = add(u"signOut"_s, tr("Sign &out"));
    QAction *settings = add(u"settings"_s, tr("&Settings…"));
    m_clients = m_menu->addMenu(QString());
    m_clients->menuAction()->setObjectName(u"clients"_s);
    m_menu->addSeparator();
    QAction *quit = add(u"quit"_s, tr("&Quit"));

    for (QAction *opensStatus : {m_account, m_memoryOnly, m_sandbox})
        connect(opensStatus, &QAction::triggered, valet, &Valet::showStatus);
    connect(m_unlock, &QAction::triggered, this, &TrayMenu::unlock);
    connect(m_signIn, &QAction::triggered, this, &TrayMenu::signIn);
    connect(m_cancel, &QAction::triggered, valet, &Valet::cancelSignIn);
    connect(m_signOut, &QAction::triggered, this, &TrayMenu::signOut);
    connect(m_copyLink, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::signInLink(m_valet->status()));
    });
    connect(m_copyAdminLink, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::adminLink(m_valet->status()));
    });
    connect(settings, &QAction::triggered, valet, &Valet::showSettings);
    connect(quit, &QAction::triggered, valet, &Valet::quit);
    connect(valet, &Valet::changed, this, &TrayMenu::refresh);
    refresh();
}

TrayMenu::~TrayMenu() = default;

QAction *TrayMenu::add(const QString &name, const QString &text)
{
    QAction *action = m_menu->addAction(text);
    action->setObjectName(name);
    return action;
}

void TrayMenu::refresh()
{
    const Status status = m_valet->status();
    m_account->setText(display_text::forMenu(status_text::account(status)));
    m_memoryOnly->setText(display_text::forMenu(status_text::memoryOnly(status)));
    m_memoryOnly->setVisible(status.isMemoryOnly);
    m_unlock->setVisible(status_text::canUnlock(status));
    m_sandbox->setVisible(status.isSandbox);
    const bool isSigningIn = status.state == auth::AccountSession::State::SigningIn;
    m_signIn->setVisible(!isSigningIn && status.state != auth::AccountSession::State::SignedIn);
    m_signIn->setEnabled(status_text::canSignIn(status));
    m_cancel->setVisible(isSigningIn);
    m_copyLink->setVisible(isSigningIn && !status.signInUrl.isEmpty());
    m_copyAdminLink->setVisible(!status_text::adminLink(status).isEmpty());
    m_signOut->setVisible(status_text::canSignOut(status));
    refreshClients(status);
}

void TrayMenu::refreshClients(const Status &status)
{
    m_clients->setTitle(tr("&AI clients (%1)").arg(status.clients.size()));
    m_clients->menuAction()->setEnabled(!status.clients.isEmpty());
    QStringList lines;
    for (const mcp::ConnectedClient &client : status.clients)
        lines.append(display_text::forMenu(status_report::clientLine(client)));
    if (lines == m_clientLines)
        return;
    m_clientLines = lines;
    m_clients->clear();
    for (const QString &line : std::as_const(lines))
        connect(m_clients->addAction(line), &QAction::triggered, m_valet, &Valet::showStatus);
}

void TrayMenu::signIn()
{
    whenDone(m_valet->signIn(), this, [this](const Result<auth::Account> &result) {
        if (!result.ok() && result.error().kind != Error::Kind::Cancelled)
            Q_EMIT failed(user_messages::forError(result.error()));
    });
}

void TrayMenu::signOut()
{
    whenDone(m_valet->signOut(), this, [this](const Result<Done> &result) {
        if (!result.ok())
            Q_EMIT failed(user_messages::forError(result.error()));
    });
}

void TrayMenu::unlock()
{
    whenDone(m_valet->unlockKeychain(), this, [this](const Result<Done> &result) {
        if (!result.ok() && result.error().kind != Error::Kind::Cancelled)
            Q_EMIT failed(user_messages::forError(result.error()));
    });
}
