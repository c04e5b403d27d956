// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What main() needs of the operating system.

#pragma once

#include <string>
#include <vector>

// Before anything else: streams, signals, memory.
void preparePlatform();
// The words after the program's name, UTF-8.
std::vector<std::string> platformArguments(int count, char **words);
// Value of GRAPH_VALET_PROFILE; null where it is not set.
const char *profileVariable();
// Ends the process at once: no destructor runs, no thread is waited for.
[[noreturn]] void finishPlatform(int code);
