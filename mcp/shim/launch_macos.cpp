// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// launchd starts the bundle in the person's session (open(1)); where it cannot, or where settings
// must be handed over, the program is started directly. Not run yet; the macOS workflow compiles
// it.

#include "mcp/shim/launch_posix.h"

#include <unistd.h>

namespace {

struct Start
{
    std::string program;
    std::string profile;
    Words environment;
};

bool startByLaunchd(const Start &start)
{
    const std::size_t inside = start.program.find(".app/Contents/MacOS/");
    if (inside == std::string::npos)
        return false;
    for (const std::string &entry : start.environment) {
        if (entry.starts_with("GRAPH_VALET_") || entry.starts_with("BROWSER="))
            return false;
    }
    return runToTheEnd({"/usr/bin/open", "-g", "-a", start.program.substr(0, inside + 4), "--args",
                        "--background", "--profile", start.profile},
                       start.environment, 5);
}

void startSomehow(const void *argument)
{
    const auto &start = *static_cast<const Start *>(argument);
    cutLoose();
    if (startByLaunchd(start))
        ::_exit(0);
    become(trayCommand(start.program, start.profile), start.environment);
}

} // namespace

bool launchTray(const valet_link::Locations &locations, const std::string &profile,
                StartedBy startedBy, std::string &problem)
{
    Start start{.program = findTrayProgram(locations),
                .profile = profile,
                .environment = allowedEnvironment(startedBy)};
    if (start.program.empty()) {
        problem = "graph-valet-tray was not found beside graph-valet nor in PATH; install Graph "
                  "Valet, or start it once by hand so that it can be found";
        return false;
    }
    return detached(startSomehow, &start, problem);
}
