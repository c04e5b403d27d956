// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The signed-in state of one account, and the tokens of its calls. Accounts holds one for each.
//
//                    signIn()                    code redeemed, record written
//   SignedOut ──────────────────► SigningIn ───────────────────────────────► SignedIn
//      ▲  ▲                          │  ▲                                      │   │
//      │  └── cancelled, failed ─────┘  │ signIn()                             │   │
//      │                                └──────── InteractionRequired ◄────────┘   │
//      └───────────────────── signOut() ◄────────── invalid_grant ─────────────────┘
//
//   Step-up: while a page asks for consent to more, the state stays SignedIn and the account serves
//   what it has; signInUrl() is that page.
//   Error: no usable configuration, or the keychain cannot be read (where there is none at all the
//   state is SignedOut, with a problem); setConfig(), signIn() or a later read leave it. It is read
//   again when it comes or is unlocked (TokenStore::changed). Offline and 5xx never change the
//   state. The state is not stored but follows from what is known (Private::state), so that no
//   transition can be forgotten.

#pragma once

#include "auth/account.h"
#include "auth/entra_config.h"
#include "auth/moment.h"
#include "auth/sign_in_way.h"
#include "auth/token_source.h"
#include "auth/token_store.h"
#include "auth/url_opener.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace auth {

// How long things take; other values are for tests.
struct SessionTiming
{
    std::function<Moment()> now = [] {
        return Moment{QDateTime::currentDateTimeUtc(), std::chrono::steady_clock::now()};
    };
    std::chrono::milliseconds signInLimit = std::chrono::minutes(5);
    // What the seconds of RFC 8628 last.
    std::chrono::milliseconds deviceCodeSecond = std::chrono::seconds(1);
    // Calls open no page for so long after the person declined.
    std::chrono::milliseconds declinePause = std::chrono::minutes(1);
    // After Entra asked for the person, no refresh is tried for so long.
    std::chrono::milliseconds interactionPause = std::chrono::minutes(2);
    // An access token is held back at most so long for its refresh token to be written.
    std::chrono::milliseconds writePatience = std::chrono::seconds(2);
    // Keychain writes and reads that failed for no known cause are tried again after these.
    QList<std::chrono::milliseconds> retries = {std::chrono::seconds(10), std::chrono::minutes(1),
                                                std::chrono::minutes(5)};
};

class AccountSession : public QObject, public TokenSource
{
    Q_OBJECT
public:
    enum class State { SignedOut, SigningIn, SignedIn, InteractionRequired, Error };
    Q_ENUM(State)

    // store, opener and activity outlive the session; activity may be null. config: an error where
    // there is none, with the reason. key: of its entry in the store; empty: the profile.
    AccountSession(QString profile, Result<EntraConfig> config, TokenStore *store,
                   UrlOpener *opener, QObject *parent = nullptr, SessionTiming timing = {},
                   ActivityRecorder *activity = nullptr, const QString &key = {});
    ~AccountSession() override;

    // Reads the keychain once; loaded() follows, also when that failed.
    void start();
    // Instead of start(), where the store surely holds nothing under the key.
    void startEmpty();
    bool isLoaded() const;
    QString key() const;
    // Holds nothing and waits for nothing: free for another account.
    bool isVacant() const;
    // The store may hold an account for it that could not be read yet.
    bool hasUnreadEntry() const;
    // Tries again to read what could not be read, unless that was just now or would ask the person.
    void readAgain();

    State state() const;
    std::optional<Account> account() const;
    // Why the state is Error or InteractionRequired, why the last sign-in was refused, or what is
    // wrong beside the state (record not stored).
    std::optional<Error> problem() const;
    // What keeps the keychain from being read or written: StorageFault with serviceCode and cause
    // as KeychainTokenStore tells them; nullopt while nothing does.
    std::optional<Error> keychainProblem() const;
    // True while the refresh token could not be written to the keychain and lives in memory only,
    // and where a sign-in would, because there is no keychain.
    bool isMemoryOnly() const;
    // While SigningIn or stepping up: the page to open, for "Copy sign-in link". Empty otherwise.
    QUrl signInUrl() const;
    // What the person has to enter there; empty where nothing.
    QString signInUserCode() const;

    // A second call joins the attempt under way, except that a device code takes the place of a
    // page which only this computer can use; who waited for the page then waits for the code. (Who
    // wishes for the page joins the code: it can be entered in every browser.) Whether a device
    // code is allowed, the caller knows. Errors: NotConfigured, Misconfigured, Cancelled, NoAnswer
    // (5 min limit), Denied, Offline, ServiceFault.
    Async<Account> signIn(SignInWay way = SignInWay::Browser);
    void cancelSignIn();
    // A sign-in or step-up is under way, also where its page is not known yet.
    bool hasAttempt() const;
    // Somebody waits for signIn(); else it was a call that opened the page.
    bool isSignInWished() const;
    // Takes a sign-in that must not take this session's place: another account than the one in it,
    // or one that came while the entry could not be read. Without it whoever comes takes the place.
    void setElsewhere(std::function<void(const TokenRecord &)> elsewhere);
    // Forgets the account in memory at once and in the keychain. StorageFault with
    // Cause::DeletionPending where the entry is not deleted within 2 s; it is then never used
    // again, and deleted later.
    Async<Done> signOut();

    // Another registration: signs nobody out of the keychain; a record that does not fit is not
    // used.
    void setConfig(Result<EntraConfig> config);

    // What the keychain does not hold yet, for a process that takes over.
    std::optional<TokenRecord> memoryOnlyRecord() const;
    // What it holds, for a session that takes its place.
    std::optional<TokenRecord> record() const;
    // Takes what another session or process held instead of its own. Answers when the record was
    // written once, or could not be.
    Async<Done> adopt(const TokenRecord &record);
    // Another session holds this account now: nothing of it is used any more, and its entry is
    // deleted when `kept` says that the other one's is written.
    void retire(const Async<Done> &kept);

    Async<AccessToken> tokenFor(const TokenRequest &request) override;
    QString defaultPrincipal() const override;
    std::optional<QStringList> rolesOf(const QString &principal) const override;

Q_SIGNALS:
    void loaded();
    void stateChanged();
    // opened: what UrlOpener said; the link is offered in any case.
    void signInPageReady(const QUrl &url, bool opened);
    // A call needs the person on the page that has just been opened: the tray shows a notification.
    void attentionNeeded();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace auth
