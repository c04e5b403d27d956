// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fifty AI clients at once: what each adds to the tray process of this HOME, and whether they get
// as many answers together as one client with as many calls in flight. Fifty processes cost any
// machine more than one, whatever they do: that is the share of bare C programs (floor_link.c).
//   bench_clients PID FOLDER    of the tray process; of its own, for the floor's socket

#include "tests/bench/load.h"

#include <cstdlib>

using namespace bench;

namespace {

constexpr int clientCount = 50;

// One client and all of them take turns, so that both see the same machine.
void compare(const Clients &one, const Clients &all, const Call &call, int total,
             const char *nameOfOne, const char *nameOfAll)
{
    drive(one, call, clientCount, total / 5);
    drive(all, call, 1, total / 5);
    std::vector<double> ratesOfOne;
    std::vector<double> ratesOfAll;
    for (int turn = 0; turn < 5; ++turn) {
        ratesOfOne.push_back(drive(one, call, clientCount, total).rate());
        ratesOfAll.push_back(drive(all, call, 1, total).rate());
    }
    report(nameOfOne, median(ratesOfOne));
    report(nameOfAll, median(ratesOfAll));
}

} // namespace

int main(int count, char **words)
{
    if (count != 3)
        fail("usage: bench_clients PID FOLDER");
    const pid_t tray = std::atoi(words[1]);
    const std::vector<std::string> relay{GRAPH_VALET_PROGRAM, "stdio"};
    const Clients one = connect(relay, 1);
    // As many calls in flight as later, so that what is measured is the clients alone.
    drive(one, askForMe, clientCount, 2000);
    drive(one, {.method = "tools/list"}, clientCount, 2000);

    const long before = memoryOf(tray);
    const Clients all = connect(relay, clientCount);
    report("client_idle_kb", double(memoryOf(tray) - before) / clientCount);
    compare(one, all, askForMe, 4000, "one_client_me_rate", "all_clients_me_rate");
    compare(one, all, {.method = "tools/list"}, 10'000, "one_client_list_rate",
            "all_clients_list_rate");
    const std::string socket = std::string(words[2]) + "/floor";
    LineProcess server({FLOOR_LINK_PROGRAM, "serve", socket});
    server.readLine(); // it listens
    const std::vector<std::string> bare{FLOOR_LINK_PROGRAM, "relay", socket};
    compare(connect(bare, 1), connect(bare, clientCount), {.method = "tools/list"}, 10'000,
            "one_floor_rate", "all_floor_rate");

    report("client_busy_kb", double(memoryOf(tray) - before) / clientCount);
    report("tray_kb", double(memoryOf(tray)));
    report("relay_kb", double(memoryOf(all.front()->pid())));
}
