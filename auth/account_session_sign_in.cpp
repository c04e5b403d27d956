// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of AccountSession in which a person signs in and out.

#include "app/base/log.h"
#include "auth/account_session_p.h"
#include "auth/device_code_sign_in.h"
#include "auth/interactive_sign_in.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

// How long a sign-in by the person waits for the keychain, which may hold one that still serves.
constexpr std::chrono::seconds signInPatienceTime{5};

} // namespace

Async<Account> AccountSession::Private::signIn(SignInWay way)
{
    if (!config)
        return readyAsync<Account>(config.error());
    const Promised<Account> promise;
    waitingWay = signIns.isEmpty() ? way : std::max(waitingWay, way);
    signIns.append(promise);
    if (isSigningIn())
        joinAttempt(way);
    else if (isStarted && !isLoaded)
        signInPatience.start(signInPatienceTime);
    else
        beginAttempt(way);
    return promise.future();
}

void AccountSession::Private::joinAttempt(SignInWay way)
{
    if (!attempt)
        return; // it has ended well and is being written
    if (way == SignInWay::Browser) {
        attempt->openBrowser();
        return;
    }
    // Without a page it has ended, or has not begun to wait for the person.
    if (way != SignInWay::DeviceCode || attempt->isUsableAnywhere() || attempt->pageUrl().isEmpty())
        return;
    qCInfo(lcAuth) << "a device code takes the place of the sign-in page";
    SignInAttempt *replaced = attempt;
    beginAttempt(way, purpose);
    replaced->cancel();
    replaced->deleteLater();
}

SignInAttempt *AccountSession::Private::makeAttempt(SignInWay way)
{
    EntraConfig asked = *config;
    if (!purpose.moreScopes.isEmpty())
        asked.scopes = unitedScopes(usualScopes(), purpose.moreScopes);
    const QString onlyPrincipal =
        usable() && purpose.keepsAccount ? record->account.principal() : QString();
    if (way == SignInWay::DeviceCode) {
        return new DeviceCodeSignIn(asked,
                                    {.principal = onlyPrincipal,
                                     .claims = attemptClaims,
                                     .limit = timing.signInLimit,
                                     .second = timing.deviceCodeSecond},
                                    this);
    }
    InteractiveSignIn::Wishes wishes{.principal = onlyPrincipal,
                                     .claims = attemptClaims,
                                     .opensBrowser = way == SignInWay::Browser,
                                     .limit = timing.signInLimit};
    // Who must prove themselves again need not be picked; in all other cases the person chooses.
    if (usable() && (interaction || purpose.keepsAccount))
        wishes.loginHint = record->account.username;
    return new InteractiveSignIn(asked, wishes, opener, this);
}

void AccountSession::Private::beginAttempt(SignInWay way, const Purpose &with)
{
    signInPatience.stop();
    refusal.reset();
    attemptClaims = interactionClaims;
    purpose = with;
    attempt = makeAttempt(way);
    connect(attempt, &SignInAttempt::pageReady, this, [this](const QUrl &url, bool opened) {
        Q_EMIT q->stateChanged();
        Q_EMIT q->signInPageReady(url, opened);
    });
    whenDone(attempt->start(), this,
             [this, number = ++attemptNumber, begun = generation,
              of = configuration](const Result<SignedIn> &result) {
                 if (number == attemptNumber) // else another one has taken its place
                     attemptEnded(result, begun != generation || of != configuration);
             });
    if (way == SignInWay::DeviceCode)
        Q_EMIT q->stateChanged(); // its page comes later
}

// isStale: signed out or configured anew meanwhile; what it brought belongs to another world.
void AccountSession::Private::attemptEnded(const Result<SignedIn> &result, bool isStale)
{
    if (attempt)
        attempt->deleteLater();
    attempt = nullptr;
    if (result.ok() && !isStale)
        return signedIn(*result);
    const Error error = result.ok()
        ? Error{.kind = Kind::Cancelled, .detail = u"the sign-in was overtaken"_s}
        : withAdminLink(result.error(), unitedScopes(usualScopes(), purpose.moreScopes));
    if (!purpose.moreScopes.isEmpty() && usable())
        return stepUpEnded(error, isStale);
    activity.failed(ActivityEvent::Kind::SignIn, record ? &record->account : nullptr,
                    purpose.client, usualScopes(), error);
    const bool isAnswer = error.kind == Kind::Cancelled || error.kind == Kind::Denied
        || error.kind == Kind::ConsentNeeded || error.kind == Kind::Misconfigured;
    if (isAnswer && !isStale)
        declined.hold(error, now(), timing.declinePause);
    const NextStep step = nextStepFor(error);
    const bool isForSomebodyElse = step == NextStep::AskAdministrator
        || step == NextStep::OtherAccount || step == NextStep::FixRegistration;
    if (isForSomebodyElse && !isStale)
        refusal = error;
    Q_EMIT q->stateChanged();
    endSignIns(error);
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Person);
    for (TokenCall *call : waiting)
        call->answer(error);
}

