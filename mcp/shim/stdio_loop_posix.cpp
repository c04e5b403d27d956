// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One thread, one poll(2); sleeps without a timer whenever nothing is due.

#include "mcp/shim/stdio_loop.h"

#include "mcp/shim/connection_posix.h"
#include "mcp/shim/relay.h"
#include "mcp/shim/streams_posix.h"
#include "mcp/shim/tray_link.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <poll.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

class StdioLoop final : private TrayTransport
{
public:
    explicit StdioLoop(const StdioOptions &options)
        : m_options(options)
        , m_link(m_relay, *this, options.startLimit, options.clientId)
        , m_output(options.output)
        , m_parent(watchParent())
    {
    }

    ~StdioLoop() override { closeSocket(); }

    int run()
    {
        m_link.begin(Clock::now());
        while (!m_isOver) {
            waitAndMove();
            tick();
        }
        return 0;
    }

private:
    enum Slot { Input, Output, Socket, Parent, slotCount };

    ConnectOutcome open(std::string &problem) override
    {
        TraySocket found = connectToTray(m_options.locations);
        problem = std::move(found.problem);
        m_socket = found.descriptor;
        m_canSend = true;
        return found.outcome;
    }

    bool sendHello(std::string_view line) override
    {
        return sendSome(m_socket, line) == static_cast<long>(line.size());
    }

    void close() override { closeSocket(); }
    bool launch(std::string &problem) override { return m_options.launch(problem); }
    void complain(std::string_view text) override { ::complain(text); }

    void waitAndMove()
    {
        // A descriptor of which nothing is wanted is left out: poll reports its end at once and for
        // ever. Only stdout stays in, to learn that its reader is gone.
        const bool wantsInput = !m_inputEnd && m_relay.roomForClient() > 0;
        short socketEvents = 0;
        if (m_link.isGreeting() || m_relay.roomForTray())
            socketEvents |= POLLIN;
        if (m_link.isUp() && m_canSend && !m_relay.toTray().empty())
            socketEvents |= POLLOUT;
        const short outputEvents = m_relay.hasAnswers() ? POLLOUT : 0;
        struct pollfd slots[slotCount] = {};
        slots[Input] = {.fd = wantsInput ? m_options.input : -1, .events = POLLIN, .revents = 0};
        slots[Output] = {.fd = m_options.output, .events = outputEvents, .revents = 0};
        slots[Socket] = {
            .fd = socketEvents != 0 ? m_socket : -1, .events = socketEvents, .revents = 0};
        slots[Parent] = {.fd = m_parent, .events = POLLIN, .revents = 0};
        if (::poll(slots, slotCount, pause()) < 0)
            return;
        if (slots[Parent].revents != 0
            || (slots[Output].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
            m_isOver = true;
            return;
        }
        if ((slots[Output].revents & POLLOUT) != 0)
            writeOutput();
        if (slots[Socket].revents != 0 && (socketEvents & POLLIN) != 0
            && (slots[Socket].revents & ~POLLOUT) != 0)
            readSocket();
        if (m_link.isUp() && (slots[Socket].revents & (POLLOUT | POLLERR | POLLHUP)) != 0)
            writeSocket();
        if (slots[Input].revents != 0)
            readInput();
    }

    int pause() const
    {
        std::optional<Clock::time_point> first = m_link.nextTime();
        if (m_inputEnd && (!first || *m_inputEnd < *first))
            first = m_inputEnd;
        if (!first)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - Clock::now());
        return static_cast<int>(std::max<long long>(0, left.count()));
    }

    void tick()
    {
        const auto now = Clock::now();
        m_link.tick(now);
        if (!m_inputEnd)
            return;
        if (m_relay.isIdle()) {
            m_isOver = true;
        } else if (now >= *m_inputEnd) {
            m_relay.giveUp();
            writeOutput();
            m_isOver = true;
        }
    }

    void beginEnd()
    {
        m_inputEnd = Clock::now() + m_options.endLimit;
        m_relay.clientEnded();
    }

    void readInput()
    {
        char bytes[64 * 1024];
        const std::size_t room = std::min(sizeof bytes, m_relay.roomForClient());
        const ssize_t count = ::read(m_options.input, bytes, room);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (count <= 0)
            return beginEnd();
        m_relay.fromClient({bytes, static_cast<std::size_t>(count)});
        if (m_link.isUp())
            writeSocket();
    }

    void writeOutput()
    {
        while (m_relay.hasAnswers()) {
            const ssize_t count = m_output.write(m_relay.toClient());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno == EAGAIN)
                return;
            if (count < 0) {
                m_isOver = true;
                return;
            }
            m_relay.sentToClient(static_cast<std::size_t>(count));
            if (!m_output.canWriteOn())
                return; // poll says when the next piece cannot block
        }
    }

    void writeSocket()
    {
        while (m_canSend && !m_relay.toTray().empty()) {
            const long count = sendSome(m_socket, m_relay.toTray());
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno == EAGAIN)
                return;
            if (count < 0) {
                m_canSend = false; // answers may still lie there to be read
                return;
            }
            m_relay.sentToTray(static_cast<std::size_t>(count));
        }
    }

    void readSocket()
    {
        char bytes[64 * 1024];
        const ssize_t count = ::read(m_socket, bytes, sizeof bytes);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (count <= 0)
            return m_link.lose(Clock::now());
        m_link.received({bytes, static_cast<std::size_t>(count)}, Clock::now());
        if (m_link.isUp())
            writeSocket(); // what waited for the greeting
        if (m_output.canWriteOn())
            writeOutput();
    }

    void closeSocket()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
    }

    const StdioOptions &m_options;
    Relay m_relay;
    TrayLink m_link;
    OutputStream m_output;
    const int m_parent;
    int m_socket = -1;
    bool m_canSend = false;
    bool m_isOver = false;
    std::optional<Clock::time_point> m_inputEnd; // set when stdin has ended
};

} // namespace

int runStdio(const StdioOptions &options)
{
    return StdioLoop(options).run();
}
