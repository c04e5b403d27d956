// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an account's app roles let AI clients do with it. Pure. The roles are defined in the app
// registration and assigned by the organisation (README.md, "App roles").
//
//   roles            a tool that reads    one that does not
//   none             yes *                yes *                 * no where a role is required
//   Reader           yes                  no
//   Writer           yes                  yes

#pragma once

#include "app/base/error.h"

#include <QStringList>

#include <optional>

namespace mcp {

// Whether the roles decide anything about such a call.
bool isRoleNeeded(bool isRoleRequired, bool isReading);
// nullopt: allowed; else Denied with a cause that names the missing role.
std::optional<Error> refusalByRole(const QStringList &roles, bool isRoleRequired, bool isReading);

} // namespace mcp
