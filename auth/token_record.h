// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is kept in the keychain for one account: a versioned record. A refresh token is never used
// with an authority, client id or tenant other than those it was issued under.

#pragma once

#include "app/base/result.h"
#include "app/base/secret.h"
#include "auth/account.h"

#include <QByteArray>
#include <QDateTime>
#include <QUrl>

namespace auth {

struct TokenRecord
{
    // Goes up only where an older program would misread a record; fields that may be absent
    // (account.roles) are added without.
    static constexpr int currentVersion = 1;

    QString profile = {};
    QString authority = {}; // origin as in EntraConfig, "https://login.microsoftonline.com"
    QString clientId = {};
    QString tenant = {}; // as configured: an id, a domain, or organizations, common, consumers
    Account account = {};
    Secret refreshToken = {};
    QDateTime savedAt = {}; // UTC, when the token came; invalid in records of older programs

    QByteArray toJson() const;
    // Of two records of one account: this one is worth keeping.
    bool isNewerThan(const TokenRecord &other) const;
    // ProtocolFault for anything that is not a record of a version we know.
    static Result<TokenRecord> fromJson(const QByteArray &json);
};

} // namespace auth
