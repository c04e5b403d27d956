// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls that the tray process of this HOME answers from memory, against bare C programs that pass
// on as many lines (floor_link.c). Both take turns, so that they see the same machine.
//   bench_memory FOLDER    of its own, for the floor's socket

#include "tests/bench/load.h"

using namespace bench;

int main(int count, char **words)
{
    if (count != 2)
        fail("usage: bench_memory FOLDER");
    const std::string socket = std::string(words[1]) + "/floor";
    LineProcess server({FLOOR_LINK_PROGRAM, "serve", socket});
    server.readLine(); // it listens
    const Clients floor = connect({FLOOR_LINK_PROGRAM, "relay", socket}, 1);
    const Clients ours = connect({GRAPH_VALET_PROGRAM, "stdio"}, 1);
    constexpr int calls = 300;
    constexpr int turns = 10;
    struct Row
    {
        const char *name;
        Call call;
        std::vector<double> milliseconds = {};
    };
    Row rows[] = {{"ping_us", {.method = "ping"}},
                  {"tools_list_us", {.method = "tools/list"}},
                  {"resources_list_us", {.method = "resources/list"}}};
    std::vector<double> least;
    for (int turn = 0; turn <= turns; ++turn) {
        const auto take = [turn](std::vector<double> &all, const Load &load) {
            if (turn > 0) // the first one is to warm up
                all.insert(all.end(), load.milliseconds.begin(), load.milliseconds.end());
        };
        take(least, drive(floor, {.method = "ping"}, 1, calls));
        for (Row &row : rows)
            take(row.milliseconds, drive(ours, row.call, 1, calls));
    }
    report("floor_link_us", median(least) * 1000);
    for (const Row &row : rows)
        report(row.name, median(row.milliseconds) * 1000);
}
