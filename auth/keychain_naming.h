// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an entry is called in the keychain of each system, and how much fits into one.

#pragma once

#include <QString>

#include <optional>

namespace auth::keychain_naming {

// service: "graph-valet", other values are for tests. key: of the TokenStore.
QString entryName(const QString &service, const QString &key);

// Bytes of a record; nullopt where the system sets no limit that a record could meet.
std::optional<qsizetype> recordLimit();

} // namespace auth::keychain_naming
