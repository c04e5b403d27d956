// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// pidfd_open(2), Linux 5.3. Not PR_SET_PDEATHSIG: that fires when the thread ends that started us,
// and AI clients start programs from threads that come and go.

#include "mcp/shim/streams_posix.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

int watchParent()
{
    const pid_t parent = ::getppid();
    if (parent <= 1)
        return -1; // started by the system, or already adopted by it
    const int watch = static_cast<int>(::syscall(SYS_pidfd_open, parent, 0));
    if (watch >= 0 && ::getppid() != parent) {
        ::close(watch); // it ended before we looked; the number may be another process by now
        return -1;
    }
    return watch;
}
