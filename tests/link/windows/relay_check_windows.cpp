// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs graph-valet.exe as an AI client does, against a small pipe server in a process of its own:
//   relay-check.exe C:\...\graph-valet.exe
// Prints one line per check; exit code 0 where all hold.
//   relay-check.exe serve
// is that server. It answers `echo` with an empty result, `big` with 5 MiB, `initializations` with
// how many it has seen, everything else not at all.

#include "mcp/link/endpoint.h"
#include "mcp/link/hello.h"
#include "mcp/link/peer.h"
#include "mcp/link/security_windows.h"
#include "mcp/shim/message_scanner.h"

#include <windows.h>

#include <cstdio>
#include <string>
#include <utility>

namespace {

int failures = 0;

void check(bool good, const char *what, const std::string &seen = {})
{
    std::printf("%s  %s\n", good ? "ok  " : "FAIL", what);
    if (!good) {
        ++failures;
        if (!seen.empty())
            std::printf("      seen: %s\n", seen.substr(0, 300).c_str());
    }
    std::fflush(stdout);
}

valet_link::Locations locations()
{
    std::string problem;
    const auto found = valet_link::locationsFor("default", problem);
    if (!found) {
        std::printf("FAIL  %s\n", problem.c_str());
        ::ExitProcess(1);
    }
    return *found;
}

bool writeAll(HANDLE to, std::string_view bytes)
{
    while (!bytes.empty()) {
        DWORD count = 0;
        if (!::WriteFile(to, bytes.data(), static_cast<DWORD>(bytes.size()), &count, nullptr))
            return false;
        bytes.remove_prefix(count);
    }
    return true;
}

class Lines
{
public:
    explicit Lines(HANDLE from)
        : m_from(from)
    {
    }

    // With its line feed; what is there at the end of the pipe.
    std::string next()
    {
        std::size_t looked = 0;
        while (true) {
            const std::size_t end = m_bytes.find('\n', looked);
            if (end != std::string::npos) {
                std::string line = m_bytes.substr(0, end + 1);
                m_bytes.erase(0, end + 1);
                return line;
            }
            looked = m_bytes.size();
            char bytes[65536];
            DWORD count = 0;
            if (!::ReadFile(m_from, bytes, sizeof bytes, &count, nullptr) || count == 0)
                return std::exchange(m_bytes, {});
            m_bytes.append(bytes, count);
        }
    }

private:
    HANDLE m_from;
    std::string m_bytes;
};

// ---- the server

int serve()
{
    const valet_link::Locations here = locations();
    std::string problem;
    if (!valet_link::ensurePrivateDirectory(here.stateDirectory, problem)) {
        std::printf("FAIL  %s\n", problem.c_str());
        return 1;
    }
    const valet_link::PrivateDescriptor descriptor;
    SECURITY_ATTRIBUTES attributes = {sizeof(SECURITY_ATTRIBUTES), descriptor.get(), FALSE};
    int initializations = 0;
    bool isAnnounced = false;
    while (true) {
        const HANDLE pipe = ::CreateNamedPipeW(
            valet_link::wide(here.socket).c_str(), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT,
            PIPE_UNLIMITED_INSTANCES, 65536, 65536, 0, &attributes);
        if (pipe == INVALID_HANDLE_VALUE)
            return 1;
        if (!isAnnounced) {
            valet_link::Rendezvous rendezvous;
            rendezvous.socket = here.socket;
            rendezvous.pid = ::GetCurrentProcessId();
            rendezvous.version = "0.0.1";
            if (!valet_link::writeRendezvous(here, rendezvous, problem)) {
                std::printf("FAIL  %s\n", problem.c_str());
                return 1;
            }
            isAnnounced = true;
        }
        if (!::ConnectNamedPipe(pipe, nullptr) && ::GetLastError() != ERROR_PIPE_CONNECTED)
            return 1;
        Lines lines(pipe);
        std::string error;
        const valet_link::Peer peer = valet_link::peerOf(pipe, true, error);
        const std::string hello = lines.next();
        const bool isHello = std::holds_alternative<valet_link::Hello>(
            valet_link::parseHello(std::string_view(hello).substr(0, hello.size() - 1)));
        if (!peer.sameUser || !isHello)
            return 2;
        writeAll(pipe, "{\"link\":1,\"version\":\"0.0.1\",\"role\":\"mcp\"}\n");
        for (std::string line = lines.next(); !line.empty(); line = lines.next()) {
            MessageScanner scanner;
            scanner.feed(std::string_view(line).substr(0, line.size() - 1));
            for (const ScannedMessage &message : scanner.finish()) {
                std::string result;
                if (message.method == "initialize")
                    ++initializations;
                if (message.method == "echo" || message.method == "initialize")
                    result = "{}";
                else if (message.method == "big")
                    result = '"' + std::string(5 * 1024 * 1024, 'x') + '"';
                else if (message.method == "initializations")
                    result = std::to_string(initializations);
                if (!result.empty())
                    writeAll(pipe, "{\"id\":" + message.id.raw + ",\"result\":" + result + "}\n");
            }
        }
        ::CloseHandle(pipe);
    }
}

// ---- the client

struct Program
{
    HANDLE process = nullptr;
    HANDLE input = nullptr;
    HANDLE output = nullptr;

    DWORD end(DWORD limit = 10000)
    {
        DWORD code = 9999;
        if (::WaitForSingleObject(process, limit) == WAIT_OBJECT_0)
            ::GetExitCodeProcess(process, &code);
        return code;
    }

