// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The tray process must outlive the AI client: no handle, no console and no job of its is shared.
// Some jobs forbid to leave them; then the tray process ends with the client, and the next call
// starts it.

#include "mcp/link/security_windows.h"
#include "mcp/shim/launch.h"

#include <windows.h>

#include <algorithm>
#include <cwchar>
#include <vector>

namespace {

constexpr const wchar_t *programName = L"graph-valet-tray.exe";

constexpr const wchar_t *allowedNames[] = {
    L"ALLUSERSPROFILE",
    L"APPDATA",
    L"COMMONPROGRAMFILES",
    L"COMPUTERNAME",
    L"COMSPEC",
    L"HOMEDRIVE",
    L"HOMEPATH",
    L"LOCALAPPDATA",
    L"NUMBER_OF_PROCESSORS",
    L"OS",
    L"PATH",
    L"PATHEXT",
    L"PROCESSOR_ARCHITECTURE",
    L"PROGRAMDATA",
    L"PROGRAMFILES",
    L"PUBLIC",
    L"SESSIONNAME",
    L"SYSTEMDRIVE",
    L"SYSTEMROOT",
    L"TEMP",
    L"TMP",
    L"USERDOMAIN",
    L"USERNAME",
    L"USERPROFILE",
    L"WINDIR",
    // documented settings; the tray process checks them
    L"GRAPH_VALET_CLIENT_ID",
    L"GRAPH_VALET_TENANT_ID",
    L"GRAPH_VALET_AUTHORITY",
    L"GRAPH_VALET_GRAPH_URL",
    L"GRAPH_VALET_PROFILE",
    L"GRAPH_VALET_CLIENT_APPROVAL",
    L"GRAPH_VALET_READ_ONLY",
};

std::wstring variable(const wchar_t *name)
{
    std::wstring text(32767, L'\0');
    const DWORD size =
        ::GetEnvironmentVariableW(name, text.data(), static_cast<DWORD>(text.size()));
    text.resize(size < text.size() ? size : 0);
    return text;
}

std::vector<std::wstring> absoluteFolders(const std::wstring &path)
{
    std::vector<std::wstring> folders;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find(L';', at), path.size());
        const std::wstring folder = path.substr(at, end - at);
        if (folder.size() > 2 && folder[1] == L':' && (folder[2] == L'\\' || folder[2] == L'/'))
            folders.push_back(folder);
        at = end + 1;
    }
    return folders;
}

// "NAME=value", NUL between, two at the end (CreateProcess, lpEnvironment).
std::wstring environmentBlock()
{
    std::wstring block;
    for (const wchar_t *name : allowedNames) {
        std::wstring value = variable(name);
        if (std::wcscmp(name, L"PATH") == 0) {
            std::wstring kept;
            for (const std::wstring &folder : absoluteFolders(value))
                kept += (kept.empty() ? L"" : L";") + folder;
            value = kept;
        }
        if (!value.empty())
            block += std::wstring(name) + L"=" + value + L'\0';
    }
    return block + L'\0';
}

bool isProgram(const std::wstring &path)
{
    const DWORD attributes = ::GetFileAttributesW(path.c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

std::wstring ownFolder()
{
    std::wstring path(32768, L'\0');
    const DWORD size = ::GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    path.resize(size < path.size() ? size : 0);
    const std::size_t slash = path.find_last_of(L"\\/");
    return slash == std::wstring::npos ? std::wstring() : path.substr(0, slash);
}

} // namespace

std::string findTrayProgram(const valet_link::Locations &locations)
{
    const std::wstring beside = ownFolder() + L"\\" + programName;
    if (isProgram(beside))
        return valet_link::utf8(beside);
    const auto rendezvous = valet_link::readRendezvous(locations);
    if (rendezvous && isProgram(valet_link::wide(rendezvous->trayProgram)))
        return rendezvous->trayProgram;
    for (const std::wstring &folder : absoluteFolders(variable(L"PATH"))) {
        const std::wstring candidate = folder + L"\\" + programName;
        if (isProgram(candidate))
            return valet_link::utf8(candidate);
    }
    return {};
}

bool launchTray(const valet_link::Locations &locations, const std::string &profile, StartedBy,
                std::string &problem)
{
    const std::wstring program = valet_link::wide(findTrayProgram(locations));
    if (program.empty()) {
        problem = "graph-valet-tray.exe was not found beside graph-valet.exe nor in PATH; install "
                  "Graph Valet, or start it once by hand so that it can be found";
        return false;
    }
    // A profile has no character that needs quoting.
    std::wstring command =
        L"\"" + program + L"\" --background --profile " + valet_link::wide(profile);
    std::wstring environment = environmentBlock();
    const std::wstring folder = program.substr(0, program.find_last_of(L"\\/"));
    STARTUPINFOW start = {};
    start.cb = sizeof start;
    PROCESS_INFORMATION process = {};
    constexpr DWORD flags =
        DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP | CREATE_UNICODE_ENVIRONMENT;
    for (const DWORD job : {DWORD(CREATE_BREAKAWAY_FROM_JOB), DWORD(0)}) {
        std::wstring words = command; // CreateProcessW may write into it
        if (::CreateProcessW(program.c_str(), words.data(), nullptr, nullptr, FALSE, flags | job,
                             environment.data(), folder.c_str(), &start, &process)) {
            ::CloseHandle(process.hThread);
            ::CloseHandle(process.hProcess);
            return true;
        }
    }
    problem = "cannot start " + valet_link::utf8(program) + ": " + valet_link::lastErrorText();
    return false;
}
