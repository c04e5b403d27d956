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
// Where to sign in, and the code to enter there if there is one. params: of `signInPage`. Both
// texts end every line with a line feed.
std::string signInPageText(const nlohmann::json &params);
// That the sign-in ends with the tray process, and why; empty where it is kept. result: of
// `signIn`.
std::string notKeptText(const nlohmann::json &result);
// result: of `connect`, for one client.
std::string connectText(const nlohmann::json &result);
// The same without a client: all of them.
std::string clientListText(const nlohmann::json &result);
std::string statusText(const nlohmann::json &status);
