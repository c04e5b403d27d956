// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the local socket of the tray process, after a look at its folder and at the other end's
// user.

#pragma once

#include "mcp/link/endpoint.h"
#include "mcp/shim/connect_outcome.h"

#include <string>
#include <string_view>

struct TraySocket
{
    ConnectOutcome outcome = ConnectOutcome::NobodyThere;
    int descriptor = -1; // where Connected: open, non-blocking, close-on-exec
    std::string problem; // a sentence where NotTrusted
};

TraySocket connectToTray(const valet_link::Locations &locations);

// Never blocks; -1 with errno. Raises no SIGPIPE.
long sendSome(int socket, std::string_view bytes);
