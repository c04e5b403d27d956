// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What came of one look for the tray process.
enum class ConnectOutcome {
    Connected,
    NobodyThere, // a start can help
    Busy, // somebody listens, but not to us yet
    NotTrusted // another user's; a start cannot help
};
