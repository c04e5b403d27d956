// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One tokenFor() that could not be answered at once: knows what it waits for, and ends by itself
// when its caller withdraws or its deadline passes. Owned by the AccountSession.

#pragma once

#include "app/base/async.h"
#include "auth/token_source.h"

#include <QObject>
#include <QTimer>

namespace auth {

class TokenCall : public QObject
{
    Q_OBJECT
public:
    enum class WaitsFor { Nothing, Keychain, Network, Person };

    // newerThan: the newest access token when the call began (TokenCache::serial).
    TokenCall(TokenRequest request, quint64 newerThan, QObject *parent);

    Async<AccessToken> future() const { return m_promise.future(); }
    const TokenRequest &request() const { return m_request; }
    quint64 newerThan() const { return m_newerThan; }

    WaitsFor waitsFor() const { return m_waitsFor; }
    // Person: tells the caller's progress, once.
    void waitFor(WaitsFor what);

    // Somebody else keeps its deadline from now on.
    void leaveDeadline() { m_deadline.stop(); }
    // Ends the call; deletes it later.
    void answer(Result<AccessToken> result);
    bool isEnded() const { return m_promise.isAnswered(); }

Q_SIGNALS:
    void ended();

private:
    void deadlinePassed();

    const TokenRequest m_request;
    const quint64 m_newerThan;
    Promised<AccessToken> m_promise;
    QTimer m_deadline;
    WaitsFor m_waitsFor = WaitsFor::Nothing;
    bool m_told = false;
};

} // namespace auth
