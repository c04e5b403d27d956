// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One thread, one poll(2); sleeps without a timer whenever nothing is due.
//
//   Away ──connect──► Greeting ──hello──► Up ──end, error──► Away
//
// Away, and a call waits: tries to connect for startLimit, starting the tray process once; stdin is
// not read meanwhile. Away after a loss, and nothing waits: looks for a new tray process for a few
// seconds without starting one, because the person may have ended it. Else: waits for the client.

#include "mcp/shim/stdio_loop.h"

#include "mcp/link/hello.h"
#include "mcp/shim/connection_posix.h"
#include "mcp/shim/relay.h"
#include "mcp/shim/streams_posix.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <poll.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto firstPause = 5ms;
constexpr auto longestPause = 250ms;
constexpr auto lookLimit = 10s; // for a new tray process after a loss
constexpr auto steadyAfter = 1s; // a connection that lived this long was a good one

class StdioLoop
{
public:
    explicit StdioLoop(const StdioOptions &options)
        : m_options(options)
        , m_output(options.output)
        , m_parent(watchParent())
    {
    }

    ~StdioLoop() { closeSocket(); }

    int run()
    {
        tryConnect();
        while (!m_isOver) {
            waitAndMove();
            tick();
        }
        return 0;
    }

private:
    enum class Link { Away, Greeting, Up };
    enum Slot { Input, Output, Socket, Parent, slotCount };

    bool isPatient() const { return m_startEnd.has_value(); } // a call waits for the tray process

    void waitAndMove()
    {
        // A descriptor of which nothing is wanted is left out: poll reports its end at once and for
        // ever. Only stdout stays in, to learn that its reader is gone.
        const bool wantsInput = !m_inputEnd && m_relay.roomForClient() > 0;
        short socketEvents = 0;
        if (m_link == Link::Greeting || m_relay.roomForTray())
            socketEvents |= POLLIN;
        if (m_link == Link::Up && m_canSend && !m_relay.toTray().empty())
            socketEvents |= POLLOUT;
        const short outputEvents = m_relay.toClient().empty() ? 0 : POLLOUT;
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
        if (m_link == Link::Up && (slots[Socket].revents & (POLLOUT | POLLERR | POLLHUP)) != 0)
            writeSocket();
        if (slots[Input].revents != 0)
            readInput();
    }

    int pause() const
    {
        std::optional<Clock::time_point> first;
        for (const auto &time : {m_nextTry, m_startEnd, m_greetingEnd, m_inputEnd}) {
            if (time && (!first || *time < *first))
                first = time;
        }
        if (!first)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - Clock::now());
        return static_cast<int>(std::max<long long>(0, left.count()));
    }

    void tick()
    {
        const auto now = Clock::now();
        if (m_link == Link::Away && m_relay.needsTray() && !isPatient()) {
            m_startEnd = now + m_options.startLimit;
            m_pause = firstPause;
            m_launched = false;
            tryConnect();
        }
        if (m_link == Link::Away && m_nextTry && now >= *m_nextTry)
            tryConnect();
        if (m_greetingEnd && now >= *m_greetingEnd) {
            closeSocket();
            refuse("the tray process does not answer; quit it and start Graph Valet again");
        }
        if (m_startEnd && now >= *m_startEnd) {
            closeSocket();
            refuse("the tray process did not start in time; start Graph Valet "
                   "(graph-valet-tray) by hand and call again");
        }
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
        if (m_link == Link::Up)
            writeSocket();
    }

    void writeOutput()
    {
        while (!m_relay.toClient().empty()) {
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
            return lose();
        const std::string_view text(bytes, static_cast<std::size_t>(count));
        if (m_link == Link::Greeting)
            return greet(text);
        if (!m_relay.fromTray(text))
            return lose();
        if (m_output.canWriteOn())
            writeOutput();
    }

    void greet(std::string_view bytes)
    {
        const std::size_t end = bytes.find('\n');
        m_greeting.append(bytes.substr(0, end));
        if (end == std::string_view::npos && m_greeting.size() <= valet_link::helloLimit)
            return;
        const auto hello = valet_link::parseHello(m_greeting);
        if (const auto *problem = std::get_if<valet_link::HelloProblem>(&hello)) {
            closeSocket();
            refuse(problem->text);
            return;
        }
        m_link = Link::Up;
        m_upSince = Clock::now();
        m_greetingEnd.reset();
        m_startEnd.reset();
        m_nextTry.reset();
        m_relay.connected();
        writeSocket();
        if (!m_relay.fromTray(bytes.substr(end + 1)))
            lose();
    }

    void tryConnect()
    {
        m_nextTry.reset();
        TraySocket found = connectToTray(m_options.locations);
        if (found.outcome == TraySocket::Outcome::NotTrusted) {
            if (isPatient())
                refuse(found.problem);
            return;
        }
        if (found.outcome == TraySocket::Outcome::Connected) {
            m_socket = found.descriptor;
            m_canSend = true;
            m_greeting.clear();
            m_link = Link::Greeting;
            m_greetingEnd = Clock::now() + m_options.startLimit;
            const std::string hello = valet_link::helloLine(valet_link::Role::Mcp);
            // A new socket has room for these few bytes.
            if (sendSome(m_socket, hello) != static_cast<long>(hello.size()))
                lose();
            return;
        }
        if (isPatient() && found.outcome == TraySocket::Outcome::NobodyThere && !m_launched) {
            m_launched = true;
            std::string problem;
            if (!m_options.launch(problem))
                return refuse(problem);
        }
        if (isPatient() || (m_lookEnd && Clock::now() < *m_lookEnd)) {
            m_nextTry = Clock::now() + m_pause;
            m_pause = std::min<std::chrono::milliseconds>(m_pause * 2, longestPause);
        }
    }

    void lose()
    {
        const bool wasUp = m_link == Link::Up;
        const bool wasSteady = wasUp && Clock::now() - m_upSince >= steadyAfter;
        closeSocket();
        if (wasUp)
            m_relay.lost();
        if (wasSteady || !m_lookEnd) {
            m_lookEnd = Clock::now() + lookLimit;
            m_pause = firstPause;
        }
        m_nextTry = Clock::now() + m_pause;
        m_pause = std::min<std::chrono::milliseconds>(m_pause * 2, longestPause);
    }

    void closeSocket()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
        m_link = Link::Away;
        m_greetingEnd.reset();
    }

    void refuse(const std::string &why)
    {
        if (m_relay.needsTray())
            complain(why);
        m_startEnd.reset();
        m_nextTry.reset();
        m_relay.refuse("Graph Valet: " + why);
    }

    const StdioOptions &m_options;
    Relay m_relay;
    OutputStream m_output;
    const int m_parent;
    int m_socket = -1;
    bool m_canSend = false;
    bool m_isOver = false;
    bool m_launched = false;
    Link m_link = Link::Away;
    std::string m_greeting;
    std::chrono::milliseconds m_pause = firstPause;
    Clock::time_point m_upSince;
    std::optional<Clock::time_point> m_nextTry;
    std::optional<Clock::time_point> m_startEnd; // set while a call waits for the tray process
    std::optional<Clock::time_point> m_greetingEnd;
    std::optional<Clock::time_point> m_lookEnd;
    std::optional<Clock::time_point> m_inputEnd; // set when stdin has ended
};

} // namespace

int runStdio(const StdioOptions &options)
{
    return StdioLoop(options).run();
}
