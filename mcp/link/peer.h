// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is at the other end of a local connection, as the operating system says. Qt-free.

#pragma once

#include <cstdint>
#include <string>

namespace valet_link {

#ifdef _WIN32
using NativeHandle = void *; // HANDLE of the pipe
#else
using NativeHandle = int; // file descriptor
#endif

struct Peer
{
    long long pid = 0; // 0 where the system does not tell
    bool sameUser = false;
};

// Linux SO_PEERCRED, macOS getpeereid and LOCAL_PEERPID; Windows: the process at the other end of
// the pipe and its owner. serverEnd: whether our end is the listening one (matters on Windows).
Peer peerOf(NativeHandle handle, bool serverEnd, std::string &error);

// Absolute path of a process's program file; empty where it cannot be told.
std::string programOf(long long pid);
// Parent's process id; 0 where it cannot be told.
long long parentOf(long long pid);

} // namespace valet_link
