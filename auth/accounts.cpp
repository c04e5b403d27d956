// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/accounts.h"

#include "app/base/log.h"
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
    add(m_profile);
}

Accounts::~Accounts() = default;

AccountSession *Accounts::add(const QString &key)
{
    auto *session =
        new AccountSession(m_profile, m_config, m_store, m_opener, this, m_timing, m_activity, key);
    connect(session, &AccountSession::stateChanged, this, &Accounts::stateChanged);
    connect(session, &AccountSession::loaded, this, &Accounts::oneLoaded);
    connect(session, &AccountSession::signInPageReady, this, &Accounts::signInPageReady);
    connect(session, &AccountSession::attentionNeeded, this, &Accounts::attentionNeeded);
    m_sessions.append(session);
    return session;
}

void Accounts::start()
{
    if (m_isStarted)
        return;
    m_isStarted = true;
    const QStringList keys = m_store->keys(m_profile);
    for (const QString &key : keys) {
        if (!withKey(key))
            add(key);
    }
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

AccountSession *Accounts::current() const
{
    if (AccountSession *preferred = find(m_preferred))
        return preferred;
    const auto found =
        std::find_if(m_sessions.cbegin(), m_sessions.cend(),
                     [](const AccountSession *session) { return session->account().has_value(); });
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

Async<Account> Accounts::signIn(SignInWay way)
{
    return current()->signIn(way);
}

Async<Account> Accounts::signInAnother(SignInWay way)
{
    if (!isLoaded() || !current()->account())
        return signIn(way);
    if (!isAddingAccount())
        m_adding = vacant();
    AccountSession *session = m_adding;
    const Promised<Account> promise;
    whenDone(session->signIn(way), this, [this, session, promise](const Result<Account> &result) {
        if (result.ok())
            mergeInto(session);
        promise.answer(result);
    });
    return promise.future();
}

// One that holds nothing and waits for nothing.
AccountSession *Accounts::vacant()
{
    const auto found = std::find_if(m_sessions.cbegin(), m_sessions.cend(),
                                    [](const AccountSession *one) { return one->isVacant(); });
    if (found != m_sessions.cend())
        return *found;
    AccountSession *session = add(freeKey());
    session->startEmpty();
    return session;
}

QString Accounts::freeKey() const
{
    // Every key that the store knows has its session.
    for (int number = 2;; ++number) {
        QString key = m_profile + u'.' + QString::number(number);
        if (!withKey(key))
            return key;
    }
}

AccountSession *Accounts::withKey(const QString &key) const
{
    const auto found = std::find_if(m_sessions.cbegin(), m_sessions.cend(),
                                    [&](const AccountSession *one) { return one->key() == key; });
    return found == m_sessions.cend() ? nullptr : *found;
}

bool Accounts::isKey(const QString &text) const
{
    const QString number = text.mid(m_profile.size() + 1);
    return text == m_profile
        || (text.startsWith(m_profile + u'.') && number == QString::number(number.toInt())
            && number.toInt() >= 2);
}

void Accounts::mergeInto(AccountSession *newer)
{
    const QString principal = newer->defaultPrincipal();
    for (AccountSession *session : std::as_const(m_sessions)) {
        if (session == newer || principal.isEmpty() || session->defaultPrincipal() != principal)
            continue;
        qCInfo(lcAuth) << "an account that was signed in already has signed in again";
        // In this order, so that an end in between loses nothing.
        session->adopt(*newer->record());
        newer->signOut();
        return;
    }
}

// Two records of one account are what a process leaves behind that ended in between.
void Accounts::mergeAll()
{
    const auto sessions = m_sessions;
    for (AccountSession *session : sessions)
        mergeInto(session);
}

void Accounts::cancelSignIn()
{
    for (AccountSession *session : std::as_const(m_sessions))
        session->cancelSignIn();
}

QUrl Accounts::signInUrl() const
{
    for (const AccountSession *session : m_sessions) {
        if (!session->signInUrl().isEmpty())
            return session->signInUrl();
    }
    return {};
}

QString Accounts::signInUserCode() const
{
    for (const AccountSession *session : m_sessions) {
        if (!session->signInUrl().isEmpty())
            return session->signInUserCode();
    }
    return {};
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
    struct Ends
    {
        int open = 0;
        std::optional<Error> problem = {};
    };
    const auto ends = std::make_shared<Ends>();
    const Promised<Done> promise;
    // Where the keychain cannot be read it may hold something; the first one stands for all.
    QList<AccountSession *> leaving{m_sessions.first()};
    for (AccountSession *session : std::as_const(m_sessions)) {
        const bool mayHold = !session->isVacant() || session->keychainProblem();
        if (session != m_sessions.first() && mayHold)
            leaving.append(session);
    }
    ends->open = int(leaving.size());
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

QList<KeyedRecord> Accounts::memoryOnlyRecords() const
{
    QList<KeyedRecord> records;
    for (const AccountSession *session : m_sessions) {
        if (const auto record = session->memoryOnlyRecord())
            records.append({session->key(), *record});
    }
    return records;
}

void Accounts::adopt(const QList<KeyedRecord> &records)
{
    for (const KeyedRecord &given : records) {
        if (!isKey(given.key)) {
            qCWarning(lcAuth) << "a session handed over has a key that is none";
            continue;
        }
        AccountSession *session = withKey(given.key);
        (session ? session : add(given.key))->adopt(given.record);
    }
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
    for (const AccountSession *session : std::as_const(m_sessions)) {
        const auto problem = session->problem();
        if (session->state() == AccountSession::State::Error && problem)
            return readyAsync<AccessToken>(*problem);
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
    return current()->defaultPrincipal();
}

} // namespace auth
