// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// kqueue(2), EVFILT_PROC. Not run yet; the macOS workflow compiles it.

#include "mcp/shim/streams_posix.h"

#include <fcntl.h>
#include <sys/event.h>
#include <unistd.h>

int watchParent()
{
    const pid_t parent = ::getppid();
    if (parent <= 1)
        return -1;
    const int queue = ::kqueue();
    if (queue < 0)
        return -1;
    ::fcntl(queue, F_SETFD, FD_CLOEXEC);
    struct kevent change = {};
    EV_SET(&change, static_cast<uintptr_t>(parent), EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, nullptr);
    if (::kevent(queue, &change, 1, nullptr, 0, nullptr) != 0 || ::getppid() != parent) {
        ::close(queue);
        return -1;
    }
    return queue;
}
