// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What launch_linux.cpp and launch_macos.cpp share.

#pragma once

#include "mcp/shim/launch.h"

#include <string>
#include <string_view>
#include <vector>

using Words = std::vector<std::string>;

// "NAME=value" of the variables that may reach the tray process: nothing that loads code or moves
// settings (LD_*, DYLD_*, QT_*, XDG_CONFIG_*, ...), by a list of what is allowed.
Words allowedEnvironment(StartedBy startedBy);
// Whether only a word of a person brings it along: their browser, their proxies.
bool isPersonsVariable(std::string_view name);
// The value in such a list; nullptr where it is absent.
const char *valueIn(const Words &environment, const char *name);
// Appends where the list does not have the name yet and value is not empty.
void fillIn(Words &environment, const char *name, const std::string &value);

// Only the absolute folders of a PATH.
std::string absoluteFolders(const std::string &path);

bool isProgram(const std::string &path);
Words trayCommand(const std::string &program, const std::string &profile);

// In the child: standard streams to the null device, every other descriptor closed, folder "/",
// default signals, a session of its own.
void cutLoose();
// Starts a program and waits at most `seconds` for its end; true where it ended with 0.
bool runToTheEnd(const Words &command, const Words &environment, unsigned seconds);
[[noreturn]] void become(const Words &command, const Words &environment);

// Forks twice, so that nobody has to wait for the grandchild; `then` runs there and never returns.
bool detached(void (*then)(const void *), const void *argument, std::string &problem);
