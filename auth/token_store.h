// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where refresh tokens live between runs. Implementations: the OS keychain
// (keychain_token_store), memory (tests). Both pass the same contract test.

#pragma once

#include "app/base/async.h"
#include "auth/token_record.h"

#include <QStringList>

#include <optional>

namespace auth {

// A record and the key that it belongs under.
struct KeyedRecord
{
    QString key = {};
    TokenRecord record = {};
};

class TokenStore
{
public:
    virtual ~TokenStore() = default;

    // Under which it may hold something of this profile, "<profile>" or "<profile>.<number>", or
    // still has to delete it.
    virtual QStringList keys(const QString &profile) const = 0;

    // nullopt: there is surely no entry. StorageFault: it cannot be told
    // (locked, absent, damaged), never the same as "no entry".
    virtual Async<std::optional<TokenRecord>> read(const QString &key) = 0;
    virtual Async<Done> write(const QString &key, const TokenRecord &record) = 0;
    // Done only after reading back found nothing.
    virtual Async<Done> remove(const QString &key) = 0;
};

} // namespace auth
