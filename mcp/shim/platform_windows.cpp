// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/security_windows.h"
#include "mcp/shim/platform.h"

#include <windows.h>

#include <shellapi.h>

#include <cstdio>
#include <fcntl.h>
#include <io.h>

void preparePlatform()
{
    // LF stays LF.
    ::_setmode(::_fileno(stdout), _O_BINARY);
    ::_setmode(::_fileno(stderr), _O_BINARY);
    // A console that was made for us alone (an AI client without one that did not ask for none)
    // must not stay on the screen; the manifest keeps it from being made from Windows 11 24H2 on.
    DWORD first = 0;
    if (::GetConsoleProcessList(&first, 1) == 1)
        ::FreeConsole();
    else
        ::SetConsoleOutputCP(CP_UTF8);
}

std::vector<std::string> platformArguments(int, char **)
{
    std::vector<std::string> words;
    int count = 0;
    LPWSTR *list = ::CommandLineToArgvW(::GetCommandLineW(), &count);
    for (int i = 1; list && i < count; ++i)
        words.push_back(valet_link::utf8(list[i]));
    ::LocalFree(list);
    return words;
}

const char *profileVariable()
{
    static std::string value;
    wchar_t text[256];
    const DWORD size = ::GetEnvironmentVariableW(L"GRAPH_VALET_PROFILE", text, 256);
    if (size == 0)
        return nullptr;
    // Too long is no profile name either way.
    value = size < 256 ? valet_link::utf8({text, size}) : std::string(64, 'x');
    return value.c_str();
}

void finishPlatform(int code)
{
    // Not ExitProcess: it would wait for locks that a thread blocked in ReadFile may hold.
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(code));
    for (;;)
        ::Sleep(INFINITE);
}
