// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/peer.h"

#include "mcp/link/security_windows.h"

#include <windows.h>

#include <tlhelp32.h>

namespace valet_link {

namespace {

HANDLE openProcess(long long pid)
{
    return pid > 0
        ? ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(pid))
        : nullptr;
}

} // namespace

// GetNamedPipeClientProcessId, GetNamedPipeServerProcessId: the process that opened or made the
// pipe. A process of another user cannot be opened, or its token names another user.
Peer peerOf(NativeHandle handle, bool serverEnd, std::string &error)
{
    ULONG pid = 0;
    const BOOL known = serverEnd ? ::GetNamedPipeClientProcessId(handle, &pid)
                                 : ::GetNamedPipeServerProcessId(handle, &pid);
    if (!known || pid == 0) {
        error = "cannot tell which process is at the other end of the pipe: " + lastErrorText();
        return {};
    }
    Peer peer{.pid = pid, .sameUser = false};
    const HANDLE process = openProcess(peer.pid);
    if (!process) {
        error = "cannot tell whose process is at the other end of the pipe: " + lastErrorText();
        return peer;
    }
    const auto theirs = userOf(process);
    ::CloseHandle(process);
    const auto ours = ownUser();
    peer.sameUser = theirs && ours && sameSid(*theirs, *ours);
    return peer;
}

std::string programOf(long long pid)
{
    const HANDLE process = openProcess(pid);
    if (!process)
        return {};
    std::wstring path(32768, L'\0');
    DWORD size = static_cast<DWORD>(path.size());
    const BOOL good = ::QueryFullProcessImageNameW(process, 0, path.data(), &size);
    ::CloseHandle(process);
    return good ? utf8(std::wstring_view(path.data(), size)) : std::string();
}

long long parentOf(long long pid)
{
    const HANDLE snapshot = ::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (snapshot == INVALID_HANDLE_VALUE)
        return 0;
    PROCESSENTRY32W entry = {};
    entry.dwSize = sizeof entry;
    long long parent = 0;
    for (BOOL more = ::Process32FirstW(snapshot, &entry); more;
         more = ::Process32NextW(snapshot, &entry)) {
        if (entry.th32ProcessID == static_cast<DWORD>(pid)) {
            parent = entry.th32ParentProcessID;
            break;
        }
    }
    ::CloseHandle(snapshot);
    return parent;
}

} // namespace valet_link
