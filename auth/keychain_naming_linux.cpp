// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_naming.h"

namespace auth::keychain_naming {

// Service and name are separate attributes of an item of the Secret Service, and folder and name of
// KWallet.
QString entryName(const QString &service, const QString &key)
{
    return service + QLatin1Char('/') + key;
}

// Entries of 20 KB were written to GNOME Keyring and read back.
std::optional<qsizetype> recordLimit()
{
    return std::nullopt;
}

} // namespace auth::keychain_naming
