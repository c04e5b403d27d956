// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_token_store.h"

#include "app/base/log.h"
#include "auth/account_key.h"
#include "auth/keychain_naming.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSaveFile>
#include <QTimer>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

Error fault(const QString &code, const QString &detail, Cause cause = Cause::None)
{
    return Error{
        .kind = Error::Kind::StorageFault, .detail = detail, .serviceCode = code, .cause = cause};
}

Error lockedFault(const QString &detail = u"the keychain is locked"_s)
{
    return fault(u"locked"_s, detail, Cause::KeychainLocked);
}

Error absentFault(const QString &detail = {})
{
    QString text = u"there is no keychain on this system"_s;
    if (!detail.isEmpty())
        text += u": "_s + detail;
    return fault(u"absent"_s, text, Cause::KeychainAbsent);
}

Error slowFault()
{
    return fault(u"timeout"_s, u"the keychain has not answered; it may wait to be unlocked"_s,
                 Cause::KeychainSlow);
}

// Texts of libsecret and KWallet name no secrets; they are for the log.
Error faultOf(QKeychain::Error code, const QString &text)
{
    switch (code) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return lockedFault();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return absentFault();
    default: break;
    }
    return fault(u"failed"_s, u"the keychain failed: "_s + text);
}

} // namespace

KeychainTokenStore::KeychainTokenStore(QString folder, QString service, QObject *parent)
    : TokenStore(parent)
    , m_folder(std::move(folder))
    , m_service(std::move(service))
    , m_system(KeychainService::make(this))
{
    connect(m_system, &KeychainService::changed, this, &TokenStore::changed);
}

QString KeychainTokenStore::markerPath(const QString &key) const
{
    return m_folder + u"/keychain-"_s + key + u".json"_s;
}

QStringList KeychainTokenStore::keys(const QString &profile) const
{
    const QString start = u"keychain-"_s;
    const QString end = u".json"_s;
    QStringList found;
    const QStringList files =
        QDir(m_folder).entryList({start + u'*' + end}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const QString key = file.mid(start.size(), file.size() - start.size() - end.size());
        if (accountNumber(profile, key) > 0)
            found.append(key);
    }
    return found;
}

KeychainTokenStore::Marker KeychainTokenStore::marker(const QString &key) const
{
    QFile file(markerPath(key));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(4096)).object();
    return {.isStored = object.value("stored"_L1).toBool(),
            .isToBeDeleted = object.value("toBeDeleted"_L1).toBool()};
}

bool KeychainTokenStore::setMarker(const QString &key, Marker marker) const
{
    const QString path = markerPath(key);
    if (!marker.isStored && !marker.isToBeDeleted && !marker.isBegun)
        return !QFile::exists(path) || QFile::remove(path);
    QSaveFile file(path);
    const QJsonObject object{{"stored"_L1, marker.isStored},
                             {"toBeDeleted"_L1, marker.isToBeDeleted}};
    const bool saved = file.open(QIODevice::WriteOnly)
        && file.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) > 0 && file.commit();
    if (!saved)
        qCWarning(lcAuth).noquote() << "cannot write" << path << file.errorString();
    return saved;
}

