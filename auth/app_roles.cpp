// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/app_roles.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace auth {

std::optional<QStringList> appRolesIn(const QJsonValue &claim)
{
    // The record has to fit into Windows' Credential Manager (2560 bytes).
    constexpr qsizetype longest = 32;
    constexpr qsizetype most = 8;
    if (claim.isUndefined())
        return QStringList();
    if (!claim.isArray())
        return std::nullopt;
    QStringList roles;
    const QJsonArray claimed = claim.toArray();
    for (const auto &one : claimed) {
        const QString role = one.toString();
        if (role.startsWith("GraphValet."_L1) && role.size() <= longest && !roles.contains(role)
            && roles.size() < most)
            roles.append(role);
    }
    roles.sort();
    return roles;
}

} // namespace auth
