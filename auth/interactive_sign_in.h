// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One interactive sign-in: listen, show the page, receive the code, redeem it, check who it is.
//
//   start() ► page open ─answer─► redeeming ─► ended (signed in, or why not)
//                 └── refused by Entra, 5 min, cancel() ──┘

#pragma once

#include "auth/sign_in_attempt.h"

#include <QTimer>

#include <chrono>
#include <memory>

namespace auth {

class EntraFlow;
class LoopbackReplyHandler;
class TokenNetwork;
class UrlOpener;

class InteractiveSignIn : public SignInAttempt
{
    Q_OBJECT
public:
    struct Wishes
    {
        QString loginHint = {}; // empty: the person picks an account
        QString principal = {}; // nobody else may come; empty: anybody
        QByteArray claims = {}; // of a claims challenge
        bool opensBrowser = true; // else whoever asked opens the link
        std::chrono::milliseconds limit = std::chrono::minutes(5);
    };

    // opener outlives it.
    InteractiveSignIn(EntraConfig config, Wishes wishes, UrlOpener *opener,
                      QObject *parent = nullptr);
    ~InteractiveSignIn() override;

    // pageReady comes during start().
    Async<SignedIn> start() override;
    void cancel() override;
    QUrl pageUrl() const override { return m_pageUrl; }
    void openBrowser() override;

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
    bool m_isOpened = false; // the browser was asked to show the page
    QTimer m_limit;
    Promised<SignedIn> m_promise;
};

} // namespace auth
