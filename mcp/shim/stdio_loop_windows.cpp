// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The standard streams are pipes without overlapped I/O, so each has a thread that blocks; one
// thread decides and waits for them, the tray process's pipe, the parent process and the clock.

#include "mcp/shim/stdio_loop.h"

#include "mcp/link/peer.h"
#include "mcp/shim/connection_windows.h"
#include "mcp/shim/tray_link.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

HANDLE newEvent()
{
    return ::CreateEventW(nullptr, FALSE, FALSE, nullptr);
}

// A buffer that goes to and fro between two threads; whoever has it is told by an event.
struct Baton
{
    HANDLE toLoop = newEvent();
    HANDLE toThread = newEvent();
    DWORD count = 0;
    bool hasEnded = false;
    char bytes[64 * 1024];
};

DWORD WINAPI readInput(void *argument)
{
    auto &baton = *static_cast<Baton *>(argument);
    const HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
    do {
        baton.hasEnded = !::ReadFile(input, baton.bytes, sizeof baton.bytes, &baton.count, nullptr)
            || baton.count == 0;
        ::SetEvent(baton.toLoop);
        ::WaitForSingleObject(baton.toThread, INFINITE);
    } while (!baton.hasEnded);
    return 0;
}

DWORD WINAPI writeOutput(void *argument)
{
    auto &baton = *static_cast<Baton *>(argument);
    const HANDLE output = ::GetStdHandle(STD_OUTPUT_HANDLE);
    while (::WaitForSingleObject(baton.toThread, INFINITE) == WAIT_OBJECT_0) {
        for (DWORD at = 0, written = 0; at < baton.count && !baton.hasEnded; at += written)
            baton.hasEnded =
                !::WriteFile(output, baton.bytes + at, baton.count - at, &written, nullptr);
        ::SetEvent(baton.toLoop);
    }
    return 0;
}

// The process that started us; null where it is gone. A process with its number that is younger
// than we are is another one.
HANDLE openParent()
{
    const long long pid = valet_link::parentOf(static_cast<long long>(::GetCurrentProcessId()));
    if (pid <= 0)
        return nullptr;
    const HANDLE parent = ::OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE,
                                        static_cast<DWORD>(pid));
    FILETIME theirs = {};
    FILETIME ours = {};
    FILETIME ignored = {};
    if (parent && ::GetProcessTimes(parent, &theirs, &ignored, &ignored, &ignored)
        && ::GetProcessTimes(::GetCurrentProcess(), &ours, &ignored, &ignored, &ignored)
        && ::CompareFileTime(&theirs, &ours) <= 0)
        return parent;
    if (parent)
        ::CloseHandle(parent);
    return nullptr;
}

void writeError(std::string_view text)
{
    const std::string line = "graph-valet: " + std::string(text.substr(0, 400)) + "\n";
    DWORD written = 0;
    ::WriteFile(::GetStdHandle(STD_ERROR_HANDLE), line.data(), static_cast<DWORD>(line.size()),
                &written, nullptr);
}

class StdioLoop final : private TrayTransport
{
public:
    explicit StdioLoop(const StdioOptions &options)
        : m_options(options)
        , m_link(m_relay, *this, options.startLimit, options.clientId)
        , m_parent(openParent())
    {
    }

    int run()
    {
        for (const auto &[work, baton] :
             {std::pair{&readInput, &m_input}, {&writeOutput, &m_output}}) {
            const HANDLE thread = ::CreateThread(nullptr, 64 * 1024, work, baton, 0, nullptr);
            if (!thread)
                return 1;
            ::CloseHandle(thread);
        }
        m_link.begin(Clock::now());
        while (!m_isOver) {
            move();
            if (!m_isOver)
                wait();
            tick();
        }
        return 0;
    }

private:
    ConnectOutcome open(std::string &problem) override
    {
        TrayPipe found = connectToTray(m_options.locations);
        problem = std::move(found.problem);
        m_pipe = found.handle;
        return found.outcome;
    }

    bool sendHello(std::string_view line) override { return m_write.startWrite(m_pipe, line); }

    void close() override
    {
        if (m_pipe != INVALID_HANDLE_VALUE) {
            m_read.cancel(m_pipe);
            m_write.cancel(m_pipe);
            ::CloseHandle(m_pipe);
        }
        m_pipe = INVALID_HANDLE_VALUE;
    }

    bool launch(std::string &problem) override { return m_options.launch(problem); }
    void complain(std::string_view text) override { writeError(text); }
    void lose() { m_link.lose(Clock::now()); }

