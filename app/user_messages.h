// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the person is told for each kind of error: one table, translated. The model's texts are in
// mcp/tools, the JSON-RPC codes in mcp/protocol.

#pragma once

#include "app/base/error.h"
#include "auth/account_session.h"

#include <QString>

namespace user_messages {

// One or two sentences: what is the matter and what to do. Ends with Entra's or Graph's code in
// brackets where there is one; for wrong settings with what is wrong.
QString forError(const Error &error);

// "Signed in", "Signing in", ...
QString forState(auth::AccountSession::State state);

} // namespace user_messages
