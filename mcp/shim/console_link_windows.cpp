// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/connection_windows.h"
#include "mcp/shim/console_link.h"

#include <algorithm>

class ConsoleLink::Channel
{
public:
    explicit Channel(HANDLE handle)
        : pipe(handle)
    {
    }
    ~Channel()
    {
        read.cancel(pipe);
        ::CloseHandle(pipe);
    }

    const HANDLE pipe;
    PipeOperation read;
    PipeOperation write;
};

ConsoleLink::ConsoleLink() = default;
ConsoleLink::~ConsoleLink() = default;

ConsoleLink::Outcome ConsoleLink::openChannel(const valet_link::Locations &locations,
                                              std::string &problem)
{
    m_channel.reset();
    TrayPipe found = connectToTray(locations);
    problem = found.problem;
    switch (found.outcome) {
    case ConnectOutcome::Connected:
        m_channel = std::make_unique<Channel>(found.handle);
        return Outcome::Open;
    case ConnectOutcome::Busy:
    case ConnectOutcome::NobodyThere: return Outcome::NobodyThere;
    default: return Outcome::Failed;
    }
}

bool ConsoleLink::send(const std::string &line)
{
    const std::string bytes = line + '\n';
    std::string_view rest = bytes;
    while (!rest.empty()) {
        if (!m_channel->write.startWrite(m_channel->pipe, rest))
            return false;
        const long count = m_channel->write.finish(m_channel->pipe, true);
        if (count <= 0)
            return false;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool ConsoleLink::readSome(Deadline deadline)
{
    PipeOperation &read = m_channel->read;
    if (!read.isPending() && !read.startRead(m_channel->pipe)) {
        m_hasEnded = true;
        return false;
    }
    DWORD pause = INFINITE;
    if (deadline) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            *deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return false;
        pause = static_cast<DWORD>(left.count());
    }
    if (::WaitForSingleObject(read.event(), pause) != WAIT_OBJECT_0)
        return true; // nextLine looks at the clock again
    const long count = read.finish(m_channel->pipe, true);
    m_hasEnded = count < 0;
    m_bytes.append(read.bytes(count));
    return !m_hasEnded;
}
