// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the local socket of the tray process, after a look at its folder and at the other end's
// user.

#pragma once

#include "mcp/link/endpoint.h"

#include <string>
#include <string_view>

struct TraySocket
{
    enum class Outcome {
        Connected, // descriptor is open, non-blocking, close-on-exec
        NobodyThere, // a start can help
        Busy, // somebody listens, but not to us yet
        NotTrusted // problem says why; a start cannot help
    };
    Outcome outcome = Outcome::NobodyThere;
    int descriptor = -1;
    std::string problem;
};

TraySocket connectToTray(const valet_link::Locations &locations);

// Never blocks; -1 with errno. Raises no SIGPIPE.
long sendSome(int socket, std::string_view bytes);
