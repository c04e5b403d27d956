// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/endpoint_posix.h"

namespace valet_link {

// TMPDIR differs between a program started by launchd and one started by an AI client, so it has no
// say here.
std::optional<Locations> locationsFor(const std::string &profile, std::string &error)
{
    if (!isValidProfile(profile)) {
        error = "not a profile name (1 to 32 of a-z, 0-9 and -): " + profile;
        return std::nullopt;
    }
    const std::string home = homeDirectory();
    if (home.empty()) {
        error = "no home folder: the environment variable HOME is not set";
        return std::nullopt;
    }
    const std::string state = home + "/Library/Application Support/graph-valet/" + profile;
    auto locations = locationsIn(state, state, "s");
    if (!locations)
        error = "the path of the home folder is too long for a local socket: " + state;
    return locations;
}

} // namespace valet_link
