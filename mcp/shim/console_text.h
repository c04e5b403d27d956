// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tray process answered, in words for a terminal. Pure.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// Without control, bidirectional and invisible characters: a name must not move the cursor, turn
// the line around or hide a part of itself.
std::string plainText(std::string_view text);

std::string textIn(const nlohmann::json &object, const char *key, const char *otherwise);
std::string accountText(const nlohmann::json &account);
// With a line feed at the end of every line.
std::string statusText(const nlohmann::json &status);
