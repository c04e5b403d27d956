// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icon of each state, and the program's own, drawn from resources/icons at the sizes that
// panels ask for.

#pragma once

#include "auth/account_session.h"

#include <QIcon>

namespace state_icon {

QIcon forState(auth::AccountSession::State state);
// A pause of all AI clients is shown whatever the state.
QIcon forStatus(auth::AccountSession::State state, bool isPaused);
QIcon forProgram();

} // namespace state_icon
