// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where refresh tokens live between runs. Implementations: the OS keychain
// (keychain_token_store), memory (tests). Both pass the same contract test.
//
// A StorageFault whose cause is set ends by an event (changed()) or by the person; any other may be
// tried again after a while.

#pragma once

#include "app/base/async.h"
#include "auth/token_record.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace auth {

// A record and the key that it belongs under.
struct KeyedRecord
{
    QString key = {};
    TokenRecord record = {};
};

class TokenStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Under which it may hold something of this profile, "<profile>" or "<profile>.<number>", or
    // still has to delete it.
    virtual QStringList keys(const QString &profile) const = 0;

    // key: "<profile>", for further accounts "<profile>.2", ... nullopt: there is surely no entry,
    // or one that isToBeRemoved(). StorageFault: it cannot be told (locked, absent, damaged), never
    // the same as "no entry".
    virtual Async<std::optional<TokenRecord>> read(const QString &key) = 0;
    virtual Async<Done> write(const QString &key, const TokenRecord &record) = 0;
    // Done only after reading back found nothing.
    virtual Async<Done> remove(const QString &key) = 0;
    // A remove() of this or an earlier process has not been carried out yet. Whoever reads the key
    // asks for it again.
    virtual bool isToBeRemoved(const QString &key) const = 0;

    // Has the system ask the person to unlock the store. Done: it is open, or the next read or
    // write asks by itself. Cancelled: the person said no. StorageFault.
    virtual Async<Done> unlock() = 0;
    // Whether the other calls may bring a prompt before the person; if so they are not repeated
    // without the person's wish.
    virtual bool mayAskByItself() const = 0;
    bool wouldAskAgain(const Error &error) const
    {
        return mayAskByItself()
            && (error.cause == Cause::KeychainLocked || error.cause == Cause::KeychainSlow);
    }

Q_SIGNALS:
    // It came, was locked or was unlocked, or answers again: what failed may work now.
    void changed();
};

} // namespace auth
