// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/endpoint_posix.h"

#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace valet_link {

namespace {

// As the XDG Base Directory Specification asks of XDG_RUNTIME_DIR: ours alone. A program started
// through sudo or su often still has the other user's.
bool isOurRuntimeFolder(const std::string &path)
{
    struct stat info = {};
    return !path.empty() && path[0] == '/' && ::stat(path.c_str(), &info) == 0
        && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
}

} // namespace

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
    const std::string state = home + "/.local/state/graph-valet/" + profile;
    const char *variable = std::getenv("XDG_RUNTIME_DIR");
    const std::string standard = "/run/user/" + std::to_string(::geteuid());
    for (const std::string &runtime : {std::string(variable ? variable : ""), standard}) {
        if (!isOurRuntimeFolder(runtime))
            continue;
        if (auto locations = locationsIn(state, runtime + "/graph-valet", profile + ".sock"))
            return locations;
    }
    auto locations = locationsIn(state, state, "tray.sock");
    if (!locations)
        error = "the path of the home folder is too long for a local socket: " + state;
    return locations;
}

} // namespace valet_link
