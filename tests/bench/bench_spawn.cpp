// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From posix_spawn to the answer to `initialize`, and the memory of a connected client, against a
// bare C program. Interleaved, so that both see the same machine; prints medians, asserts nothing.
//   bench_spawn            against a canned local-socket server in a throw-away HOME
//   bench_spawn --tray     against the tray process that runs for this HOME

#include "mcp/link/endpoint.h"
#include "mcp/link/hello.h"
#include "tests/bench/load.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace bench;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int rounds = 100;

const std::string cannedAnswer =
    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
    "{"
    "\"tools\":{}},\"serverInfo\":{\"name\":\"canned\",\"version\":\"1\"}}}\n";

bool readLine(int from)
{
    char bytes[65536];
    for (;;) {
        const ssize_t count = ::read(from, bytes, sizeof bytes);
        if (count <= 0)
            return false;
        if (std::memchr(bytes, '\n', static_cast<std::size_t>(count)))
            return true;
    }
}

bool writeAll(int to, const std::string &text)
{
    return ::write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// One client at a time: hello for hello, an answer for whatever comes.
void serveCanned(int listener)
{
    for (;;) {
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            return;
        bool alive =
            readLine(client) && writeAll(client, valet_link::helloLine(valet_link::Role::Mcp));
        while (alive)
            alive = readLine(client) && writeAll(client, cannedAnswer);
        ::close(client);
    }
}

// A server in a throw-away HOME; returns that folder.
std::string startCannedServer()
{
    char place[] = "/tmp/gv.XXXXXX";
    if (!::mkdtemp(place))
        fail("no temporary folder");
    ::setenv("HOME", place, 1);
    ::unsetenv("XDG_RUNTIME_DIR");
    std::string problem;
    // A profile of its own, because /run/user is not in HOME.
    ::setenv("GRAPH_VALET_PROFILE", "bench-spawn", 1);
    const auto locations = valet_link::locationsFor("bench-spawn", problem);
    if (!locations || !valet_link::ensurePrivateDirectory(locations->stateDirectory, problem)
        || !valet_link::ensurePrivateDirectory(locations->socketDirectory, problem))
        fail(problem);
    struct sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, locations->socket.c_str(), locations->socket.size() + 1);
    ::unlink(locations->socket.c_str());
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(listener, 50) != 0)
        fail("cannot listen on " + locations->socket);
    valet_link::Rendezvous rendezvous;
    rendezvous.socket = locations->socket;
    rendezvous.pid = ::getpid();
    if (!valet_link::writeRendezvous(*locations, rendezvous, problem))
        fail(problem);
    std::thread(serveCanned, listener).detach();
    return place;
}

struct Sample
{
    double milliseconds;
    long kilobytes;
};

Sample measure(const std::vector<std::string> &command)
{
    const auto start = Clock::now();
    LineProcess process(command);
    process.write(initializeLine);
    process.readLine();
    const std::chrono::duration<double, std::milli> spent = Clock::now() - start;
    return {.milliseconds = spent.count(), .kilobytes = memoryOf(process.pid())};
}

std::vector<double> timesOf(const std::vector<Sample> &samples)
{
    std::vector<double> times;
    times.reserve(samples.size());
    for (const Sample &sample : samples)
        times.push_back(sample.milliseconds);
    return times;
}

long most(const std::vector<Sample> &samples)
{
    long kilobytes = 0;
    for (const Sample &sample : samples)
        kilobytes = std::max(kilobytes, sample.kilobytes);
    return kilobytes;
}

} // namespace

int main(int count, char **words)
{
    const bool isReal = count == 2 && std::string_view(words[1]) == "--tray";
    if (count > 1 && !isReal)
        fail("usage: bench_spawn [--tray]");
    const std::string place = isReal ? std::string() : startCannedServer();
    std::vector<Sample> floor;
    std::vector<Sample> ours;
    for (int round = 0; round < rounds + 5; ++round) {
        const Sample one = measure({FLOOR_PROGRAM});
        const Sample other = measure({GRAPH_VALET_PROGRAM, "stdio"});
        if (round < 5)
            continue; // warm the page cache
        floor.push_back(one);
        ours.push_back(other);
    }
    const std::string suffix = isReal ? "_tray" : "_canned";
    report("floor_spawn" + suffix + "_ms", median(timesOf(floor)));
    report("spawn" + suffix + "_ms", median(timesOf(ours)));
    report("spawn" + suffix + "_relay_kb", double(most(ours)));
    if (!place.empty()) {
        std::string problem;
        if (const auto locations = valet_link::locationsFor("bench-spawn", problem)) {
            ::unlink(locations->socket.c_str());
            ::unlink(locations->rendezvousFile.c_str());
            for (std::string folder = locations->stateDirectory; folder.size() >= place.size();
                 folder.resize(folder.find_last_of('/')))
                ::rmdir(folder.c_str());
        }
    }
    std::fflush(stdout);
    std::_Exit(0); // the server's thread waits for clients
}
