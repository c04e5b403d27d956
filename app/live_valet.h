// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Valet over the accounts and the MCP host. Windows, hand-over and the end of the
// process are the composition root's and come in as functions.

#pragma once

#include "app/pause_switch.h"
#include "app/valet.h"
#include "auth/accounts.h"

#include <functional>

class LiveValet : public Valet
{
    Q_OBJECT
public:
    struct Actions
    {
        std::function<bool()> showStatus;
        std::function<bool()> showAccess;
        std::function<bool()> showSettings;
        std::function<bool()> showActivity = {};
        std::function<bool()> showDoctor = {};
        std::function<Async<doctor::Report>(Cancellation *)> examine = {};
        std::function<bool()> startsAtLogin = {};
        std::function<Result<Done>(bool)> setStartsAtLogin = {};
        std::function<void()> quit;
        std::function<DeviceCodeRule()> deviceCodeRule;
        std::function<void(const QString &)> keepDefault; // for the next start
        // Somebody was signed in and has signed out, whatever the keychain made of it.
        std::function<void()> signedOut;
        std::function<bool()> showConnect = {};
        client_config::ClientConnections *connections = nullptr; // outlives the valet
    };
    // accounts, host and pauses outlive the valet. hasDisplay: a person can see this process's
    // windows.
    LiveValet(auth::Accounts *accounts, mcp::McpHost *host, PauseSwitch *pauses, bool hasDisplay,
              Actions actions, QObject *parent = nullptr);

    void setSandbox(bool sandbox);

    Status status() const override;
    bool isLoaded() const override;
    using Valet::signIn;
    using Valet::signInAnother;
    Async<auth::Account> signIn(auth::SignInWay way) override;
    Async<auth::Account> signInAnother(auth::SignInWay way) override;
    DeviceCodeRule deviceCodeRule() const override;
    void cancelSignIn() override;
    void cancelWishedSignIn() override;
    Async<Done> signOut() override;
    Async<Done> signOutOne(const QString &principal) override;
    void makeDefault(const QString &principal) override;
    Async<Done> unlockKeychain() override;
    void pause(PauseLength length) override;
    void resume() override;
    bool startsAtLogin() const override;
    Result<Done> setStartsAtLogin(bool on) override;
    bool showStatus() override;
    bool showAccess() override;
    bool showSettings() override;
    bool showActivity() override;
    bool showConnect() override;
    client_config::ClientConnections &connections() override;
    bool showDoctor() override;
    Async<doctor::Report> examine(Cancellation *cancellation) override;
    HandOver handOver(bool asksOwnProgram) override;
    void quit() override;

private:
    std::optional<Error> refusal(auth::SignInWay way) const;
    // Who signs out is the default account no longer, also when they come back.
    void forgetDefault(const QString &principal);
    Async<Done> toldAfterwards(const Async<Done> &signedOut);

    auth::Accounts *m_accounts;
    mcp::McpHost *m_host;
    PauseSwitch *m_pauses;
    bool m_hasDisplay;
    Actions m_actions;
    bool m_isSandbox = false;
    bool m_signInPageOpened = false;
};
