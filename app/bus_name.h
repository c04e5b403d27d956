// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The name on the session bus that D-Bus activation waits for after it started this program.

#pragma once

#include <QString>

namespace bus_name {

// Only the default profile has one. Does nothing where there is no bus.
void claim(const QString &profile);

} // namespace bus_name
