// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/load.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <poll.h>

namespace bench {

const Call askForMe{.method = "tools/call",
                    .params = R"({"name":"GetUserDetailsFromGraph","arguments":{}})"};
const Call askForMessages{
    .method = "tools/call",
    .params = R"({"name":"CallGraph","arguments":{"path":"/me/messages?$top=1000"}})"};
const std::string initializeLine =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
    R"("capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}})"
    "\n";

namespace {

using Clock = std::chrono::steady_clock;

std::string line(const Call &call, int id)
{
    return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + call.method
        + R"(","params":)" + call.params + "}\n";
}

// The first "id" is the message's own: the tray process writes its members in alphabetical order.
int idOf(const std::string &answer)
{
    const std::size_t at = answer.find("\"id\":");
    return at == std::string::npos ? -1 : std::atoi(answer.c_str() + at + 5);
}

} // namespace

Clients connect(const std::vector<std::string> &command, int count)
{
    Clients clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<LineProcess>(command));
    for (const auto &client : clients) {
        client->write(initializeLine);
        client->readLine();
    }
    return clients;
}

Load drive(const Clients &clients, const Call &call, int inFlightEach, int total)
{
    Load load;
    std::map<int, Clock::time_point> started;
    std::vector<pollfd> slots;
    int next = 1;
    const auto begin = [&](LineProcess &client, int count) {
        // What became free at once is asked at once, as a client's event loop would.
        std::string lines;
        for (; count > 0 && next <= total; --count, ++next) {
            lines += line(call, next);
            started[next] = Clock::now();
        }
        client.write(lines);
    };
    const auto start = Clock::now();
    for (const auto &client : clients) {
        slots.push_back({.fd = client->output(), .events = POLLIN, .revents = 0});
        begin(*client, inFlightEach);
    }
    while (!started.empty()) {
        if (::poll(slots.data(), slots.size(), 60'000) <= 0)
            fail("no answer to " + call.method + " in a minute");
        for (std::size_t i = 0; i < slots.size(); ++i) {
            if (slots[i].revents == 0)
                continue;
            clients[i]->read();
            int answered = 0;
            while (const auto answer = clients[i]->takeLine()) {
                const auto found = started.find(idOf(*answer));
                if (found == started.end() || answer->find("\"error\":") != std::string::npos
                    || answer->find("\"isError\":true") != std::string::npos)
                    fail("not an answer to " + call.method + ": " + *answer);
                const std::chrono::duration<double, std::milli> spent =
                    Clock::now() - found->second;
                load.milliseconds.push_back(spent.count());
                started.erase(found);
                ++answered;
            }
            begin(*clients[i], answered);
        }
    }
    load.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return load;
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto at = std::min(values.size() - 1, std::size_t(share * double(values.size())));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
    return values[at];
}

void report(const std::string &name, double value)
{
    std::printf("%s %.4f\n", name.c_str(), value);
    std::fflush(stdout);
}

} // namespace bench
