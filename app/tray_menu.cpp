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
    m_copyLink = add(u"copyLink"_s, tr("Copy sign-in lin&k"));
    m_copyAdminLink = add(u"copyAdminLink"_s, tr("Copy link for the a&dministrator"));
    m_another = add(u"signInAnother"_s, tr("Sign in a&nother account…"));
    m_defaults = m_menu->addMenu(tr("D&efault account"));
    m_defaults->menuAction()->setObjectName(u"defaults"_s);
    m_signOut = add(u"signOut"_s, {});
    m_menu->addSeparator();
    m_clients = m_menu->addMenu(QString());
    m_clients->menuAction()->setObjectName(u"clients"_s);
    addPause();
    QAction *activity = add(u"activity"_s, tr("Acti&vity…"));
    QAction *access = add(u"access"_s, tr("Accoun&ts and AI clients…"));
    QAction *connectOne = add(u"connect"_s, tr("Connect an AI c&lient…"));
    m_menu->addSeparator();
    QAction *settings = add(u"settings"_s, tr("&Settings…"));
    QAction *doctor = add(u"doctor"_s, tr("Check for &problems…"));
    m_startsAtLogin = add(u"startsAtLogin"_s, tr("Start at lo&gin"));
    m_startsAtLogin->setCheckable(true);
    m_menu->addSeparator();
    QAction *quit = add(u"quit"_s, tr("&Quit"));

    for (QAction *opensStatus : {m_account, m_memoryOnly, m_sandbox})
        connect(opensStatus, &QAction::triggered, valet, &Valet::showStatus);
    connect(m_unlock, &QAction::triggered, this, &TrayMenu::unlock);
    connect(m_signIn, &QAction::triggered, this, &TrayMenu::signIn);
    connect(m_another, &QAction::triggered, this, &TrayMenu::signInAnother);
    connect(access, &QAction::triggered, valet, &Valet::showAccess);
    connect(connectOne, &QAction::triggered, valet, &Valet::showConnect);
    connect(m_cancel, &QAction::triggered, valet, &Valet::cancelSignIn);
    connect(m_signOut, &QAction::triggered, this, &TrayMenu::signOut);
    connect(m_copyLink, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::signInLink(m_valet->status()));
    });
    connect(m_copyAdminLink, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(status_text::adminLink(m_valet->status()));
    });
    connect(activity, &QAction::triggered, valet, &Valet::showActivity);
    connect(settings, &QAction::triggered, valet, &Valet::showSettings);
    connect(doctor, &QAction::triggered, valet, &Valet::showDoctor);
    connect(m_startsAtLogin, &QAction::triggered, this, &TrayMenu::setStartsAtLogin);
    // People change it in the system's own settings too.
    connect(m_menu.get(), &QMenu::aboutToShow, this,
            [this] { m_startsAtLogin->setChecked(m_valet->startsAtLogin()); });
    m_startsAtLogin->setChecked(m_valet->startsAtLogin());
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
    const bool isPageOpen = status_text::isPageOpen(status);
    m_signIn->setVisible(!isPageOpen && status.state != auth::AccountSession::State::SignedIn);
    m_signIn->setEnabled(status_text::canSignIn(status));
    m_cancel->setVisible(isPageOpen);
    m_copyLink->setVisible(!status.signInUrl.isEmpty());
    m_copyAdminLink->setVisible(!status_text::adminLink(status).isEmpty());
    m_another->setVisible(!isPageOpen && status.account.has_value());
    m_signOut->setVisible(status_text::canSignOut(status));
    m_signOut->setText(status.accounts.size() > 1 ? tr("Sign &out all accounts") : tr("Sign &out"));
    refreshAccounts(status);
    refreshClients(status);
    refreshPause(status);
}

void TrayMenu::addPause()
{
    m_pause = m_menu->addMenu(tr("&Pause AI clients"));
    m_pause->menuAction()->setObjectName(u"pause"_s);
    const auto offer = [this](const QString &text, PauseLength length) {
        connect(m_pause->addAction(text), &QAction::triggered, m_valet,
                [valet = m_valet, length] { valet->pause(length); });
    };
    offer(tr("For &15 minutes"), PauseLength::QuarterHour);
    offer(tr("Until &tomorrow"), PauseLength::UntilTomorrow);
    offer(tr("Until I &resume"), PauseLength::UntilResumed);
    m_resume = add(u"resume"_s, {});
    connect(m_resume, &QAction::triggered, m_valet, &Valet::resume);
}

void TrayMenu::refreshPause(const Status &status)
{
    m_pause->menuAction()->setVisible(!status.pause);
    m_resume->setVisible(status.pause.has_value());
    m_resume->setText(tr("&Resume AI clients (%1)").arg(status_text::pause(status)));
}

void TrayMenu::refreshAccounts(const Status &status)
{
    const QStringList names = status_text::names(status.accounts);
    QStringList lines; // what the menu is made of
    bool hasDefault = false;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const AccountStatus &one = status.accounts.at(i);
        hasDefault = hasDefault || one.isDefault;
        lines.append(names.at(i) + one.account.principal() + (one.isDefault ? u"*"_s : u""_s));
    }
    // One alone is a choice too where the default account cannot be read.
    m_defaults->menuAction()->setVisible(lines.size() > 1 || (!lines.isEmpty() && !hasDefault));
    if (lines == m_accountLines)
        return;
    m_accountLines = lines;
    m_defaults->clear();
    for (qsizetype i = 0; i < names.size(); ++i) {
        QAction *choice = m_defaults->addAction(display_text::forMenu(names.at(i), 200));
        choice->setCheckable(true);
        choice->setChecked(status.accounts.at(i).isDefault);
        connect(choice, &QAction::triggered, m_valet,
                [valet = m_valet, principal = status.accounts.at(i).account.principal()] {
                    valet->makeDefault(principal);
                });
    }
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

void TrayMenu::signInAnother()
{
    whenDone(m_valet->signInAnother(), this, [this](const Result<auth::Account> &result) {
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

void TrayMenu::setStartsAtLogin(bool on)
{
    const auto done = m_valet->setStartsAtLogin(on);
    if (!done.ok()) {
        Q_EMIT failed(tr("The start at login could not be changed: %1")
                          .arg(display_text::forToolTip(done.error().detail)));
    }
    m_startsAtLogin->setChecked(m_valet->startsAtLogin());
}

void TrayMenu::unlock()
{
    whenDone(m_valet->unlockKeychain(), this, [this](const Result<Done> &result) {
        if (!result.ok() && result.error().kind != Error::Kind::Cancelled)
            Q_EMIT failed(user_messages::forError(result.error()));
    });
}
