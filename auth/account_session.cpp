// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/account_session.h"

#include "auth/account_session_p.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

Error foreignRecord()
{
    return Error{.kind = Kind::StorageFault,
                 .detail = u"the keychain holds a sign-in of another registration or profile"_s,
                 .serviceCode = u"foreign"_s,
                 .cause = Cause::KeychainForeign};
}

} // namespace

AccountSession::Private::Private(AccountSession *face, QString profileName, const QString &givenKey,
                                 Result<EntraConfig> givenConfig, TokenStore *tokenStore,
                                 UrlOpener *urlOpener, SessionTiming givenTiming,
                                 ActivityRecorder *recorder)
    : q(face)
    , profile(std::move(profileName))
    , key(givenKey.isEmpty() ? profile : givenKey)
    , config(std::move(givenConfig))
    , authority(config.ok() ? config->authorityText() : QString())
    , store(tokenStore)
    , opener(urlOpener)
    , timing(std::move(givenTiming))
    , activity(recorder)
    , keeper(tokenStore, key, timing.retries)
{
    loadRetry.setSingleShot(true);
    connect(&loadRetry, &QTimer::timeout, this, &Private::load);
    signInPatience.setSingleShot(true);
    connect(&signInPatience, &QTimer::timeout, this, [this] {
        if (!signIns.isEmpty() && !isSigningIn())
            beginAttempt(waitingWay);
    });
    connect(&keeper, &RecordKeeper::changed, this, [this] { Q_EMIT q->stateChanged(); });
    connect(store, &TokenStore::changed, this, &Private::keychainChanged);
}

AccountSession::Private::~Private() = default;

AccountSession::State AccountSession::Private::state() const
{
    if (isSigningIn() && !isSteppingUp())
        return State::SigningIn;
    if (!config)
        return State::Error;
    if (usable())
        return interaction ? State::InteractionRequired : State::SignedIn;
    // Without any keychain a sign-in works all the same.
    return loadProblem && loadProblem->cause != Cause::KeychainAbsent ? State::Error
                                                                      : State::SignedOut;
}

bool AccountSession::Private::fits(const TokenRecord &stored) const
{
    return config.ok() && stored.profile == profile && stored.authority == authority
        && stored.clientId == config->clientId && stored.tenant == config->tenant;
}

void AccountSession::Private::setConfig(Result<EntraConfig> given)
{
    if (given.ok() && config.ok() && *given == *config)
        return;
    config = std::move(given);
    authority = config.ok() ? config->authorityText() : QString();
    ++configuration;
    cache.clear();
    forgetAnswers();
    interactionClaims.clear();
    noteEndedSignIn();
    if (attempt)
        attempt->cancel(); // it was for the other registration
    else if (!config && !isSettling)
        endSignIns(config.error()); // of those who wait for the keychain
    Q_EMIT q->stateChanged();
    if (isLoaded)
        serveAll();
}

AccountSession::AccountSession(QString profile, Result<EntraConfig> config, TokenStore *store,
                               UrlOpener *opener, QObject *parent, SessionTiming timing,
                               ActivityRecorder *activity, const QString &key)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(profile), key, std::move(config), store, opener,
                                  std::move(timing), activity))
{
}

AccountSession::~AccountSession() = default;

void AccountSession::start()
{
    if (d->isStarted)
        return;
    d->isStarted = true;
    d->load();
}

void AccountSession::startEmpty()
{
    d->isStarted = d->isLoaded = true;
}

QString AccountSession::key() const
{
    return d->key;
}

bool AccountSession::isVacant() const
{
    const Cause cause = d->loadProblem ? d->loadProblem->cause : Cause::None;
    // What is lost or damaged serves nobody any more.
    const bool isReadable = !d->loadProblem || cause == Cause::KeychainAbsent
        || cause == Cause::KeychainLost || cause == Cause::KeychainDamaged;
    return d->isLoaded && !d->isLoading && isReadable && !d->record && !d->isSigningIn()
        && d->signIns.isEmpty();
}

bool AccountSession::isLoaded() const
{
    return d->isLoaded;
}

AccountSession::State AccountSession::state() const
{
    return d->state();
}

std::optional<Account> AccountSession::account() const
{
    return d->usable() ? std::optional(d->record->account) : std::nullopt;
}

std::optional<Error> AccountSession::problem() const
{
    switch (state()) {
    case State::Error: return d->config.ok() ? d->loadProblem : d->config.error();
    case State::InteractionRequired: return d->refusal ? d->refusal : d->interaction;
    case State::SigningIn: return {};
    case State::SignedOut: {
        auto waiting = d->keeper.problem();
        if (waiting && d->keeper.isForgetting())
            waiting->cause = Cause::DeletionPending;
        if (waiting)
            return waiting;
        if (d->refusal || d->loadProblem)
            return d->refusal ? d->refusal : d->loadProblem;
        return d->record ? std::optional(foreignRecord()) : std::nullopt;
    }
    case State::SignedIn: break;
    }
    return d->keeper.problem() ? d->keeper.problem() : d->refusal;
}

std::optional<Error> AccountSession::keychainProblem() const
{
    return d->keychainProblem();
}

bool AccountSession::isMemoryOnly() const
{
    if (!d->record)
        return d->loadProblem && d->loadProblem->cause == Cause::KeychainAbsent;
    return d->keeper.isPending() && !d->isWriting;
}

QUrl AccountSession::signInUrl() const
{
    return d->attempt ? d->attempt->pageUrl() : QUrl();
}

QString AccountSession::signInUserCode() const
{
    return d->attempt ? d->attempt->userCode() : QString();
}

Async<Account> AccountSession::signIn(SignInWay way)
{
    return d->signIn(way);
}

void AccountSession::cancelSignIn()
{
    if (d->attempt) {
        d->attempt->cancel();
    } else if (!d->isSettling) {
        d->signInPatience.stop();
        d->endSignIns(Error{.kind = Kind::Cancelled, .detail = u"the sign-in was cancelled"_s});
    }
}

Async<Done> AccountSession::signOut()
{
    return d->signOut();
}

void AccountSession::setConfig(Result<EntraConfig> config)
{
    d->setConfig(std::move(config));
}

bool AccountSession::hasAttempt() const
{
    return d->isSigningIn();
}

std::optional<TokenRecord> AccountSession::record() const
{
    return d->record;
}

std::optional<TokenRecord> AccountSession::memoryOnlyRecord() const
{
    return d->keeper.isPending() ? d->record : std::nullopt;
}

Async<Done> AccountSession::adopt(const TokenRecord &record)
{
    return d->adopt(record);
}

void AccountSession::retire(const Async<Done> &kept)
{
    d->retire(kept);
}

bool AccountSession::hasUnreadEntry() const
{
    return d->hasUnreadEntry();
}

void AccountSession::readAgain()
{
    d->readAgain();
}

bool AccountSession::isSignInWished() const
{
    return d->isSigningIn() && !d->signIns.isEmpty();
}

void AccountSession::setElsewhere(std::function<void(const TokenRecord &)> elsewhere)
{
    d->elsewhere = std::move(elsewhere);
}

Async<AccessToken> AccountSession::tokenFor(const TokenRequest &request)
{
    return d->tokenFor(request);
}

QString AccountSession::defaultPrincipal() const
{
    return d->usable() ? d->record->account.principal() : QString();
}

std::optional<QStringList> AccountSession::rolesOf(const QString &principal) const
{
    const auto who = account();
    return who && who->principal() == principal ? who->roles : std::nullopt;
}

} // namespace auth
