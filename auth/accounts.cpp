// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/accounts.h"

#include "auth/token_call.h"

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

Accounts::Accounts(QString profile, Result<EntraConfig> config, TokenStore *store,
                   UrlOpener *opener, QObject *parent, SessionTiming timing,
                   ActivityRecorder *activity)
    : QObject(parent)
    , m_profile(std::move(profile))
    , m_config(std::move(config))
    , m_store(store)
    , m_opener(opener)
    , m_timing(std::move(timing))
    , m_activity(activity)
{
    // Not at once: a session tells of itself in the middle of its work.
    m_merging.setSingleShot(true);
    connect(&m_merging, &QTimer::timeout, this, &Accounts::mergeAll);
    add(m_profile);
}

Accounts::~Accounts() = default;

void Accounts::start()
{
    if (m_isStarted)
        return;
    m_isStarted = true;
    addStored();
    const auto sessions = m_sessions;
    for (AccountSession *session : sessions)
        session->start();
    oneLoaded(); // those that were handed over are already
}

bool Accounts::isLoaded() const
{
    return m_isStarted
        && std::all_of(m_sessions.cbegin(), m_sessions.cend(),
                       [](const AccountSession *session) { return session->isLoaded(); });
}

void Accounts::oneLoaded()
{
    if (m_wasLoaded || !isLoaded())
        return;
    m_wasLoaded = true;
    mergeAll();
    Q_EMIT stateChanged();
    Q_EMIT loaded();
}

// It may be in an entry that could not be read: then nobody else is the default one instead.
bool Accounts::isPreferredUnknown() const
{
    return !m_preferred.isEmpty() && !find(m_preferred)
        && std::any_of(m_sessions.cbegin(), m_sessions.cend(),
                       [](const AccountSession *session) { return session->hasUnreadEntry(); });
}

AccountSession *Accounts::current() const
{
    if (AccountSession *preferred = find(m_preferred))
        return preferred;
    const bool isUnknown = isPreferredUnknown();
    const auto found = std::find_if(
        m_sessions.cbegin(), m_sessions.cend(), [isUnknown](const AccountSession *session) {
            return isUnknown ? session->hasUnreadEntry() : session->account().has_value();
        });
    return found == m_sessions.cend() ? m_sessions.first() : *found;
}

QList<AccountSession *> Accounts::signedIn() const
{
    QList<AccountSession *> list;
    AccountSession *first = current();
    if (first->account())
        list.append(first);
    for (AccountSession *session : m_sessions) {
        if (session != first && session->account())
            list.append(session);
    }
    return list;
}

AccountSession *Accounts::find(const QString &principal) const
{
    for (AccountSession *session : m_sessions) {
        if (!principal.isEmpty() && session->defaultPrincipal() == principal)
            return session;
    }
    return nullptr;
}

void Accounts::prefer(const QString &principal)
{
    if (m_preferred == principal)
        return;
    m_preferred = principal;
    Q_EMIT stateChanged();
}

bool Accounts::isDefault(const AccountSession *session) const
{
    return session == current() && session->account();
}

Async<Account> Accounts::signIn(SignInWay way)
{
    // One that began in a session of its own, because the store could not be read.
    const bool isAdding = isAddingAccount() && !current()->account();
    return merged((isAdding ? m_adding.data() : current())->signIn(way));
}

Async<Account> Accounts::signInAnother(SignInWay way)
{
    if (!isLoaded() || signedIn().isEmpty())
        return signIn(way);
    if (!isAddingAccount())
        m_adding = roomForAnother();
    return merged(m_adding->signIn(way));
}

Async<Account> Accounts::merged(const Async<Account> &signIn)
{
    const Promised<Account> promise;
    whenDone(signIn, this, [this, promise](const Result<Account> &result) {
        mergeAll();
        promise.answer(result);
    });
    return promise.future();
}

void Accounts::cancelSignIn()
{
    for (AccountSession *session : std::as_const(m_sessions))
        session->cancelSignIn();
}

void Accounts::cancelWishedSignIn()
{
    for (AccountSession *session : std::as_const(m_sessions)) {
        if (session->isSignInWished())
            session->cancelSignIn();
    }
}

