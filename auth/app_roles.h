// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The app roles of an account, out of the `roles` claim of an id_token or out of our own record.
// https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps

#pragma once

#include <QJsonValue>
#include <QStringList>

#include <optional>

namespace auth {

// Those of ours ("GraphValet.Reader"), sorted, each once; others of the registration, and whatever
// is no text, are left out. Absent: none. nullopt: no list.
std::optional<QStringList> appRolesIn(const QJsonValue &claim);

} // namespace auth
