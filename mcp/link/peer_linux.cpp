// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/peer.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace valet_link {

// unix(7), SO_PEERCRED: who called connect() or listen(), as the kernel noted it then.
Peer peerOf(NativeHandle handle, bool, std::string &error)
{
    struct ucred credentials = {};
    socklen_t size = sizeof credentials;
    if (::getsockopt(handle, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        error = std::string("cannot tell who is at the other end: ") + std::strerror(errno);
        return {};
    }
    return Peer{.pid = credentials.pid, .sameUser = credentials.uid == ::geteuid()};
}

std::string programOf(long long pid)
{
    if (pid <= 0)
        return {};
    char path[4096];
    const ssize_t size =
        ::readlink(("/proc/" + std::to_string(pid) + "/exe").c_str(), path, sizeof path);
    if (size <= 0 || static_cast<std::size_t>(size) == sizeof path || path[0] != '/')
        return {};
    std::string program(path, static_cast<std::size_t>(size));
    // proc(5): a program file that was replaced by an update while it runs.
    static constexpr std::string_view deleted = " (deleted)";
    if (program.ends_with(deleted))
        program.resize(program.size() - deleted.size());
    return program;
}

long long parentOf(long long pid)
{
    if (pid <= 0)
        return 0;
    const int file =
        ::open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    char text[1024];
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    if (size <= 0)
        return 0;
    text[size] = '\0';
    // proc(5): pid (name) state ppid; the name may hold spaces and parentheses.
    const char *nameEnd = std::strrchr(text, ')');
    if (!nameEnd || std::strlen(nameEnd) < 5)
        return 0;
    return std::strtoll(nameEnd + 4, nullptr, 10);
}

} // namespace valet_link
