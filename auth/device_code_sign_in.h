// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One sign-in with a device code (RFC 8628), for a computer without a browser: ask for a code, show
// it with the page where it is to be entered, and ask the token endpoint until that was done.
// Whoever gets somebody else to enter a code is signed in as them, so app/ lets nothing begin one
// unless the settings allow it.
//
//   start() ► code asked for ► code shown ─poll─► ended (signed in, or why not)
//                                └── pending, slow_down, lost: poll again ──┘

#pragma once

#include "app/base/secret.h"
#include "auth/sign_in_attempt.h"

#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace auth {

class TokenNetwork;

class DeviceCodeSignIn : public SignInAttempt
{
    Q_OBJECT
public:
    struct Wishes
    {
        QString principal = {}; // nobody else may come; empty: anybody
        QByteArray claims = {}; // of a claims challenge
        std::chrono::milliseconds limit = std::chrono::minutes(5); // or the code's own, if shorter
        // What the protocol's seconds last; another value is for tests.
        std::chrono::milliseconds second = std::chrono::seconds(1);
    };

    DeviceCodeSignIn(EntraConfig config, Wishes wishes, QObject *parent = nullptr);
    ~DeviceCodeSignIn() override;

    // pageReady comes once the code is there; no browser is opened.
    Async<SignedIn> start() override;
    void cancel() override;
    QUrl pageUrl() const override { return m_pageUrl; }
    QString userCode() const override { return m_userCode; }
    bool isUsableAnywhere() const override { return true; }

    // Whether the person may be sent to this page: https, or on loopback like the authority itself.
    static bool mayShow(const QUrl &page, const EntraConfig &config);

private:
    void codeAnswered(QNetworkReply *reply);
    void poll();
    void pollAnswered(QNetworkReply *reply);
    // atLeast: what the service asked for beside the interval.
    void waitForNextPoll(std::chrono::seconds atLeast = {});
    void timeIsOver();
    void fail(const Error &error);
    void end(Result<SignedIn> result);

    const EntraConfig m_config;
    const Wishes m_wishes;
    std::unique_ptr<TokenNetwork> m_codeNetwork;
    std::unique_ptr<TokenNetwork> m_tokenNetwork;
    Secret m_deviceCode;
    QString m_userCode;
    QUrl m_pageUrl;
    std::chrono::seconds m_interval{};
    int m_losses = 0; // polls without an answer since the last one that had one
    std::optional<Error> m_lastLoss;
    QTimer m_pause;
    QTimer m_limit;
    Promised<SignedIn> m_promise;
};

} // namespace auth
