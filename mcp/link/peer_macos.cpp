// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/peer.h"

#include <cerrno>
#include <cstring>
#include <libproc.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

namespace valet_link {

// getpeereid(3); LOCAL_PEERPID in <sys/un.h>.
Peer peerOf(NativeHandle handle, bool, std::string &error)
{
    uid_t user = 0;
    gid_t group = 0;
    if (::getpeereid(handle, &user, &group) != 0) {
        error = std::string("cannot tell who is at the other end: ") + std::strerror(errno);
        return {};
    }
    pid_t pid = 0;
    socklen_t size = sizeof pid;
    if (::getsockopt(handle, SOL_LOCAL, LOCAL_PEERPID, &pid, &size) != 0)
        pid = 0;
    return Peer{.pid = pid, .sameUser = user == ::geteuid()};
}

std::string programOf(long long pid)
{
    char path[PROC_PIDPATHINFO_MAXSIZE];
    const int size = pid > 0 ? ::proc_pidpath(static_cast<int>(pid), path, sizeof path) : 0;
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

long long parentOf(long long pid)
{
    struct proc_bsdinfo info = {};
    if (pid <= 0
        || ::proc_pidinfo(static_cast<int>(pid), PROC_PIDTBSDINFO, 0, &info, sizeof info)
            != static_cast<int>(sizeof info))
        return 0;
    return info.pbi_ppid;
}

} // namespace valet_link
