// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/connection_windows.h"

#include "mcp/link/peer.h"
#include "mcp/link/security_windows.h"

#include <algorithm>
#include <cstring>

TrayPipe connectToTray(const valet_link::Locations &locations)
{
    TrayPipe result;
    // The name is random: without the rendezvous file there is nothing to guess.
    const auto rendezvous = valet_link::readRendezvous(locations);
    if (!rendezvous)
        return result;
    // SECURITY_IDENTIFICATION: the serving process learns who we are but cannot act as us.
    const HANDLE pipe = ::CreateFileW(
        valet_link::wide(rendezvous->socket).c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
        OPEN_EXISTING, FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
        nullptr);
    if (pipe == INVALID_HANDLE_VALUE) {
        if (::GetLastError() == ERROR_PIPE_BUSY)
            result.outcome = ConnectOutcome::Busy;
        return result;
    }
    const valet_link::Peer peer = valet_link::peerOf(pipe, false, result.problem);
    if (!peer.sameUser) {
        ::CloseHandle(pipe);
        result.outcome = ConnectOutcome::NotTrusted;
        if (result.problem.empty())
            result.problem = "another user's program serves " + rendezvous->socket;
        return result;
    }
    result.outcome = ConnectOutcome::Connected;
    result.handle = pipe;
    return result;
}

PipeOperation::PipeOperation()
{
    m_overlapped.hEvent = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
}

PipeOperation::~PipeOperation()
{
    ::CloseHandle(m_overlapped.hEvent);
}

bool PipeOperation::started(BOOL done)
{
    m_isPending = done || ::GetLastError() == ERROR_IO_PENDING;
    return m_isPending;
}

bool PipeOperation::startRead(HANDLE pipe)
{
    return started(::ReadFile(pipe, m_bytes, size, nullptr, &m_overlapped));
}

bool PipeOperation::startWrite(HANDLE pipe, std::string_view bytes)
{
    const DWORD count = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), size));
    std::memcpy(m_bytes, bytes.data(), count);
    return started(::WriteFile(pipe, m_bytes, count, nullptr, &m_overlapped));
}

long PipeOperation::finish(HANDLE pipe, bool wait)
{
    DWORD count = 0;
    const BOOL good = ::GetOverlappedResult(pipe, &m_overlapped, &count, wait);
    if (!good && ::GetLastError() == ERROR_IO_INCOMPLETE)
        return 0;
    m_isPending = false;
    return good ? static_cast<long>(count) : -1;
}

void PipeOperation::cancel(HANDLE pipe)
{
    if (!m_isPending)
        return;
    ::CancelIoEx(pipe, &m_overlapped);
    finish(pipe, true);
    m_isPending = false;
}
