// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/session_activity.h"

#include "auth/token_cache.h"

namespace auth {

namespace {

ActivityEvent eventOf(ActivityEvent::Kind kind, const Account *who)
{
    if (!who)
        return {.kind = kind};
    return {.kind = kind, .principal = who->principal(), .username = who->username};
}

} // namespace

void SessionActivity::succeeded(ActivityEvent::Kind kind, const Account &who,
                                const ActivityClient &client, const TokenSet &tokens) const
{
    if (!m_recorder)
        return;
    ActivityEvent event = eventOf(kind, &who);
    event.client = client;
    event.scopes = withoutOpenIdScopes(tokens.scopes);
    event.requestId = tokens.requestId;
    m_recorder->record(event);
}

void SessionActivity::failed(ActivityEvent::Kind kind, const Account *who,
                             const ActivityClient &client, const QStringList &asked,
                             const Error &error) const
{
    if (!m_recorder)
        return;
    ActivityEvent event = eventOf(kind, who);
    event.client = client;
    event.scopes = asked;
    event.error = error;
    m_recorder->record(event);
}

void SessionActivity::signedOut(const Account *who) const
{
    if (m_recorder)
        m_recorder->record(eventOf(ActivityEvent::Kind::SignOut, who));
}

} // namespace auth