bool AccountSession::Private::belongsElsewhere(const TokenRecord &fresh) const
{
    if (!elsewhere)
        return false;
    if (record)
        return fits(*record) && record->account.principal() != fresh.account.principal();
    const Cause cause = loadProblem ? loadProblem->cause : Cause::None;
    // What is lost or damaged is what a new sign-in replaces.
    return hasUnreadEntry() && cause != Cause::KeychainLost && cause != Cause::KeychainDamaged
        && store->keys(profile).contains(key);
}

// The person is here: asked once per sign-in, where the keychain does not ask by itself.
void AccountSession::Private::offerUnlock(const std::optional<Error> &problem)
{
    if (problem && problem->cause == Cause::KeychainLocked && !store->mayAskByItself())
        store->unlock();
}

// What is here stays as it is.
void AccountSession::Private::signedInElsewhere(const TokenRecord &fresh)
{
    offerUnlock(loadProblem);
    elsewhere(fresh);
    Q_EMIT q->stateChanged();
    endSignIns(fresh.account);
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Person);
    for (TokenCall *call : waiting) {
        call->answer(Error{.kind = Kind::Denied,
                           .detail = u"the person signed in another account"_s,
                           .cause = Cause::WrongAccount});
    }
}

void AccountSession::Private::signedIn(const SignedIn &outcome)
{
    const TokenRecord fresh{.profile = profile,
                            .authority = config->authorityText(),
                            .clientId = config->clientId,
                            .tenant = config->tenant,
                            .account = outcome.account,
                            .refreshToken = outcome.tokens.refreshToken,
                            .savedAt = now().wall};
    activity.succeeded(purpose.moreScopes.isEmpty() ? ActivityEvent::Kind::SignIn
                                                    : ActivityEvent::Kind::StepUp,
                       outcome.account, purpose.client, outcome.tokens);
    if (belongsElsewhere(fresh))
        return signedInElsewhere(fresh);
    ++generation;
    record = fresh;
    loadProblem.reset();
    loadRetry.stop();
    forgetAnswers();
    cache.put(outcome.tokens, outcome.account.principal(),
              unitedScopes(config->scopes, purpose.moreScopes), attemptClaims, now());
    interactionClaims.clear();
    granted = withoutOpenIdScopes(outcome.tokens.scopes);
    isSettling = true;
    keepThen([this, begun = generation] {
        if (begun != generation)
            return; // signed out meanwhile
        isSettling = false;
        offerUnlock(keychainProblem());
        qCInfo(lcAuth) << "signed in"
                       << (keeper.isPending() ? "(for this session only: not in the keychain)"
                                              : "");
        Q_EMIT q->stateChanged();
        endSignIns(record->account);
        if (!isLoaded)
            markLoaded();
        else
            serveAll();
    });
}

void AccountSession::Private::forgetAnswers()
{
    interaction.reset();
    refusal.reset();
    declined = refreshPause = interactionPause = aheadPause = {};
    scopePauses.clear();
    stepUpPauses.clear();
    failures = 0;
    granted.clear();
}

Error AccountSession::Private::withAdminLink(Error error, const QStringList &scopes) const
{
    if (error.cause == Cause::AdminConsentMissing && config.ok()) {
        const QString tenantId = record ? record->account.tenantId : QString();
        error.link = QString::fromLatin1(config->adminConsentUrl(tenantId, scopes).toEncoded());
    }
    return error;
}

void AccountSession::Private::endSignIns(const Result<Account> &result)
{
    const QList<Promised<Account>> waiting = std::exchange(signIns, {});
    for (const Promised<Account> &promise : waiting)
        promise.answer(result);
}

Async<Done> AccountSession::Private::signOut()
{
    activity.signedOut(record ? &record->account : nullptr);
    // That there is no keychain stays true, and worth knowing before the next sign-in.
    loadProblem = keychainProblem();
    if (loadProblem && loadProblem->cause != Cause::KeychainAbsent)
        loadProblem.reset();
    loseEverything();
    const Error signedOut{.kind = Kind::SignInNeeded, .detail = u"the person signed out"_s};
    endSignIns(Error{.kind = Kind::Cancelled, .detail = signedOut.detail});
    const auto waiting = calls;
    for (TokenCall *call : waiting)
        call->answer(signedOut);
    qCInfo(lcAuth) << "signed out";
    Q_EMIT q->stateChanged();
    return forgottenInTime();
}

// The person need not wait for a keychain that is slow or asks them first; what it still holds is
// never used again.
Async<Done> AccountSession::Private::forgottenInTime()
{
    const Promised<Done> promise;
    whenDone(keeper.forget(), this, [promise](const Result<Done> &result) {
        if (promise.isAnswered())
            return;
        Result<Done> told = result;
        if (!result.ok()) {
            Error error = result.error();
            error.cause = Cause::DeletionPending;
            told = error;
        }
        promise.answer(told);
    });
    auto *patience = new QTimer(this);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, [promise, patience] {
        patience->deleteLater();
        if (!promise.isAnswered()) {
            promise.answer(Error{.kind = Kind::StorageFault,
                                 .detail = u"the keychain has not answered yet"_s,
                                 .serviceCode = u"timeout"_s,
                                 .cause = Cause::DeletionPending});
        }
    });
    patience->start(timing.writePatience);
    return promise.future();
}

} // namespace auth