    // Whatever can be started or handed over without waiting.
    void move()
    {
        if (m_hasInput && m_relay.roomForClient() > 0)
            takeInput();
        if (!m_isWriting && m_relay.hasAnswers()) {
            const std::size_t count = std::min(sizeof m_output.bytes, m_relay.toClient().size());
            std::memcpy(m_output.bytes, m_relay.toClient().data(), count);
            m_output.count = static_cast<DWORD>(count);
            m_relay.sentToClient(count);
            m_isWriting = true;
            ::SetEvent(m_output.toThread);
        }
        if (m_link.isAway())
            return;
        if (m_link.isUp() && !m_write.isPending() && !m_relay.toTray().empty()) {
            const std::string_view bytes = m_relay.toTray().substr(0, PipeOperation::size);
            const std::size_t count = bytes.size();
            const bool good = m_write.startWrite(m_pipe, bytes);
            // Counted as sent now: an answer may come before the write is reported.
            m_relay.sentToTray(count);
            if (!good)
                return lose();
        }
        const bool wantsRead = m_link.isGreeting() || m_relay.roomForTray();
        if (wantsRead && !m_read.isPending() && !m_read.startRead(m_pipe))
            lose();
    }

    void wait()
    {
        HANDLE handles[5];
        DWORD count = 0;
        const auto add = [&](HANDLE handle) { handles[count++] = handle; };
        if (!m_hasInput && !m_inputEnd)
            add(m_input.toLoop);
        if (m_isWriting)
            add(m_output.toLoop);
        if (m_read.isPending())
            add(m_read.event());
        if (m_write.isPending())
            add(m_write.event());
        if (m_parent)
            add(m_parent);
        const DWORD which = count > 0 ? ::WaitForMultipleObjects(count, handles, FALSE, pause())
                                      : (::Sleep(pause()), WAIT_TIMEOUT);
        if (which >= WAIT_OBJECT_0 + count)
            return;
        const HANDLE ready = handles[which - WAIT_OBJECT_0];
        if (ready == m_input.toLoop)
            m_hasInput = true;
        else if (ready == m_output.toLoop)
            outputWritten();
        else if (ready == m_parent)
            m_isOver = true;
        else if (ready == m_read.event())
            pipeRead();
        else if (m_write.finish(m_pipe, false) < 0)
            lose();
    }

    // move and tick give each other work; only when neither has any may the loop sleep.
    bool hasWork() const
    {
        const bool mustRead = m_hasInput && m_relay.roomForClient() > 0;
        const bool mustWrite = !m_isWriting && m_relay.hasAnswers();
        const bool mustEnd = m_inputEnd && m_relay.isIdle() && !m_isWriting;
        return m_link.isDue() || mustRead || mustWrite || mustEnd;
    }

    DWORD pause() const
    {
        if (hasWork())
            return 0;
        std::optional<Clock::time_point> first = m_link.nextTime();
        if (m_inputEnd && (!first || *m_inputEnd < *first))
            first = m_inputEnd;
        if (!first)
            return INFINITE;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - Clock::now());
        return static_cast<DWORD>(std::max<long long>(0, left.count()));
    }

    void takeInput()
    {
        if (m_input.hasEnded) {
            m_hasInput = false;
            m_inputEnd = Clock::now() + m_options.endLimit;
            m_relay.clientEnded();
            return;
        }
        const std::size_t count =
            std::min<std::size_t>(m_input.count - m_inputTaken, m_relay.roomForClient());
        m_relay.fromClient({m_input.bytes + m_inputTaken, count});
        m_inputTaken += count;
        if (m_inputTaken < m_input.count)
            return;
        m_inputTaken = 0;
        m_hasInput = false;
        ::SetEvent(m_input.toThread);
    }

    void outputWritten()
    {
        m_isWriting = false;
        if (m_output.hasEnded)
            m_isOver = true;
    }

    void pipeRead()
    {
        const long count = m_read.finish(m_pipe, false);
        if (count < 0)
            return lose();
        m_link.received(m_read.bytes(count), Clock::now());
    }

    void tick()
    {
        const auto now = Clock::now();
        m_link.tick(now);
        if (!m_inputEnd)
            return;
        if (now >= *m_inputEnd) {
            m_isOver = m_hasGivenUp;
            m_hasGivenUp = true;
            m_relay.giveUp();
            m_inputEnd = now + 200ms; // to write it
        }
        if (m_relay.isIdle() && !m_isWriting)
            m_isOver = true;
    }

    const StdioOptions &m_options;
    Relay m_relay;
    TrayLink m_link;
    Baton m_input;
    Baton m_output;
    bool m_hasInput = false; // the loop has the input's buffer
    std::size_t m_inputTaken = 0;
    bool m_isWriting = false; // the thread has the output's buffer
    const HANDLE m_parent;
    HANDLE m_pipe = INVALID_HANDLE_VALUE;
    PipeOperation m_read;
    PipeOperation m_write;
    bool m_isOver = false;
    bool m_hasGivenUp = false;
    std::optional<Clock::time_point> m_inputEnd; // set when stdin has ended
};

} // namespace

int runStdio(const StdioOptions &options)
{
    // On the heap: 256 KiB of buffers that the threads keep using until the process ends.
    return (new StdioLoop(options))->run();
}
