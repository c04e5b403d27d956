// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the surfaces of the tray process (menu, windows, console protocol) know and may wish for.
// They are written against this face, so that a test gives them a fake one; the real one is
// live_valet.

#pragma once

#include "app/base/async.h"
#include "app/base/cancellation.h"
#include "app/connect/client_connections.h"
#include "app/device_code_rule.h"
#include "app/doctor/check.h"
#include "app/pause_length.h"
#include "auth/account.h"
#include "auth/account_session.h"
#include "mcp/mcp_host.h"

#include <QList>
#include <QObject>
#include <QUrl>

#include <optional>

struct AccountStatus
{
    auth::Account account = {};
    auth::AccountSession::State state = auth::AccountSession::State::SignedIn;
    std::optional<Error> problem = {};
    bool isMemoryOnly = false;
    bool isDefault = false;
};

// state, account, problem and isMemoryOnly are those of the default account.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order people read it
struct Status
{
    auth::AccountSession::State state = auth::AccountSession::State::SignedOut;
    std::optional<auth::Account> account = {};
    std::optional<Error> problem = {};
    bool isMemoryOnly = false; // the keychain did not take the refresh token
    std::optional<mcp::CallPause> pause = {}; // of all AI clients
    // Everybody who is signed in, the default account first; none is while it cannot be read.
    QList<AccountStatus> accounts = {};
    bool isAddingAccount = false; // another one is signing in
    std::optional<Error> keychain = {}; // what keeps it from being read or written
    bool isSandbox = false; // authority and Graph are on this computer
    QUrl signInUrl = {}; // of whichever page is open, once it is known
    bool signInPageOpened = false; // what the opener said of signInUrl
    QString signInUserCode = {}; // to be entered there; empty where nothing
    bool isSignInWished = true; // that page is one a person wished for, and not a call
    QList<mcp::ConnectedClient> clients = {};
};

// The answer to a process that wants to take this one's place.
struct HandOver
{
    bool yields = false;
    QList<auth::KeyedRecord> records = {}; // of sessions that live in memory only
};

class Valet : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual Status status() const = 0;
    // Whether the keychain has been read since the start.
    virtual bool isLoaded() const = 0;

    // Denied for a device code where that is not allowed.
    virtual Async<auth::Account> signIn(auth::SignInWay way) = 0;
    Async<auth::Account> signIn() { return signIn(auth::SignInWay::Browser); }
    // One more account; where nobody is signed in, the same as signIn().
    virtual Async<auth::Account> signInAnother(auth::SignInWay way) = 0;
    Async<auth::Account> signInAnother() { return signInAnother(auth::SignInWay::Browser); }
    virtual DeviceCodeRule deviceCodeRule() const = 0;
    virtual void cancelSignIn() = 0;
    // Only of pages that a person wished for; those that calls have opened go on.
    virtual void cancelWishedSignIn() = 0;
    // Everybody.
    virtual Async<Done> signOut() = 0;
    // principal: "<tid>.<oid>".
    virtual Async<Done> signOutOne(const QString &principal) = 0;
    // The account that AI clients use which are bound to none.
    virtual void makeDefault(const QString &principal) = 0;
    // Has the system ask the person to unlock the keychain; Cancelled where they said no.
    virtual Async<Done> unlockKeychain() = 0;

    // All AI clients; calls that are under way end.
    virtual void pause(PauseLength length) = 0;
    virtual void resume() = 0;

    // Whether the program starts when the person logs in; the system is asked each time.
    virtual bool startsAtLogin() const = 0;
    // StorageFault, whose detail is what the system said.
    virtual Result<Done> setStartsAtLogin(bool on) = 0;

    // The windows; false where there is no display.
    virtual bool showStatus() = 0;
    virtual bool showAccess() = 0; // accounts and AI clients
    virtual bool showSettings() = 0;
    virtual bool showActivity() = 0;
    virtual bool showConnect() = 0; // puts us into the configuration of AI clients
    virtual client_config::ClientConnections &connections() = 0;
    virtual bool showDoctor() = 0; // checks for problems

    // Looks for what can be in the way; changes nothing. Cancelled where cancellation says so (may
    // be null); no other error.
    virtual Async<doctor::Report> examine(Cancellation *cancellation) = 0;

    // asksOwnProgram: the asking process runs the same program file as this one; nobody else gets a
    // record. Yields only where this process has no display.
    virtual HandOver handOver(bool asksOwnProgram) = 0;
    // Leaves the event loop; returns at once.
    virtual void quit() = 0;

Q_SIGNALS:
    // Anything in status() is different.
    void changed();
    void loaded();
    void signInPageReady(const QUrl &url, bool opened);
    // A call of an AI client waits for the person to sign in.
    void attentionNeeded();
};