    void close()
    {
        ::CloseHandle(input);
        input = nullptr;
    }
};

Program start(const std::string &program, const std::string &words)
{
    Program started;
    SECURITY_ATTRIBUTES inherit = {sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    HANDLE childInput = nullptr;
    HANDLE childOutput = nullptr;
    ::CreatePipe(&childInput, &started.input, &inherit, 0);
    ::CreatePipe(&started.output, &childOutput, &inherit, 0);
    ::SetHandleInformation(started.input, HANDLE_FLAG_INHERIT, 0);
    ::SetHandleInformation(started.output, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOW info = {};
    info.cb = sizeof info;
    info.dwFlags = STARTF_USESTDHANDLES;
    info.hStdInput = childInput;
    info.hStdOutput = childOutput;
    info.hStdError = ::GetStdHandle(STD_ERROR_HANDLE);
    PROCESS_INFORMATION process = {};
    std::wstring command = valet_link::wide('"' + program + "\" " + words);
    if (!::CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_NO_WINDOW,
                          nullptr, nullptr, &info, &process)) {
        std::printf("FAIL  cannot start %s: %s\n", program.c_str(),
                    valet_link::lastErrorText().c_str());
        ::ExitProcess(1);
    }
    ::CloseHandle(process.hThread);
    ::CloseHandle(childInput);
    ::CloseHandle(childOutput);
    started.process = process.hProcess;
    return started;
}

Program startServer(const std::string &self)
{
    ::DeleteFileW(valet_link::wide(locations().rendezvousFile).c_str());
    const Program server = start(self, "serve");
    for (int i = 0; i < 200 && !valet_link::readRendezvous(locations()); ++i)
        ::Sleep(50);
    check(valet_link::readRendezvous(locations()).has_value(),
          "the server's rendezvous can be read");
    return server;
}

bool has(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

void checkAll(const std::string &self, const std::string &program)
{
    {
        Program status = start(program, "status --json");
        const std::string text = Lines(status.output).next();
        check(status.end() == 1 && has(text, "\"tray\":false"), "status without a tray process",
              text);
        check(!has(text, "\r"), "status ends its line with LF only");
        check(start(program, "nonsense").end() == 2, "an unknown word is exit code 2");
    }
    {
        Program relay = start(program, "stdio");
        Lines lines(relay.output);
        writeAll(relay.input, "{\"id\":1,\"method\":\"echo\"}\n");
        const std::string text = lines.next();
        check(has(text, "\"id\":1") && has(text, "install"),
              "a call without a tray program is told what to install", text);
        relay.close();
        check(relay.end() == 0, "end of stdin without a tray process is exit code 0");
    }
    Program server = startServer(self);
    Program relay = start(program, "stdio");
    Lines lines(relay.output);
    writeAll(relay.input, "{\"id\":\"Žluť 🦊\",\"method\":\"initialize\"}\r\n");
    std::string text = lines.next();
    check(text == "{\"id\":\"Žluť 🦊\",\"result\":{}}\n",
          "handshake; bytes as they are, LF only", text);
    writeAll(relay.input, "{\"id\":2,\"method\":\"echo\"}\n{\"id\":3,\"method\":\"echo\"}\n");
    check(lines.next() == "{\"id\":2,\"result\":{}}\n"
              && lines.next() == "{\"id\":3,\"result\":{}}\n",
          "two calls in one piece");
    writeAll(relay.input,
             "{\"id\":4,\"method\":\"big\",\"x\":\"" + std::string(4 * 1024 * 1024, 'y') + "\"}\n");
    text = lines.next();
    check(text.size() > 5 * 1024 * 1024 && text.ends_with("\"}\n") && !has(text, "\r"),
          "4 MiB there, 5 MiB back");

    writeAll(relay.input, "{\"id\":5,\"method\":\"nothing\"}\n");
    ::Sleep(300);
    ::TerminateProcess(server.process, 1);
    text = lines.next();
    check(has(text, "\"id\":5") && has(text, "outcome unknown") && !has(text, "\r"),
          "a killed server: the call in flight is answered", text);
    server = startServer(self);
    writeAll(relay.input, "{\"id\":6,\"method\":\"initializations\"}\n");
    text = lines.next();
    check(text == "{\"id\":6,\"result\":1}\n", "the handshake is replayed, its answer swallowed",
          text);

    relay.close();
    check(relay.end(3000) == 0, "end of stdin is exit code 0");
    check(lines.next().empty(), "nothing else is on stdout");

    Program waiting = start(program, "stdio");
    Lines last(waiting.output);
    writeAll(waiting.input, "{\"id\":7,\"method\":\"echo\"}");
    waiting.close();
    text = last.next();
    check(text == "{\"id\":7,\"result\":{}}\n", "a last line without line feed is answered", text);
    check(waiting.end(3000) == 0, "and the program ends");
    ::TerminateProcess(server.process, 1);
}

} // namespace

int main(int count, char **words)
{
    if (count == 2 && std::string_view(words[1]) == "serve")
        return serve();
    if (count != 2)
        return 2;
    wchar_t self[MAX_PATH];
    ::GetModuleFileNameW(nullptr, self, MAX_PATH);
    checkAll(valet_link::utf8(self), words[1]);
    std::printf("%d failures\n", failures);
    return failures == 0 ? 0 : 1;
}
