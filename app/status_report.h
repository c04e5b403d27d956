// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Status as `graph-valet status --json` prints it; fields are only ever added.

#pragma once

#include "app/valet.h"

#include <QJsonObject>

namespace status_report {

QJsonObject toJson(const Status &status);
QJsonObject toJson(const auth::Account &account);
// "ok", or why the keychain cannot be used, as KeychainTokenStore spells it; "memoryOnly" while it
// has not taken the sign-in for no reason that is known yet.
QString keychainWord(const Status &status);

// "Claude Code (claude, process 4711)": the client's own words first, marked by the brackets' facts
// of the operating system. Not yet safe to show; see display_text.
QString clientLine(const mcp::ConnectedClient &client);

} // namespace status_report
