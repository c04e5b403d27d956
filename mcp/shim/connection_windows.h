// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the named pipe of the tray process, after a look at the owner of the process that serves
// it, and reads and writes it with overlapped I/O, as a pipe open for both must be.

#pragma once

#include "mcp/link/endpoint.h"
#include "mcp/shim/connect_outcome.h"

#include <windows.h>

#include <string>
#include <string_view>

struct TrayPipe
{
    ConnectOutcome outcome = ConnectOutcome::NobodyThere;
    HANDLE handle = INVALID_HANDLE_VALUE; // open where Connected
    std::string problem; // a sentence where NotTrusted
};

TrayPipe connectToTray(const valet_link::Locations &locations);

// One direction of the pipe: at most one operation under way, with a buffer that outlives it.
class PipeOperation
{
public:
    static constexpr DWORD size = 64 * 1024;

    PipeOperation();
    ~PipeOperation();
    PipeOperation(const PipeOperation &) = delete;
    PipeOperation &operator=(const PipeOperation &) = delete;

    bool isPending() const { return m_isPending; }
    HANDLE event() const { return m_overlapped.hEvent; } // set when the operation is done
    bool startRead(HANDLE pipe);
    bool startWrite(HANDLE pipe, std::string_view bytes); // at most `size` of them
    // The bytes of the finished operation; -1 where it failed or the other end is gone.
    long finish(HANDLE pipe, bool wait);
    std::string_view bytes(long count) const
    {
        return {m_bytes, static_cast<std::size_t>(count > 0 ? count : 0)};
    }
    // Ends an operation under way; its outcome is unknown.
    void cancel(HANDLE pipe);

private:
    bool started(BOOL done);

    OVERLAPPED m_overlapped = {};
    bool m_isPending = false;
    char m_bytes[size];
};