void KeychainTokenStore::run(Access access, const QString &key, const MakeJob &makeJob,
                             const Next &next)
{
    if (m_abandonedJobs > 0)
        return next({.isFound = false, .problem = slowFault()});
    // Whichever comes first, the end or the limit; the job deletes itself when it has finished.
    struct Run
    {
        bool isOver = false;
        QKeychain::Job *job = nullptr;
    };
    const auto state = std::make_shared<Run>();
    auto *wait = new QTimer(this);
    wait->setSingleShot(true);
    const auto end = [wait, state, next](const Outcome &outcome) {
        if (std::exchange(state->isOver, true))
            return;
        wait->stop();
        wait->deleteLater();
        next(outcome);
    };
    connect(wait, &QTimer::timeout, this, [this, state, end] {
        if (state->job)
            abandon(state->job);
        end({.isFound = false, .problem = slowFault()});
    });
    wait->start(m_jobLimit);
    // Owned by this: an answer after the limit is a sign that the keychain goes on.
    const auto withLock = [this, access, key, makeJob, wait = QPointer(wait), state,
                           end](KeychainLock lock) {
        if (state->isOver) {
            if (lock != KeychainLock::NotKnown)
                Q_EMIT changed();
            return;
        }
        if (lock == KeychainLock::Locked)
            return end({.problem = lockedFault()});
        if (lock == KeychainLock::NotMade && access == Access::Change)
            return end({.problem = lockedFault(u"the keychain has not been set up yet"_s)});
        QKeychain::Job *job = makeJob();
        state->job = job;
        job->setKey(keychain_naming::entryName(m_service, key));
        connect(job, &QKeychain::Job::finished, wait, [this, job, state, end] {
            state->job = nullptr;
            Outcome outcome;
            if (job->error() == QKeychain::EntryNotFound)
                outcome.isFound = false;
            else if (job->error() != QKeychain::NoError)
                outcome.problem = faultOf(job->error(), job->errorString());
            else if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(job))
                outcome.data = read->binaryData();
            explain(outcome, end);
        });
        job->start();
    };
    m_system->askLock(this, withLock);
}

// A prompt that the person has closed is no sign that trying again may work.
void KeychainTokenStore::abandon(QKeychain::Job *job)
{
    ++m_abandonedJobs;
    connect(job, &QKeychain::Job::finished, this, [this, job] {
        --m_abandonedJobs;
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound)
            Q_EMIT changed();
    });
}

// qtkeychain knows "no entry" and "other error"; which of many things that means the system says.
void KeychainTokenStore::explain(const Outcome &outcome, const Next &next)
{
    const bool isVague = outcome.problem && outcome.problem->serviceCode == u"failed";
    if (!isVague && (outcome.problem || outcome.isFound))
        return next(outcome);
    m_system->askLock(this, [outcome, isVague, next](KeychainLock lock) {
        Outcome told = outcome;
        if (lock == KeychainLock::Locked)
            told.problem = lockedFault();
        else if (lock == KeychainLock::Absent && isVague)
            told.problem = absentFault(outcome.problem->detail);
        next(told);
    });
}

void KeychainTokenStore::fetch(const QString &key, const Next &next)
{
    const auto makeJob = [this] { return new QKeychain::ReadPasswordJob(m_service); };
    run(Access::Read, key, makeJob, next);
}

void KeychainTokenStore::store(const QString &key, const QByteArray &data, const Next &next)
{
    if (const auto limit = keychain_naming::recordLimit(); limit && data.size() > *limit) {
        return next(
            {.problem = fault(u"tooLarge"_s,
                              u"the keychain takes %1 bytes, the sign-in has %2"_s.arg(*limit).arg(
                                  data.size()))});
    }
    const auto makeJob = [this, data] {
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setBinaryData(data);
        return job;
    };
    run(Access::Change, key, makeJob, next);
}

void KeychainTokenStore::erase(const QString &key, const Next &next)
{
    const auto makeJob = [this] { return new QKeychain::DeletePasswordJob(m_service); };
    run(Access::Change, key, makeJob, next);
}

Error KeychainTokenStore::told(const QString &key, Error problem) const
{
    if (problem.cause == Cause::KeychainAbsent && marker(key).isStored) {
        problem.serviceCode = u"unavailable"_s;
        problem.cause = Cause::KeychainUnavailable;
    }
    return problem;
}

bool KeychainTokenStore::isToBeRemoved(const QString &key) const
{
    return marker(key).isToBeDeleted;
}

Async<Done> KeychainTokenStore::unlock()
{
    const Promised<Done> promised;
    whenDone(m_system->unlock(), this, [this, promised](const Result<Done> &result) {
        promised.answer(result);
        if (result.ok())
            Q_EMIT changed();
    });
    return promised.future();
}

