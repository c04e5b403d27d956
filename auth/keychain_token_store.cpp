// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_token_store.h"

#include "app/base/log.h"
#include "auth/keychain_lock.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTimer>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace auth {

namespace {

Error fault(const QString &code, const QString &detail)
{
    return Error{.kind = Error::Kind::StorageFault,
                 .detail = detail,
                 .serviceCode = code,
                 .cause = code == u"absent" ? Cause::KeychainAbsent : Cause::None};
}

Error lockedFault()
{
    return fault(u"locked"_s, u"the keychain is locked"_s);
}

// Texts of libsecret and KWallet name no secrets; they are for the log.
Error faultOf(QKeychain::Error code, const QString &text)
{
    switch (code) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return lockedFault();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return fault(u"absent"_s, u"there is no keychain on this system"_s);
    default: break;
    }
    return fault(u"failed"_s, u"the keychain failed: "_s + text);
}

} // namespace

KeychainTokenStore::KeychainTokenStore(QString folder, QString service, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_service(std::move(service))
{
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
        bool isNumber = false;
        const int number = key.mid(profile.size() + 1).toInt(&isNumber);
        const bool isFurther = key.startsWith(profile + u'.') && isNumber && number >= 2;
        if (key == profile || isFurther)
            found.append(key);
    }
    return found;
}

// Globally unique: on Windows qtkeychain up to 0.15 stores the key without the service.
QString KeychainTokenStore::entryName(const QString &key) const
{
    return m_service + u'/' + key;
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
    if (!marker.isStored && !marker.isToBeDeleted)
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

template <class Job>
void KeychainTokenStore::run(Job *job, const QString &key, const Next &next)
{
    // Whichever comes first, the job or the limit; the job deletes itself when it has finished.
    auto *wait = new QTimer(this);
    wait->setSingleShot(true);
    connect(wait, &QTimer::timeout, this, [wait, next] {
        wait->deleteLater();
        next({.isFound = false,
              .problem = fault(u"timeout"_s,
                               u"the keychain has not answered; it may wait to be unlocked"_s)});
    });
    job->setKey(entryName(key));
    connect(job, &QKeychain::Job::finished, wait, [this, wait, job, next] {
        wait->stop();
        wait->deleteLater();
        Outcome outcome;
        if (job->error() == QKeychain::EntryNotFound)
            outcome.isFound = false;
        else if (job->error() != QKeychain::NoError)
            outcome.problem = faultOf(job->error(), job->errorString());
        else if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
            outcome.data = job->binaryData();
        explain(outcome, next);
    });
    wait->start(m_jobLimit);
    job->start();
}

// qtkeychain knows "no entry" and "other error"; which of many things that means the system says.
void KeychainTokenStore::explain(const Outcome &outcome, const Next &next)
{
    const bool isVague = outcome.problem && outcome.problem->serviceCode == u"failed";
    if (!isVague && (outcome.problem || outcome.isFound))
        return next(outcome);
    askKeychainLock(this, [outcome, isVague, next](KeychainLock lock) {
        Outcome told = outcome;
        if (lock == KeychainLock::Locked)
            told.problem = lockedFault();
        else if (lock == KeychainLock::Absent && isVague)
            told.problem = fault(
                u"absent"_s, u"there is no keychain on this system: "_s + outcome.problem->detail);
        next(told);
    });
}

void KeychainTokenStore::fetch(const QString &key, const Next &next)
{
    run(new QKeychain::ReadPasswordJob(m_service), key, next);
}

void KeychainTokenStore::store(const QString &key, const QByteArray &data, const Next &next)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setBinaryData(data);
    run(job, key, next);
}

void KeychainTokenStore::erase(const QString &key, const Next &next)
{
    run(new QKeychain::DeletePasswordJob(m_service), key, next);
}

Async<std::optional<TokenRecord>> KeychainTokenStore::read(const QString &key)
{
    using Found = std::optional<TokenRecord>;
    const Promised<Found> promised;
    if (marker(key).isToBeDeleted) {
        // Signed out already; only the keychain has not agreed yet. Its entry is never used again.
        whenDone(remove(key), this, [](const Result<Done> &) {});
        promised.answer(Found());
        return promised.future();
    }
    fetch(key, [this, key, promised](const Outcome &outcome) {
        if (outcome.problem) {
            Error problem = *outcome.problem;
            if (problem.serviceCode == u"absent" && marker(key).isStored)
                problem.serviceCode = u"unavailable"_s;
            return promised.answer(problem);
        }
        if (!outcome.isFound && marker(key).isStored) {
            return promised.answer(
                fault(u"lost"_s,
                      u"the keychain is another one or was emptied: it no longer holds "
                      "the sign-in"_s));
        }
        // Empty: a sign-out that was interrupted between emptying and deleting.
        if (!outcome.isFound || outcome.data.isEmpty())
            return promised.answer(Found());
        const auto record = TokenRecord::fromJson(outcome.data);
        if (!record)
            return promised.answer(fault(u"damaged"_s, record.error().detail));
        promised.answer(Found(*record));
    });
    return promised.future();
}

Async<Done> KeychainTokenStore::write(const QString &key, const TokenRecord &record)
{
    const Promised<Done> promised;
    store(key, record.toJson(), [this, key, promised](const Outcome &outcome) {
        if (outcome.problem)
            return promised.answer(*outcome.problem);
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
        const bool isAbsent = outcome.problem && outcome.problem->serviceCode == u"absent";
        if ((!outcome.problem && !outcome.isFound) || (isAbsent && !wasStored))
            return finish();
        if (isAbsent)
            return promised.answer(*outcome.problem);
        store(key, {}, [this, key, promised, readBack](const Outcome &emptied) {
            if (emptied.problem)
                return promised.answer(*emptied.problem);
            erase(key, readBack);
        });
    });
    return promised.future();
}

} // namespace auth
