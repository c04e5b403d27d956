// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live_valet.h"

using namespace Qt::StringLiterals;

LiveValet::LiveValet(auth::Accounts *accounts, mcp::McpHost *host, PauseSwitch *pauses,
                     bool hasDisplay, Actions actions, QObject *parent)
    : Valet(parent)
    , m_accounts(accounts)
    , m_host(host)
    , m_pauses(pauses)
    , m_hasDisplay(hasDisplay)
    , m_actions(std::move(actions))
{
    connect(accounts, &auth::Accounts::stateChanged, this, &Valet::changed);
    connect(accounts, &auth::Accounts::loaded, this, &Valet::loaded);
    connect(accounts, &auth::Accounts::attentionNeeded, this, &Valet::attentionNeeded);
    connect(accounts, &auth::Accounts::signInPageReady, this, [this](const QUrl &url, bool opened) {
        m_signInPageOpened = opened;
        Q_EMIT signInPageReady(url, opened);
        Q_EMIT changed();
    });
    connect(host, &mcp::McpHost::clientsChanged, this, &Valet::changed);
    connect(pauses, &PauseSwitch::changed, this, [this] {
        m_host->heedPause();
        Q_EMIT changed();
    });
}

void LiveValet::setSandbox(bool sandbox)
{
    if (m_isSandbox == sandbox)
        return;
    m_isSandbox = sandbox;
    Q_EMIT changed();
}

Status LiveValet::status() const
{
    const auto problemOf = [this](const auth::AccountSession *session) {
        // Ahead of a keychain that does not write, which isMemoryOnly says, too.
        const auto missing = session->state() == auth::AccountSession::State::SignedIn
            ? m_host->roleProblem(session->defaultPrincipal())
            : std::nullopt;
        return missing ? missing : session->problem();
    };
    const auth::AccountSession *current = m_accounts->current();
    Status status{.state = current->state(),
                  .account = current->account(),
                  .problem = problemOf(current),
                  .isMemoryOnly = current->isMemoryOnly(),
                  .isAddingAccount = m_accounts->isAddingAccount(),
                  .keychain = m_accounts->keychainProblem(),
                  .isSandbox = m_isSandbox,
                  .signInUrl = m_accounts->signInUrl(),
                  .signInPageOpened = m_signInPageOpened,
                  .signInUserCode = m_accounts->signInUserCode(),
                  .isSignInWished = m_accounts->isSignInWished(),
                  .clients = m_host->clients()};
    status.pause = m_pauses->current();
    const auto sessions = m_accounts->signedIn();
    for (const auth::AccountSession *session : sessions) {
        status.accounts.append({.account = *session->account(),
                                .state = session->state(),
                                .problem = problemOf(session),
                                .isMemoryOnly = session->isMemoryOnly(),
                                .isDefault = m_accounts->isDefault(session)});
    }
    return status;
}

bool LiveValet::isLoaded() const
{
    return m_accounts->isLoaded();
}

std::optional<Error> LiveValet::refusal(auth::SignInWay way) const
{
    if (way != auth::SignInWay::DeviceCode || deviceCodeRule().isAllowed)
        return std::nullopt;
    return Error{.kind = Error::Kind::Denied,
                 .detail = u"the settings do not allow device codes"_s};
}

Async<auth::Account> LiveValet::signIn(auth::SignInWay way)
{
    if (const auto no = refusal(way))
        return readyAsync<auth::Account>(*no);
    return m_accounts->signIn(way);
}

Async<auth::Account> LiveValet::signInAnother(auth::SignInWay way)
{
    if (const auto no = refusal(way))
        return readyAsync<auth::Account>(*no);
    return m_accounts->signInAnother(way);
}

DeviceCodeRule LiveValet::deviceCodeRule() const
{
    return m_actions.deviceCodeRule();
}

void LiveValet::cancelSignIn()
{
    m_accounts->cancelSignIn();
}

Async<Done> LiveValet::signOut()
{
    const bool hadAccount = !m_accounts->signedIn().isEmpty();
    auto signedOut = m_accounts->signOutAll();
    forgetDefault(m_accounts->preferred());
    return hadAccount ? toldAfterwards(signedOut) : signedOut;
}

Async<Done> LiveValet::signOutOne(const QString &principal)
{
    const bool hadAccount = m_accounts->find(principal) != nullptr;
    auto signedOut = m_accounts->signOut(principal);
    forgetDefault(principal);
    return hadAccount ? toldAfterwards(signedOut) : signedOut;
}

// Not before: a browser that is slow to start must not delay it.
Async<Done> LiveValet::toldAfterwards(const Async<Done> &signedOut)
{
    whenDone(signedOut, this, [this](const Result<Done> &) { m_actions.signedOut(); });
    return signedOut;
}

void LiveValet::forgetDefault(const QString &principal)
{
    if (!principal.isEmpty() && principal == m_accounts->preferred())
        makeDefault({});
}

void LiveValet::cancelWishedSignIn()
{
    m_accounts->cancelWishedSignIn();
}

void LiveValet::makeDefault(const QString &principal)
{
    m_actions.keepDefault(principal);
    m_accounts->prefer(principal);
}

Async<Done> LiveValet::unlockKeychain()
{
    return m_accounts->unlockKeychain();
}

void LiveValet::pause(PauseLength length)
{
    m_pauses->pause(length);
}

void LiveValet::resume()
{
    m_pauses->resume();
}

bool LiveValet::startsAtLogin() const
{
    return m_actions.startsAtLogin && m_actions.startsAtLogin();
}

Result<Done> LiveValet::setStartsAtLogin(bool on)
{
    return m_actions.setStartsAtLogin(on);
}

bool LiveValet::showStatus()
{
    return m_hasDisplay && m_actions.showStatus();
}

bool LiveValet::showAccess()
{
    return m_hasDisplay && m_actions.showAccess();
}

bool LiveValet::showSettings()
{
    return m_hasDisplay && m_actions.showSettings();
}

bool LiveValet::showActivity()
{
    return m_hasDisplay && m_actions.showActivity();
}

bool LiveValet::showConnect()
{
    return m_hasDisplay && m_actions.showConnect();
}

client_config::ClientConnections &LiveValet::connections()
{
    return *m_actions.connections;
}

bool LiveValet::showDoctor()
{
    return m_hasDisplay && m_actions.showDoctor();
}

Async<doctor::Report> LiveValet::examine(Cancellation *cancellation)
{
    return m_actions.examine(cancellation);
}

HandOver LiveValet::handOver(bool asksOwnProgram)
{
    if (m_hasDisplay)
        return {};
    HandOver handOver{.yields = true};
    if (asksOwnProgram)
        handOver.records = m_accounts->memoryOnlyRecords();
    return handOver;
}

void LiveValet::quit()
{
    m_actions.quit();
}
