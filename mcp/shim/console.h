// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The words that ask the tray process something and print its answer.

#pragma once

#include "mcp/link/endpoint.h"
#include "mcp/shim/arguments.h"

// Returns the exit code.
int runConsoleWord(const Arguments &arguments, const valet_link::Locations &locations);
