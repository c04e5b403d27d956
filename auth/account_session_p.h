// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The inside of AccountSession. Split over five files: account_session.cpp (state, configuration),
// account_session_keychain.cpp (the record), account_session_sign_in.cpp (signing in and out),
// account_session_tokens.cpp (calls and silent refresh) and account_session_step_up.cpp (consent
// for more).

#pragma once

#include "auth/account_session.h"
#include "auth/pause.h"
#include "auth/record_keeper.h"
#include "auth/session_activity.h"
#include "auth/sign_in_attempt.h"
#include "auth/token_cache.h"
#include "auth/token_call.h"

#include <QHash>
#include <QPointer>

namespace auth {

class AccountSession::Private : public QObject
{
    Q_OBJECT
public:
    Private(AccountSession *face, QString profile, const QString &key, Result<EntraConfig> config,
            TokenStore *store, UrlOpener *opener, SessionTiming timing, ActivityRecorder *recorder);
    ~Private() override;

    // What the state is follows from these facts alone; see state().
    State state() const;
    bool fits(const TokenRecord &stored) const;
    // The record in use: there is one and it was issued under the configuration of today.
    const TokenRecord *usable() const { return record && fits(*record) ? &*record : nullptr; }
    bool isSigningIn() const { return attempt || isSettling; }
    // The account goes on to serve what has been granted while a page asks for more.
    bool isSteppingUp() const { return isSigningIn() && !purpose.moreScopes.isEmpty() && usable(); }

    void setConfig(Result<EntraConfig> given);

    // The record: read and kept, taken and given up
    void load();
    void loadedWith(quint64 begun, const Result<std::optional<TokenRecord>> &result);
    void markLoaded();
    void noteEndedSignIn();
    // It came, was locked or was unlocked.
    void keychainChanged();
    std::optional<Error> keychainProblem() const;
    bool hasUnreadEntry() const;
    void readAgain();
    Async<Done> adopt(const TokenRecord &given);
    void loseEverything();
    void retire(const Async<Done> &kept);
    // Writes the record and goes on when that is done, or after 2 s.
    void keepThen(std::function<void()> next);

    // Signing in and out
    Async<Account> signIn(SignInWay way);
    void joinAttempt(SignInWay way);
    // What an attempt is for, beside signing in.
    struct Purpose
    {
        QStringList moreScopes = {}; // consent for these: a step-up
        bool keepsAccount = false; // nobody else may come
        ActivityClient client = {}; // whose call made it necessary; empty: the person did
    };
    void beginAttempt(SignInWay way, const Purpose &with);
    void beginAttempt(SignInWay way) { beginAttempt(way, Purpose()); }
    SignInAttempt *makeAttempt(SignInWay way);
    void attemptEnded(const Result<SignedIn> &result, bool isStale);
    void signedIn(const SignedIn &outcome);
    bool belongsElsewhere(const TokenRecord &fresh) const;
    void signedInElsewhere(const TokenRecord &fresh);
    void offerUnlock(const std::optional<Error> &problem);
    void endSignIns(const Result<Account> &result);
    Async<Done> signOut();
    Async<Done> forgottenInTime();

    // Calls and silent refresh
    Async<AccessToken> tokenFor(const TokenRequest &request);
    void serve(TokenCall *call);
    void serveAll();
    void needPerson(TokenCall *call);
    void refresh(TokenCall *call);
    void refreshAhead();
    struct Flight;
    void launch(const Flight &flight);
    void landed(const Flight &flight, const TokenAnswer &answer);
    void refreshed(const Flight &flight, const TokenSet &tokens);
    void refused(const Flight &flight, const TokenFailure &failure);
    void failedTransiently(const Error &error);
    void personWanted(const TokenFailure &failure);

    // Step-up consent
    void consentMissing(const Flight &flight, const Error &error);
    // Entra says that consent is missing for what the call wants.
    void needConsent(TokenCall *call, const Error &missing);
    void stepUpEnded(const Error &end, bool isStale);

    // Nothing of an earlier sign-in or configuration holds any more.
    void forgetAnswers();
    // With the page for the administrator where only they can end it.
    Error withAdminLink(Error error, const QStringList &scopes) const;
    QList<TokenCall *> callsThatWaitFor(TokenCall::WaitsFor what) const;

    Moment now() const { return timing.now(); }
    // What every token of this sign-in is asked for.
    QStringList usualScopes() const
    {
        return config.ok() ? unitedScopes(config->scopes, granted) : granted;
    }
    // What of these is more than that.
    QStringList beyondUsual(const QStringList &scopes) const
    {
        return unitedScopes(usualScopes(), scopes).mid(usualScopes().size());
    }

    AccountSession *const q;
    const QString profile;
    const QString key;
    Result<EntraConfig> config;
    QString authority; // config's as text: each call compares it with the record's several times
    TokenStore *const store;
    UrlOpener *const opener;
    const SessionTiming timing;
    const SessionActivity activity;
    RecordKeeper keeper;

    bool isStarted = false;
    bool isLoaded = false;
    bool isLoading = false;
    bool isReadAgain = false; // the keychain has changed while it was being read
    std::optional<Error> loadProblem;
    QTimer loadRetry;
    qsizetype loadFailures = 0;

    std::optional<TokenRecord> record; // as in the keychain, or newer
    quint64 generation = 0; // goes up whenever the record becomes another sign-in's
    quint64 configuration = 0; // goes up with every setConfig()
    bool isWriting = false; // within the 2 s
    std::optional<Error> interaction; // why Entra wants the person
    std::optional<Error> refusal; // how the last page ended, where signing in again does not help
    QByteArray interactionClaims;
    QByteArray attemptClaims; // those of the page that is open
    Purpose purpose; // of the attempt under way or the last one

    std::function<void(const TokenRecord &)> elsewhere; // see setElsewhere()

    QPointer<SignInAttempt> attempt;
    quint64 attemptNumber = 0; // tells the end of an attempt from that of its successor
    SignInWay waitingWay = SignInWay::Link; // of those who wait for the keychain
    bool isSettling = false; // signed in, the record is being written
    QList<Promised<Account>> signIns;
    QTimer signInPatience;

    Pause declined; // by the person: no page is opened for calls
    Pause refreshPause; // by the token endpoint: no refresh
    Pause interactionPause; // by Entra: it has just asked for the person
    Pause aheadPause; // no refresh ahead of need
    QHash<QString, Pause> scopePauses; // by Entra: these scopes need consent
    QHash<QString, Pause> stepUpPauses; // no page is opened for these scopes
    int failures = 0; // transient ones of the token endpoint in a row

    TokenCache cache;
    QStringList granted; // scopes that Entra has issued tokens for in this sign-in
    bool isFlying = false; // a refresh is under way, its rotated token not yet written
    QList<TokenCall *> calls;
};

struct AccountSession::Private::Flight
{
    quint64 generation = 0;
    quint64 configuration = 0;
    QStringList scopes;
    QByteArray claims = {}; // of a challenge
    bool isAhead = false; // nobody needs it yet
    ActivityClient client = {}; // whose call began it
};

} // namespace auth
