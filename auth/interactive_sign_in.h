// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One interactive sign-in: listen, show the page, receive the code, redeem it, check who it is.
// Owned by the AccountSession; ends once, at the latest after its limit, and is then thrown away.
//
//   start() ► page open ─answer─► redeeming ─► ended (signed in, or why not)
//                 └── refused by Entra, 5 min, cancel() ──┘

#pragma once

#include "app/base/async.h"
#include "auth/account.h"
#include "auth/entra_config.h"
#include "auth/token_answer.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>

namespace auth {

class EntraFlow;
class LoopbackReplyHandler;
class TokenNetwork;
class UrlOpener;

struct SignedIn
{
    Account account = {};
    TokenSet tokens = {};
};

class InteractiveSignIn : public QObject
{
    Q_OBJECT
public:
    struct Wishes
    {
        QString loginHint = {}; // empty: the person picks an account
        QByteArray claims = {}; // of a claims challenge
        std::chrono::milliseconds limit = std::chrono::minutes(5);
    };

    // opener outlives it.
    InteractiveSignIn(EntraConfig config, Wishes wishes, UrlOpener *opener,
                      QObject *parent = nullptr);
    ~InteractiveSignIn() override;

    // Opens the page. Errors: Cancelled, NoAnswer, Misconfigured, ConsentNeeded, Denied, Offline,
    // Timeout, Throttled, ServiceFault.
    Async<SignedIn> start();
    void cancel();
    QUrl pageUrl() const { return m_pageUrl; }

Q_SIGNALS:
    // During start(). opened: what UrlOpener said.
    void pageReady(const QUrl &url, bool opened);

private:
    void redeemed(QNetworkReply *reply);
    void fail(const Error &error);
    void end(Result<SignedIn> result);

    const EntraConfig m_config;
    const Wishes m_wishes;
    UrlOpener *m_opener;
    const QByteArray m_nonce;
    std::unique_ptr<LoopbackReplyHandler> m_handler;
    std::unique_ptr<TokenNetwork> m_network;
    std::unique_ptr<EntraFlow> m_flow;
    QUrl m_pageUrl;
    QTimer m_limit;
    Promised<SignedIn> m_promise;
};

} // namespace auth
