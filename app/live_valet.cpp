// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live_valet.h"

using namespace Qt::StringLiterals;

LiveValet::LiveValet(auth::AccountSession *session, mcp::McpHost *host, bool hasDisplay,
                     Actions actions, QObject *parent)
    : Valet(parent)
    , m_session(session)
    , m_host(host)
    , m_hasDisplay(hasDisplay)
    , m_actions(std::move(actions))
{
    connect(session, &auth::AccountSession::stateChanged, this, &Valet::changed);
    connect(session, &auth::AccountSession::loaded, this, &Valet::loaded);
    connect(session, &auth::AccountSession::attentionNeeded, this, &Valet::attentionNeeded);
    connect(session, &auth::AccountSession::signInPageReady, this,
            [this](const QUrl &url, bool opened) {
                m_signInPageOpened = opened;
                Q_EMIT signInPageReady(url, opened);
                Q_EMIT changed();
            });
    connect(host, &mcp::McpHost::clientsChanged, this, &Valet::changed);
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
    return Status{.state = m_session->state(),
                  .account = m_session->account(),
                  .problem = m_session->problem(),
                  .isMemoryOnly = m_session->isMemoryOnly(),
                  .isSandbox = m_isSandbox,
                  .signInUrl = m_session->signInUrl(),
                  .signInPageOpened = m_signInPageOpened,
                  .signInUserCode = m_session->signInUserCode(),
                  .clients = m_host->clients()};
}

bool LiveValet::isLoaded() const
{
    return m_session->isLoaded();
}

Async<auth::Account> LiveValet::signIn(auth::SignInWay way)
{
    if (way == auth::SignInWay::DeviceCode && !deviceCodeRule().isAllowed) {
        return readyAsync<auth::Account>(Error{
            .kind = Error::Kind::Denied, .detail = u"the settings do not allow device codes"_s});
    }
    return m_session->signIn(way);
}

DeviceCodeRule LiveValet::deviceCodeRule() const
{
    return m_actions.deviceCodeRule();
}

void LiveValet::cancelSignIn()
{
    m_session->cancelSignIn();
}

Async<Done> LiveValet::signOut()
{
    const bool hadAccount = m_session->account().has_value();
    auto signedOut = m_session->signOut();
    // Not before: a browser that is slow to start must not delay it.
    if (hadAccount)
        whenDone(signedOut, this, [this](const Result<Done> &) { m_actions.signedOut(); });
    return signedOut;
}

bool LiveValet::showStatus()
{
    return m_hasDisplay && m_actions.showStatus();
}

bool LiveValet::showSettings()
{
    return m_hasDisplay && m_actions.showSettings();
}

HandOver LiveValet::handOver(bool asksOwnProgram)
{
    if (m_hasDisplay)
        return {};
    return HandOver{.yields = true,
                    .record = asksOwnProgram ? m_session->memoryOnlyRecord() : std::nullopt};
}

void LiveValet::quit()
{
    m_actions.quit();
}
