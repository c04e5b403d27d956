// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a process inherits by accident from the one that started it.

#pragma once

namespace descriptors {

// Closes every descriptor from 3 on (an AI client's pipes and sockets, which would stay open as
// long as the tray runs) and puts the null device where a standard stream is missing. Call before
// anything of Qt opens its own.
void closeInherited();

} // namespace descriptors
