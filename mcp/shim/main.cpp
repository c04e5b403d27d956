// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// graph-valet: console client of the tray process, and what AI clients start as their MCP server.

#include "mcp/shim/arguments.h"
#include "mcp/shim/console.h"
#include "mcp/shim/launch.h"
#include "mcp/shim/platform.h"
#include "mcp/shim/stdio_loop.h"

#include <cstdio>

namespace {

int run(const Arguments &arguments)
{
    if (!arguments.problem.empty()) {
        std::fprintf(stderr, "graph-valet: %s\n\n%s", arguments.problem.c_str(), usage().data());
        return 2;
    }
    if (arguments.word == Word::Help) {
        std::fputs(usage().data(), stdout);
        return 0;
    }
    if (arguments.word == Word::Version) {
        std::puts("graph-valet " GRAPH_VALET_VERSION);
        return 0;
    }
    std::string problem;
    const auto locations = valet_link::locationsFor(arguments.profile, problem);
    if (!locations) {
        std::fprintf(stderr, "graph-valet: %s\n", problem.c_str());
        return 1;
    }
    if (arguments.word != Word::Stdio)
        return runConsoleWord(arguments, *locations);
    StdioOptions options;
    options.locations = *locations;
    options.clientId = arguments.client;
    options.launch = [&](std::string &why) {
        return launchTray(*locations, arguments.profile, StartedBy::Client, why);
    };
    return runStdio(options);
}

} // namespace

int main(int count, char **words)
{
    preparePlatform();
    int code = run(parseArguments(platformArguments(count, words), profileVariable()));
    // A status that nobody could read is no success.
    if (std::fflush(stdout) != 0)
        code = 1;
    finishPlatform(code);
}
