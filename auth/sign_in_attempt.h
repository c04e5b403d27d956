// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One attempt to sign a person in, whatever way they take. Owned by the AccountSession; ends once,
// at the latest after its limit, and is then thrown away.

#pragma once

#include "app/base/async.h"
#include "auth/account.h"
#include "auth/entra_config.h"
#include "auth/token_answer.h"

#include <QObject>
#include <QUrl>

#include <optional>

namespace auth {

struct SignedIn
{
    Account account = {};
    TokenSet tokens = {};
};

class SignInAttempt : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~SignInAttempt() override;

    // Call once. Errors: Cancelled, NoAnswer, Misconfigured, ConsentNeeded, Denied, Offline,
    // Timeout, Throttled, ServiceFault.
    virtual Async<SignedIn> start() = 0;
    virtual void cancel() = 0;

    // The page to open; empty before it is known and after the end.
    virtual QUrl pageUrl() const = 0;
    // What the person has to enter there; empty where nothing. For their eyes only: no log.
    virtual QString userCode() const { return {}; }
    // Whether the page serves on every device and not only on this computer.
    virtual bool isUsableAnywhere() const { return false; }
    // Opens the page in the browser where that has not been done and can help.
    virtual void openBrowser() { }

Q_SIGNALS:
    // The page is known, or was opened later. opened: what UrlOpener said.
    void pageReady(const QUrl &url, bool opened);
};

// Who signed in, by what the token endpoint answered. nonce: of the attempt; nullopt where the
// protocol has none. principal: the only one that may come (Cause::WrongAccount); empty: anybody.
// The error is one that ends an attempt, so never SignInNeeded.
Result<SignedIn> signedInWith(const TokenAnswer &answer, const EntraConfig &config,
                              const std::optional<QByteArray> &nonce,
                              const QString &principal = {});

} // namespace auth
