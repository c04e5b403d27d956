// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From posix_spawn to the answer to `initialize`, and the memory of a connected client, against a
// bare C program. Interleaved, so that both see the same machine; prints medians, asserts nothing.
//   bench_spawn            against a canned local-socket server in a throw-away HOME
//   bench_spawn --tray     against the tray process that runs for this HOME

#include "mcp/link/endpoint.h"
#include "mcp/link/hello.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

extern char **environ;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int rounds = 100;

const std::string initialize =
    "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
    "\"2025-11-"
    "25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench_spawn\",\"version\":\"1\"}}}\n";
const std::string cannedAnswer =
    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
    "{"
    "\"tools\":{}},\"serverInfo\":{\"name\":\"canned\",\"version\":\"1\"}}}\n";

[[noreturn]] void fail(const std::string &what)
{
    std::fprintf(stderr, "bench_spawn: %s\n", what.c_str());
    std::exit(1);
}

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

long memoryOf(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:"))
            return std::atol(line.c_str() + 6);
    }
    return 0;
}

struct Sample
{
    double milliseconds;
    long kilobytes;
};

Sample measure(const std::vector<const char *> &command)
{
    int input[2];
    int output[2];
    if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0)
        fail("no pipes");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    std::vector<char *> words;
    words.reserve(command.size() + 1);
    for (const char *word : command)
        words.push_back(const_cast<char *>(word));
    words.push_back(nullptr);
    pid_t pid = 0;
    const auto start = Clock::now();
    if (::posix_spawn(&pid, command[0], &actions, nullptr, words.data(), environ) != 0)
        fail(std::string("cannot start ") + command[0]);
    writeAll(input[1], initialize);
    if (!readLine(output[0]))
        fail(std::string("no answer from ") + command[0]);
    const std::chrono::duration<double, std::milli> spent = Clock::now() - start;
    const long memory = memoryOf(pid);
    for (const int end : {input[0], input[1], output[0], output[1]})
        ::close(end);
    ::posix_spawn_file_actions_destroy(&actions);
    ::waitpid(pid, nullptr, 0);
    return {.milliseconds = spent.count(), .kilobytes = memory};
}

double median(std::vector<Sample> samples)
{
    std::sort(samples.begin(), samples.end(), [](const Sample &one, const Sample &other) {
        return one.milliseconds < other.milliseconds;
    });
    return samples[samples.size() / 2].milliseconds;
}

double least(const std::vector<Sample> &samples)
{
    double best = samples.front().milliseconds;
    for (const Sample &sample : samples)
        best = std::min(best, sample.milliseconds);
    return best;
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
    std::printf("spawn to initialize, %d rounds, %s\n", rounds,
                isReal ? "real tray process" : "canned server");
    std::printf("  floor        median %.2f ms  least %.2f ms  memory %ld kB\n", median(floor),
                least(floor), most(floor));
    std::printf("  graph-valet  median %.2f ms  least %.2f ms  memory %ld kB\n", median(ours),
                least(ours), most(ours));
    std::printf("  above the floor %.2f ms (goal 1), %.1f times\n", median(ours) - median(floor),
                median(ours) / median(floor));
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
