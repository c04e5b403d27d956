// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_naming.h"

namespace auth::keychain_naming {

// Service and account are separate attributes of an item of the login keychain. Its access list
// holds the program that made it, told by its code signature: an unsigned or ad-hoc signed build is
// another program after every build, and the system asks the person again. Builds for people are
// therefore signed with one Developer ID (packaging/macos/README.md); nothing in the code can
// replace that.
QString entryName(const QString &service, const QString &key)
{
    return service + QLatin1Char('/') + key;
}

// No limit is documented for the data of a generic password.
std::optional<qsizetype> recordLimit()
{
    return std::nullopt;
}

} // namespace auth::keychain_naming
