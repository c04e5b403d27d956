// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/connection_posix.h"
#include "mcp/shim/console_link.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

class ConsoleLink::Channel
{
public:
    explicit Channel(int socket)
        : descriptor(socket)
    {
    }
    ~Channel() { ::close(descriptor); }

    const int descriptor;
};

ConsoleLink::ConsoleLink() = default;
ConsoleLink::~ConsoleLink() = default;

ConsoleLink::Outcome ConsoleLink::openChannel(const valet_link::Locations &locations,
                                              std::string &problem)
{
    m_channel.reset();
    TraySocket found = connectToTray(locations);
    problem = found.problem;
    switch (found.outcome) {
    case ConnectOutcome::Connected:
        m_channel = std::make_unique<Channel>(found.descriptor);
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
        const long count = sendSome(m_channel->descriptor, rest);
        if (count > 0) {
            rest.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            struct pollfd slot = {.fd = m_channel->descriptor, .events = POLLOUT, .revents = 0};
            ::poll(&slot, 1, 1000);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool ConsoleLink::readSome(Deadline deadline)
{
    int pause = -1;
    if (deadline) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            *deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return false;
        pause = static_cast<int>(left.count());
    }
    struct pollfd slot = {.fd = m_channel->descriptor, .events = POLLIN, .revents = 0};
    if (::poll(&slot, 1, pause) <= 0)
        return true; // nextLine looks at the clock again
    char bytes[16 * 1024];
    const ssize_t count = ::read(m_channel->descriptor, bytes, sizeof bytes);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    m_hasEnded = count <= 0;
    if (count > 0)
        m_bytes.append(bytes, static_cast<std::size_t>(count));
    return !m_hasEnded;
}
