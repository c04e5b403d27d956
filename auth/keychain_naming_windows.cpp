// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/keychain_naming.h"

namespace auth::keychain_naming {

// The target name of a credential is one name space for all programs of the person, and qtkeychain
// has not put the service into it in every version; so the name is unique by itself.
QString entryName(const QString &service, const QString &key)
{
    return QStringLiteral(GRAPH_VALET_APP_ID "/") + service + QLatin1Char('/') + key;
}

// A credential's blob takes CRED_MAX_CREDENTIAL_BLOB_SIZE, 2560 bytes. From 0.15 on qtkeychain
// encrypts what is longer (CryptProtectData) and spreads it over the blob and 64 attributes of 256
// bytes, 18944 in all (keychain_win.cpp); CMakeLists.txt wants that version. The rest is for what
// encryption adds. A refresh token of Entra has 1 to 2 KB.
std::optional<qsizetype> recordLimit()
{
    return 16 * 1024;
}

} // namespace auth::keychain_naming
