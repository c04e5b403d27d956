// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What known_clients asks of each operating system; one implementation per platform, beside rules
// that they share.

#pragma once

#include "app/connect/known_clients.h"

namespace client_config {

// Beyond what lies below HOME everywhere.
ClientPlaces systemPlaces(const QString &id, const Machine &machine);
QStringList usualProgramFolders(const Machine &machine);

// Of the files that administrators write. Each answers with `file` where it forbids our server.
// An exclusive list of servers; it may be empty.
QString claudeCodeRule(const QString &folder, const QString &entryName);
// A list of allowed names, or MCP switched off.
QString geminiRule(const QString &file, const QString &entryName);
// value: of the policy ChatMCP: "all", "registry" or "none".
bool vsCodeForbids(const QString &value);
// The value of a name at the root of a JSON file; undefined where there is none.
QJsonValue valueInFile(const QString &file, const QString &name);

} // namespace client_config
