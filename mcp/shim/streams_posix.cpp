// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/streams_posix.h"

#include <algorithm>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

OutputStream::OutputStream(int descriptor)
    : m_descriptor(descriptor)
{
    struct stat info = {};
    if (::fstat(descriptor, &info) != 0)
        return;
    if (S_ISSOCK(info.st_mode)) { // Node's "pipe"
        m_kind = Kind::Socket;
    } else if ((::fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0) {
        m_kind = Kind::NonBlocking;
    } else if (S_ISFIFO(info.st_mode)) {
        // Opened anew it is the same pipe with flags of its own (Linux).
        const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
        const int reopened = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (reopened >= 0) {
            m_descriptor = reopened;
            m_isOwned = true;
            m_kind = Kind::NonBlocking;
        }
    }
}

OutputStream::~OutputStream()
{
    if (m_isOwned)
        ::close(m_descriptor);
}

long OutputStream::write(std::string_view bytes)
{
    switch (m_kind) {
    case Kind::Socket: return ::send(m_descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT);
    case Kind::NonBlocking: return ::write(m_descriptor, bytes.data(), bytes.size());
    default:
        // poll(2): a pipe that is announced takes PIPE_BUF bytes without blocking.
        return ::write(m_descriptor, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
    }
}

void prepareStreams()
{
    for (const int stream : {0, 1, 2}) {
        if (::fcntl(stream, F_GETFD) < 0)
            ::open("/dev/null", O_RDWR); // takes the lowest number
    }
    ::signal(SIGPIPE, SIG_IGN);
    sigset_t ends;
    ::sigemptyset(&ends);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        ::signal(number, SIG_DFL);
        ::sigaddset(&ends, number);
    }
    ::sigprocmask(SIG_UNBLOCK, &ends, nullptr);
}

void complain(std::string_view text)
{
    std::string line = "graph-valet: ";
    line.append(text.substr(0, 400)).push_back('\n');
    struct pollfd slot = {.fd = 2, .events = POLLOUT, .revents = 0};
    if (::poll(&slot, 1, 0) == 1 && (slot.revents & POLLOUT)) {
        [[maybe_unused]] const ssize_t count = ::write(2, line.data(), line.size());
    }
}
