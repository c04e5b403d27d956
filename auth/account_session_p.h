// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The inside of AccountSession. Split over two files: account_session.cpp (keychain, signing in and
// out) and account_session_tokens.cpp (calls and silent refresh).

#pragma once

#include "auth/account_session.h"
#include "auth/record_keeper.h"
#include "auth/sign_in_attempt.h"
#include "auth/token_cache.h"
#include "auth/token_call.h"

#include <QPointer>

namespace auth {

class AccountSession::Private : public QObject
{
    Q_OBJECT
public:
    Private(AccountSession *face, QString profile, Result<EntraConfig> config, TokenStore *store,
            UrlOpener *opener, SessionTiming timing);
    ~Private() override;

    // What the state is follows from these facts alone; see state().
    State state() const;
    bool fits(const TokenRecord &stored) const;
    // The record in use: there is one and it was issued under the configuration of today.
    const TokenRecord *usable() const { return record && fits(*record) ? &*record : nullptr; }
    bool isSigningIn() const { return attempt || isSettling; }

    // Keychain, signing in and out
    void load();
    void loadedWith(quint64 begun, const Result<std::optional<TokenRecord>> &result);
    void markLoaded();
    Async<Account> signIn(SignInWay way);
    void joinAttempt(SignInWay way);
    void beginAttempt(SignInWay way);
    SignInAttempt *makeAttempt(SignInWay way);
    void attemptEnded(const Result<SignedIn> &result, bool isStale);
    void signedIn(const SignedIn &outcome);
    void endSignIns(const Result<Account> &result);
    Async<Done> signOut();
    void adopt(const TokenRecord &given);
    void setConfig(Result<EntraConfig> given);
    // Writes the record and goes on when that is done, or after 2 s.
    void keepThen(std::function<void()> next);

    // Calls and silent refresh
    Async<AccessToken> tokenFor(const TokenRequest &request);
    void serve(TokenCall *call);
    void serveAll();
    void needPerson(TokenCall *call);
    void refresh(TokenCall *call);
    struct Flight;
    void landed(const Flight &flight, const TokenAnswer &answer);
    void refreshed(const Flight &flight, const TokenSet &tokens);
    void refused(const Flight &flight, const TokenFailure &failure);
    QList<TokenCall *> callsThatWaitFor(TokenCall::WaitsFor what) const;

    QDateTime now() const { return timing.now(); }

    AccountSession *const q;
    const QString profile;
    Result<EntraConfig> config;
    TokenStore *const store;
    UrlOpener *const opener;
    const SessionTiming timing;
    RecordKeeper keeper;

    bool isStarted = false;
    bool isLoaded = false;
    bool isLoading = false;
    std::optional<Error> loadProblem;
    QTimer loadRetry;
    qsizetype loadFailures = 0;

    std::optional<TokenRecord> record; // as in the keychain, or newer
    quint64 generation = 0; // goes up whenever the record becomes another sign-in's
    quint64 configuration = 0; // goes up with every setConfig()
    bool isWriting = false; // within the 2 s
    std::optional<Error> interaction; // why Entra wants the person
    QByteArray interactionClaims;

    QPointer<SignInAttempt> attempt;
    quint64 attemptNumber = 0; // tells the end of an attempt from that of its successor
    SignInWay waitingWay = SignInWay::Link; // of those who wait for the keychain
    bool isSettling = false; // signed in, the record is being written
    QList<Promised<Account>> signIns;
    QTimer signInPatience;

    // An answer that holds for a while instead of asking again.
    struct Held
    {
        std::optional<Error> error;
        QDateTime since;
        QDateTime until;
        void hold(const Error &why, const QDateTime &now, std::chrono::milliseconds time);
        std::optional<Error> at(const QDateTime &now) const;
    };
    Held declined; // by the person: no page is opened for calls
    Held refreshPause; // by the token endpoint: no refresh
    Held interactionPause; // by Entra: it has just asked for the person

    TokenCache cache;
    bool isFlying = false; // a refresh is under way, its rotated token not yet written
    QList<TokenCall *> calls;
};

struct AccountSession::Private::Flight
{
    quint64 generation = 0;
    quint64 configuration = 0;
    QStringList scopes;
    QByteArray claims;
};

} // namespace auth
