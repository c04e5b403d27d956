// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What `graph-valet doctor` says: the report of the tray process, or, where none can be asked, what
// this program sees by itself. It starts none: a look for problems must not change what it looks
// at.

#pragma once

#include "mcp/link/endpoint.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

// The same shape as the tray process answers (app/README.md). problem: why it could not be asked;
// empty: none runs.
nlohmann::json reportWithoutTray(const valet_link::Locations &locations,
                                 const std::string &problem);
// report: of the tray process. Adds the check `console` where this program has another version.
nlohmann::json withOwnVersion(nlohmann::json report);
// For a terminal: a line for each check, what to do below it.
std::string reportText(const nlohmann::json &report);
