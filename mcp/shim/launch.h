// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Finds the tray program and starts it in the person's session, detached and with an environment in
// which the AI client has no say beyond the documented settings.

#pragma once

#include "mcp/link/endpoint.h"

#include <string>

enum class StartedBy {
    Client, // `stdio`: an AI client, whose environment is not the person's
    Person // a word typed by the person, who may choose the browser
};

// Beside this program, else where the last tray process recorded itself, else in absolute folders
// of PATH; empty where it is nowhere.
std::string findTrayProgram(const valet_link::Locations &locations);

// Starts `graph-valet-tray --background --profile NAME` and does not wait for it. False with a
// sentence for the person where it cannot be started. A start too many is harmless: the tray
// process's lock decides.
bool launchTray(const valet_link::Locations &locations, const std::string &profile,
                StartedBy startedBy, std::string &problem);
