// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is signed in, as an id_token that passed our checks says.

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace auth {

struct Account
{
    QString tenantId = {}; // tid
    QString objectId = {}; // oid
    QString username = {}; // preferred_username: for display only, can change
    QString name = {}; // for display only
    // App roles of ours, "GraphValet.Reader". nullopt: not known, in a record of a version that
    // did not ask for them; the next id_token says.
    std::optional<QStringList> roles = {};

    // "<tid>.<oid>": what caches, keychain entries and grants are keyed by.
    QString principal() const { return tenantId + QLatin1Char('.') + objectId; }
    bool isEmpty() const { return objectId.isEmpty(); }
    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace auth
