// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/line_process.h"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bench {

void fail(const std::string &what)
{
    std::fprintf(stderr, "benchmark: %s\n", what.c_str());
    std::exit(1);
}

LineProcess::LineProcess(const std::vector<std::string> &command)
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
    for (const std::string &word : command)
        words.push_back(const_cast<char *>(word.c_str()));
    words.push_back(nullptr);
    if (::posix_spawn(&m_pid, words.front(), &actions, nullptr, words.data(), environ) != 0)
        fail("cannot start " + command.front());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    m_input = input[1];
    m_output = output[0];
}

LineProcess::~LineProcess()
{
    ::close(m_input);
    ::close(m_output);
    ::waitpid(m_pid, nullptr, 0);
}

void LineProcess::write(std::string_view lines)
{
    while (!lines.empty()) {
        const ssize_t count = ::write(m_input, lines.data(), lines.size());
        if (count <= 0)
            fail("a process does not read any more");
        lines.remove_prefix(static_cast<std::size_t>(count));
    }
}

void LineProcess::read()
{
    char bytes[64 * 1024];
    const ssize_t count = ::read(m_output, bytes, sizeof bytes);
    if (count <= 0)
        fail("a process has ended before its answer");
    m_read.erase(0, m_taken);
    m_taken = 0;
    m_read.append(bytes, static_cast<std::size_t>(count));
}

std::optional<std::string> LineProcess::takeLine()
{
    const std::size_t end = m_read.find('\n', m_taken);
    if (end == std::string::npos)
        return std::nullopt;
    std::string line = m_read.substr(m_taken, end - m_taken);
    m_taken = end + 1;
    return line;
}

std::string LineProcess::readLine()
{
    for (;;) {
        if (auto line = takeLine())
            return *line;
        read();
    }
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

} // namespace bench
