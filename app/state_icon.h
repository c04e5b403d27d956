// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icon of each state, and the program's own, drawn from resources/icons at the sizes that
// panels ask for.

#pragma once

#include "app/doctor/check.h"
#include "auth/account_session.h"

#include <QIcon>

namespace state_icon {

QIcon forState(auth::AccountSession::State state);
// A pause of all AI clients is shown whatever the state.
QIcon forStatus(auth::AccountSession::State state, bool isPaused);
QIcon forProgram();
// Of a check for problems; the shape alone tells them apart.
QIcon forOutcome(doctor::Outcome outcome);

} // namespace state_icon
