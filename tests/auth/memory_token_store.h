// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A TokenStore in memory that passes the same contract test as the keychain, and can be made slow,
// broken or locked as keychains are.

#pragma once

#include "auth/token_store.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <functional>

class MemoryTokenStore : public auth::TokenStore
{
public:
    QStringList keys(const QString &profile) const override
    {
        QStringList found;
        for (auto entry = entries.keyBegin(); entry != entries.keyEnd(); ++entry) {
            if (*entry == profile || entry->startsWith(profile + QLatin1Char('.')))
                found.append(*entry);
        }
        found.sort();
        return found;
    }
    Async<std::optional<auth::TokenRecord>> read(const QString &key) override
    {
        ++reads;
        using Found = std::optional<auth::TokenRecord>;
        const Promised<Found> promised;
        act([this, key, promised] {
            if (readFault || readFaults.contains(key))
                return promised.answer(readFault ? *readFault : readFaults.value(key));
            if (!entries.contains(key) || toBeRemoved.contains(key))
                return promised.answer(Found());
            auto record = auth::TokenRecord::fromJson(entries.value(key));
            promised.answer(record.ok() ? Result<Found>(Found(*record))
                                        : Result<Found>(fault(record.error().detail)));
        });
        return promised.future();
    }

    Async<Done> write(const QString &key, const auth::TokenRecord &record) override
    {
        ++writes;
        const Promised<Done> promised;
        act([this, key, promised, json = record.toJson()] {
            if (writeFaults != 0) {
                --writeFaults;
                return promised.answer(fault(QStringLiteral("write failed"), writeFaultCode));
            }
            entries.insert(key, json);
            toBeRemoved.remove(key);
            promised.answer(Done());
        });
        return promised.future();
    }

    Async<Done> remove(const QString &key) override
    {
        ++removes;
        const Promised<Done> promised;
        act([this, key, promised] {
            if (removeFault)
                return promised.answer(*removeFault);
            entries.remove(key);
            toBeRemoved.remove(key);
            promised.answer(Done());
        });
        return promised.future();
    }

    bool isToBeRemoved(const QString &key) const override { return toBeRemoved.contains(key); }
    Async<Done> unlock() override
    {
        ++unlocks;
        return unlockAnswer.future();
    }
    bool mayAskByItself() const override { return asksByItself; }

    // Operations wait until release().
    void hold() { m_held = true; }
    void release()
    {
        m_held = false;
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto &action : waiting)
            action();
    }

    // Only the one that has waited longest.
    void releaseOne()
    {
        if (!m_waiting.isEmpty())
            m_waiting.takeFirst()();
    }

    static Error fault(const QString &detail, const QString &code = {})
    {
        const QHash<QString, Cause> causes{
            {QStringLiteral("absent"), Cause::KeychainAbsent},
            {QStringLiteral("damaged"), Cause::KeychainDamaged},
            {QStringLiteral("locked"), Cause::KeychainLocked},
            {QStringLiteral("lost"), Cause::KeychainLost},
            {QStringLiteral("timeout"), Cause::KeychainSlow},
            {QStringLiteral("unavailable"), Cause::KeychainUnavailable}};
        return Error{.kind = Error::Kind::StorageFault,
                     .detail = detail,
                     .serviceCode = code,
                     .cause = causes.value(code, Cause::None)};
    }

    QHash<QString, QByteArray> entries;
    std::optional<Error> readFault;
    QHash<QString, Error> readFaults; // of single keys
    std::optional<Error> removeFault;
    int writeFaults = 0; // so many writes fail; negative: all
    QString writeFaultCode;
    QSet<QString> toBeRemoved; // as marked by an earlier process
    bool asksByItself = false;
    Promised<Done> unlockAnswer;
    int unlocks = 0;
    int reads = 0;
    int writes = 0;
    int removes = 0;

private:
    void act(std::function<void()> action)
    {
        if (m_held)
            m_waiting.append(std::move(action));
        else
            action();
    }

    bool m_held = false;
    QList<std::function<void()>> m_waiting;
};
