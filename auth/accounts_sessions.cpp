// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of Accounts that decides which session holds which account: made, filled, merged, handed
// over.

#include "app/base/log.h"
#include "auth/account_key.h"
#include "auth/accounts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace auth {

AccountSession *Accounts::add(const QString &key)
{
    auto *session =
        new AccountSession(m_profile, m_config, m_store, m_opener, this, m_timing, m_activity, key);
    session->setElsewhere([this](const TokenRecord &record) { take(record); });
    connect(session, &AccountSession::stateChanged, this, [this, session] {
        const QString principal = session->defaultPrincipal();
        if (m_principals.value(session) != principal) {
            m_principals.insert(session, principal);
            m_merging.start(0);
        }
        Q_EMIT stateChanged();
    });
    connect(session, &AccountSession::loaded, this, &Accounts::oneLoaded);
    connect(session, &AccountSession::signInPageReady, this, &Accounts::signInPageReady);
    connect(session, &AccountSession::attentionNeeded, this, &Accounts::attentionNeeded);
    m_sessions.append(session);
    return session;
}

// In the order in which they were made, which is that of their numbers.
void Accounts::addStored()
{
    QStringList keys = m_store->keys(m_profile);
    std::sort(keys.begin(), keys.end(), [this](const QString &one, const QString &other) {
        return accountNumber(m_profile, one) < accountNumber(m_profile, other);
    });
    for (const QString &key : std::as_const(keys)) {
        if (!withKey(key))
            add(key);
    }
}

// One that holds nothing and waits for nothing, behind all that do: whoever came first stays first.
AccountSession *Accounts::roomForAnother()
{
    const auto isFree = [this](const AccountSession *session) {
        return session->isVacant() && !m_store->isToBeRemoved(session->key());
    };
    const auto lastTaken = std::find_if_not(m_sessions.crbegin(), m_sessions.crend(), isFree);
    if (lastTaken.base() != m_sessions.cend())
        return *lastTaken.base();
    AccountSession *session = add(freeKey());
    session->startEmpty();
    return session;
}

QString Accounts::freeKey() const
{
    int last = 1;
    for (const AccountSession *session : m_sessions)
        last = std::max(last, accountNumber(m_profile, session->key()));
    return accountKey(m_profile, last + 1);
}

AccountSession *Accounts::withKey(const QString &key) const
{
    const auto found = std::find_if(m_sessions.cbegin(), m_sessions.cend(),
                                    [&](const AccountSession *one) { return one->key() == key; });
    return found == m_sessions.cend() ? nullptr : *found;
}

void Accounts::take(const TokenRecord &record)
{
    AccountSession *session = find(record.account.principal());
    (session ? session : roomForAnother())->adopt(record);
}

// Also what a process leaves behind that ended between writing one and deleting the other.
void Accounts::mergeAll()
{
    for (qsizetype i = 0; i < m_sessions.size(); ++i) {
        for (qsizetype j = i + 1; j < m_sessions.size(); ++j) {
            const QString principal = m_sessions.at(i)->defaultPrincipal();
            if (!principal.isEmpty() && principal == m_sessions.at(j)->defaultPrincipal())
                merge(m_sessions.at(i), m_sessions.at(j));
        }
    }
}

void Accounts::merge(AccountSession *kept, AccountSession *other)
{
    qCInfo(lcAuth) << "an account that was signed in already has signed in again";
    const auto newer = other->record();
    auto written = readyAsync<Done>(Done{});
    if (newer->isNewerThan(*kept->record()))
        written = kept->adopt(*newer);
    other->retire(written);
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
    // The process before could not read what this one perhaps can; nothing of that is overwritten.
    addStored();
    const QStringList stored = m_store->keys(m_profile);
    for (const KeyedRecord &given : records) {
        if (accountNumber(m_profile, given.key) == 0) {
            qCWarning(lcAuth) << "a session handed over has a key that is none";
            continue;
        }
        AccountSession *session = withKey(given.key);
        if (stored.contains(given.key) || (session && session->record()))
            session = add(freeKey());
        (session ? session : add(given.key))->adopt(given.record);
    }
}

} // namespace auth
