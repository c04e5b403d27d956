// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The checks of what is on this computer. Pure: what had to be tried is handed in.

#pragma once

#include "app/doctor/check.h"
#include "app/doctor/surroundings.h"

namespace doctor::local {

// relayVersion: what `graph-valet --version` says.
Check program(const Surroundings &around, const Result<QString> &relayVersion);
Check settings(const Surroundings &around);
// probe: an entry of our own was written, read and deleted; nullopt: that was not tried.
Check keychain(const Surroundings &around, const std::optional<Result<Done>> &probe);
Check trayHost(const Surroundings &around);
// ownConnection: a client of ours on the socket.
Check socket(const Surroundings &around, const Result<Done> &ownConnection);
Check account(const Surroundings &around);
Check clients(const Surroundings &around);

// What of it tells who the person is.
QList<Personal> personalIn(const Surroundings &around);

} // namespace doctor::local
