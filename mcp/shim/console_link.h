// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A line in, a line out, with the tray process: for the words of the console, which may block.

#pragma once

#include "mcp/link/endpoint.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

class ConsoleLink
{
public:
    using Deadline = std::optional<std::chrono::steady_clock::time_point>; // none: for ever

    enum class Outcome {
        Open, // both sides said hello
        NobodyThere,
        Failed // problem says why; a start cannot help
    };

    ConsoleLink();
    ~ConsoleLink();

    Outcome open(const valet_link::Locations &locations, std::string &problem);
    // line: without line feed.
    bool send(const std::string &line);
    // nullopt at the deadline, or when the other side has ended.
    std::optional<std::string> nextLine(Deadline deadline);
    bool hasEnded() const { return m_hasEnded; }

private:
    static constexpr std::size_t lineLimit = 1024 * 1024;

    // Per operating system. False at the deadline or the end; sets m_hasEnded.
    class Channel;
    bool readSome(Deadline deadline);
    Outcome openChannel(const valet_link::Locations &locations, std::string &problem);
    Outcome greet(std::string &problem);

    std::unique_ptr<Channel> m_channel;
    std::string m_bytes;
    bool m_hasEnded = false;
};
