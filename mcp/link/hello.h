// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The first line on the socket, once from each side:
//   {"link":1,"version":"0.1.0","role":"mcp"}      or "role":"console"
// The tray process adds "lists", which names the lists of tools and resources that it has; a relay
// that was answered before adds "seen", the lists it was told last, so that a tray process of
// another release can tell the client what changed. Both are opaque and may be missing, as may
// "client", the id of the entry in an AI client's configuration that started the relay.
// After that the connection is plain newline-delimited JSON-RPC. The connecting side speaks first;
// the tray process answers with its own hello (same role) or with {"link":1,"version":"0.1.0",
// "error":"..."} and closes. Qt-free.

#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace valet_link {

inline constexpr int linkVersion = 1;
inline constexpr std::size_t helloLimit = 4096; // bytes, without the line feed

enum class Role { Mcp, Console };

struct Hello
{
    int link = linkVersion;
    std::string version;
    Role role = Role::Mcp;
    std::string lists; // of the tray process
    std::string seen; // by the client of a relay
    std::string client; // id of its configuration's entry; empty where none is known
};

struct HelloProblem
{
    std::string text; // English; names both link versions where they differ
};

inline constexpr std::size_t listsLimit = 128; // bytes; a longer text counts as none

// `[a-z0-9-]{1,64}`. No secret: it lies in a file and in an argument.
bool isValidClientId(std::string_view id);

// With the line feed at the end. Empty texts are left out.
std::string helloLine(Role role, std::string_view lists = {});
std::string helloOfRelay(std::string_view seen, std::string_view client = {});
std::string helloRefusal(std::string_view problem);

// line: without the line feed. A refusal of the other side arrives as its text.
std::variant<Hello, HelloProblem> parseHello(std::string_view line);

} // namespace valet_link
