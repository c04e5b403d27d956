// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What endpoint_linux.cpp and endpoint_macos.cpp share.

#pragma once

#include "mcp/link/endpoint.h"

namespace valet_link {

// $HOME where it is absolute, else the user database; empty where neither knows.
std::string homeDirectory();

// Fills in the files of a profile from its two folders; nullopt where the socket's path is too long
// for a socket address. QLocalServer binds in a temporary folder beside the socket, which must fit.
std::optional<Locations> locationsIn(const std::string &stateDirectory,
                                     const std::string &socketDirectory,
                                     const std::string &socketName);

} // namespace valet_link
