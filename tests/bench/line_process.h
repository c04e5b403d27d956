// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A process that is spoken with in lines over its standard streams, as an AI client does with its
// MCP server. For benchmarks: whatever goes wrong ends the program.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bench {

// Prints what went wrong and ends this program.
[[noreturn]] void fail(const std::string &what);

class LineProcess
{
public:
    // command: the program's path and its words. It gets this program's environment.
    explicit LineProcess(const std::vector<std::string> &command);
    // Closes both streams and waits for the end.
    ~LineProcess();
    LineProcess(const LineProcess &) = delete;
    LineProcess &operator=(const LineProcess &) = delete;

    pid_t pid() const { return m_pid; }
    // To wait for with poll(2).
    int output() const { return m_output; }
    // Whole lines, their ends included.
    void write(std::string_view lines);
    // Reads once what is there; waits where nothing is.
    void read();
    // The next line of what was read, without its end.
    std::optional<std::string> takeLine();
    // The same, and waits for it.
    std::string readLine();

private:
    pid_t m_pid = 0;
    int m_input = -1;
    int m_output = -1;
    std::string m_read;
    std::size_t m_taken = 0;
};

// Resident memory of a process in kB (proc(5), VmRSS); 0: there is no such process.
long memoryOf(pid_t pid);

} // namespace bench