Async<std::optional<TokenRecord>> KeychainTokenStore::read(const QString &key)
{
    using Found = std::optional<TokenRecord>;
    const Promised<Found> promised;
    if (marker(key).isToBeDeleted) {
        // Signed out already; only the keychain has not agreed yet. Its entry is never used again.
        promised.answer(Found());
        return promised.future();
    }
    fetch(key, [this, key, promised](const Outcome &outcome) {
        if (outcome.problem) {
            return promised.answer(told(key, *outcome.problem));
        }
        if (!outcome.isFound && marker(key).isStored) {
            return promised.answer(
                fault(u"lost"_s,
                      u"the keychain is another one or was emptied: it no longer holds "
                      "the sign-in"_s,
                      Cause::KeychainLost));
        }
        // Begun by a process that ended meanwhile, and carried out or not.
        if (!marker(key).isStored)
            setMarker(key, {.isStored = outcome.isFound && !outcome.data.isEmpty()});
        // Empty: a sign-out that was interrupted between emptying and deleting.
        if (!outcome.isFound || outcome.data.isEmpty())
            return promised.answer(Found());
        const auto record = TokenRecord::fromJson(outcome.data);
        if (!record)
            return promised.answer(
                fault(u"damaged"_s, record.error().detail, Cause::KeychainDamaged));
        promised.answer(Found(*record));
    });
    return promised.future();
}

Async<Done> KeychainTokenStore::write(const QString &key, const TokenRecord &record)
{
    const Promised<Done> promised;
    // Before the entry: further accounts are known by their markers alone.
    const bool isFirst = !QFile::exists(markerPath(key));
    if (isFirst && !setMarker(key, {.isBegun = true})) {
        return readyAsync<Done>(
            fault(u"failed"_s, u"the folder of the profile cannot be written"_s));
    }
    store(key, record.toJson(), [this, key, isFirst, promised](const Outcome &outcome) {
        // One that hangs may still be carried out.
        if (outcome.problem && isFirst && outcome.problem->cause != Cause::KeychainSlow)
            setMarker(key, {});
        if (outcome.problem)
            return promised.answer(told(key, *outcome.problem));
        setMarker(key, {.isStored = true, .isToBeDeleted = false});
        promised.answer(Done());
    });
    return promised.future();
}

// Empty first: unlike deleting, writing prompts for a locked keychain or says that it is locked.
Async<Done> KeychainTokenStore::remove(const QString &key)
{
    const Promised<Done> promised;
    const bool wasStored = marker(key).isStored;
    setMarker(key, {.isStored = wasStored, .isToBeDeleted = true});
    const auto finish = [this, key, promised] {
        setMarker(key, {});
        promised.answer(Done());
    };
    const auto readBack = [this, key, promised, finish](const Outcome &) {
        fetch(key, [promised, finish](const Outcome &last) {
            if (last.problem)
                return promised.answer(*last.problem);
            if (last.isFound) {
                return promised.answer(
                    fault(u"failed"_s, u"the keychain still holds the entry after deleting it"_s));
            }
            finish();
        });
    };
    fetch(key, [this, key, promised, wasStored, finish, readBack](const Outcome &outcome) {
        const bool isAbsent = outcome.problem && outcome.problem->cause == Cause::KeychainAbsent;
        if ((!outcome.problem && !outcome.isFound) || (isAbsent && !wasStored))
            return finish();
        if (outcome.problem && outcome.problem->cause != Cause::None)
            return promised.answer(told(key, *outcome.problem)); // emptying would end the same way
        store(key, {}, [this, key, promised, readBack](const Outcome &emptied) {
            if (emptied.problem)
                return promised.answer(*emptied.problem);
            erase(key, readBack);
        });
    });
    return promised.future();
}

} // namespace auth
