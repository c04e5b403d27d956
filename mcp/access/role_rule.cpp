// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/role_rule.h"

using namespace Qt::StringLiterals;

namespace mcp {

bool isRoleNeeded(bool isRoleRequired, bool isReading)
{
    return isRoleRequired || !isReading;
}

std::optional<Error> refusalByRole(const QStringList &roles, bool isRoleRequired, bool isReading)
{
    if (roles.contains("GraphValet.Writer"_L1))
        return std::nullopt;
    const bool isReader = roles.contains("GraphValet.Reader"_L1);
    if (isReader && !isReading) {
        return Error{.kind = Error::Kind::Denied,
                     .detail = u"the account lacks the app role GraphValet.Writer"_s,
                     .cause = Cause::WriterRoleMissing};
    }
    if (!isReader && isRoleRequired) {
        return Error{.kind = Error::Kind::Denied,
                     .detail = u"the account has no app role of Graph Valet"_s,
                     .cause = Cause::RoleMissing};
    }
    return std::nullopt;
}

} // namespace mcp
