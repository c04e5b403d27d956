// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens to a session, as events of the activity log.

#pragma once

#include "app/base/activity.h"
#include "auth/account.h"
#include "auth/token_answer.h"

namespace auth {

class SessionActivity
{
public:
    // recorder outlives this; null: nothing is recorded.
    explicit SessionActivity(ActivityRecorder *recorder)
        : m_recorder(recorder)
    {
    }

    // client: whose call made it necessary; where a refresh serves many, the first one's.
    void succeeded(ActivityEvent::Kind kind, const Account &who, const ActivityClient &client,
                   const TokenSet &tokens) const;
    // who: null where nobody was signed in. asked: scopes.
    void failed(ActivityEvent::Kind kind, const Account *who, const ActivityClient &client,
                const QStringList &asked, const Error &error) const;
    void signedOut(const Account *who) const;

private:
    ActivityRecorder *m_recorder;
};

} // namespace auth
