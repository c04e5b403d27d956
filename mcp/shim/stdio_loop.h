// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `graph-valet stdio`: moves the bytes of one Relay between the standard streams and the tray
// process, as a TrayLink decides about the latter, and ends with the client. One implementation per
// operating system.

#pragma once

#include "mcp/link/endpoint.h"

#include <chrono>
#include <functional>
#include <string>

struct StdioOptions
{
    valet_link::Locations locations;
    std::string clientId; // --client; may be empty
    int input = 0; // descriptors; not used on Windows, which takes the standard handles
    int output = 1;
    // Starts the tray process; false with a sentence where that cannot work.
    std::function<bool(std::string &problem)> launch;
    // How long a call waits for a tray process that is away.
    std::chrono::milliseconds startLimit{10000};
    // How long after the end of stdin answers are waited for.
    std::chrono::milliseconds endLimit{1000};
};

// Returns the exit code: 0 at the end of stdin, of stdout or of the parent process.
int runStdio(const StdioOptions &options);