const AccountSession *Accounts::withPage() const
{
    const AccountSession *found = nullptr;
    for (const AccountSession *session : m_sessions) {
        if (session->signInUrl().isEmpty())
            continue;
        if (session->isSignInWished())
            return session;
        if (!found)
            found = session;
    }
    return found;
}

QUrl Accounts::signInUrl() const
{
    const AccountSession *session = withPage();
    return session ? session->signInUrl() : QUrl();
}

QString Accounts::signInUserCode() const
{
    const AccountSession *session = withPage();
    return session ? session->signInUserCode() : QString();
}

bool Accounts::isSignInWished() const
{
    const AccountSession *session = withPage();
    return session && session->isSignInWished();
}

Async<Done> Accounts::signOut(const QString &principal)
{
    AccountSession *session = find(principal);
    if (!session) {
        return readyAsync<Done>(
            Error{.kind = Kind::SignInNeeded, .detail = u"this account is not signed in"_s});
    }
    return session->signOut();
}

Async<Done> Accounts::signOutAll()
{
    // A record of another registration is not this sign-out's, unless nobody else is there.
    const bool isAnybodyThere = !signedIn().isEmpty();
    QList<AccountSession *> leaving;
    for (AccountSession *session : std::as_const(m_sessions)) {
        const bool isOurs = session->account() || session->hasAttempt() || session->hasUnreadEntry()
            || session->keychainProblem();
        if (isOurs || (!isAnybodyThere && !session->isVacant()))
            leaving.append(session);
    }
    if (leaving.isEmpty())
        leaving.append(m_sessions.first());

    struct Ends
    {
        qsizetype open = 0;
        std::optional<Error> problem = {};
    };
    const auto ends = std::make_shared<Ends>(Ends{leaving.size()});
    const Promised<Done> promise;
    for (AccountSession *session : std::as_const(leaving)) {
        whenDone(session->signOut(), this, [ends, promise](const Result<Done> &result) {
            if (!result.ok() && !ends->problem)
                ends->problem = result.error();
            if (--ends->open == 0)
                promise.answer(ends->problem ? Result<Done>(*ends->problem) : Done{});
        });
    }
    return promise.future();
}

std::optional<Error> Accounts::keychainProblem() const
{
    for (const AccountSession *session : m_sessions) {
        if (auto problem = session->keychainProblem())
            return problem;
    }
    return std::nullopt;
}

void Accounts::setConfig(const Result<EntraConfig> &config)
{
    m_config = config;
    for (AccountSession *session : std::as_const(m_sessions))
        session->setConfig(config);
}

Async<AccessToken> Accounts::tokenFor(const TokenRequest &request)
{
    // One session waits for the keychain by itself; of several it is not known yet whose is whose.
    if (m_wasLoaded || m_sessions.size() == 1)
        return route(request);
    auto *call = new TokenCall(request, 0, this);
    call->waitFor(TokenCall::WaitsFor::Keychain);
    connect(this, &Accounts::loaded, call, [this, call] {
        // From here on the session that it is for keeps its deadline and cancellation.
        call->leaveDeadline();
        whenDone(route(call->request()), call,
                 [call](const Result<AccessToken> &token) { call->answer(token); });
    });
    return call->future();
}

Async<AccessToken> Accounts::route(const TokenRequest &request)
{
    if (request.principal.isEmpty() || m_sessions.size() == 1)
        return current()->tokenFor(request);
    if (AccountSession *session = find(request.principal))
        return session->tokenFor(request);
    // It may be in a keychain that cannot be read.
    for (AccountSession *session : std::as_const(m_sessions)) {
        const auto problem = session->problem();
        if (session->state() == AccountSession::State::Error && problem) {
            session->readAgain(); // for the next call
            return readyAsync<AccessToken>(*problem);
        }
    }
    return readyAsync<AccessToken>(
        Error{.kind = Kind::SignInNeeded,
              .detail = u"the account that this call is for is not signed in"_s,
              .cause = Cause::AccountAway});
}

std::optional<QStringList> Accounts::rolesOf(const QString &principal) const
{
    const AccountSession *session = find(principal);
    return session ? session->rolesOf(principal) : std::nullopt;
}

QString Accounts::defaultPrincipal() const
{
    // Of several that are not all read yet nobody is the default one.
    if (!m_wasLoaded && m_sessions.size() > 1)
        return {};
    return isPreferredUnknown() ? m_preferred : current()->defaultPrincipal();
}

} // namespace auth
