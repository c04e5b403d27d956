// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/endpoint.h"
#include "mcp/link/rendezvous.h"
#include "mcp/link/security_windows.h"

#include <windows.h>

#include <bcrypt.h>

namespace valet_link {

namespace {

std::wstring variable(const wchar_t *name)
{
    wchar_t text[32767];
    const DWORD size = ::GetEnvironmentVariableW(name, text, 32767);
    return size > 0 && size < 32767 ? std::wstring(text, size) : std::wstring();
}

// %USERPROFILE%, because AppData is redirected for packaged programs (MSIX) and their children.
std::wstring homeFolder()
{
    std::wstring home = variable(L"USERPROFILE");
    if (home.empty())
        home = variable(L"HOMEDRIVE") + variable(L"HOMEPATH");
    const bool hasDrive = home.size() > 2 && home[1] == L':';
    return hasDrive ? home : std::wstring();
}

// The pipe namespace is the machine's: a name nobody can guess is told only through the
// rendezvous file. One per process, so that asking twice gives one answer.
const std::string &randomPart()
{
    static const std::string part = [] {
        unsigned char bytes[16];
        if (::BCryptGenRandom(nullptr, bytes, sizeof bytes, BCRYPT_USE_SYSTEM_PREFERRED_RNG) != 0)
            return std::string();
        std::string text;
        for (const unsigned char byte : bytes) {
            text.push_back("0123456789abcdef"[byte >> 4]);
            text.push_back("0123456789abcdef"[byte & 0xf]);
        }
        return text;
    }();
    return part;
}

bool isFolder(const std::wstring &path, std::string &error)
{
    const DWORD attributes = ::GetFileAttributesW(path.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES) {
        error = "cannot look at the folder " + utf8(path) + ": " + lastErrorText();
        return false;
    }
    if (!(attributes & FILE_ATTRIBUTE_DIRECTORY) || (attributes & FILE_ATTRIBUTE_REPARSE_POINT)) {
        error = utf8(path) + " is no folder (or a link)";
        return false;
    }
    return true;
}

} // namespace

std::optional<Locations> locationsFor(const std::string &profile, std::string &error)
{
    if (!isValidProfile(profile)) {
        error = "not a profile name (1 to 32 of a-z, 0-9 and -): " + profile;
        return std::nullopt;
    }
    const std::string home = utf8(homeFolder());
    if (home.empty()) {
        error = "no home folder: the environment variable USERPROFILE is not set";
        return std::nullopt;
    }
    if (randomPart().empty()) {
        error = "the system's random generator does not work";
        return std::nullopt;
    }
    const std::string state = home + "\\.graph-valet\\" + profile;
    return Locations{.stateDirectory = state,
                     .socketDirectory = {},
                     .socket = "\\\\.\\pipe\\graph-valet-" + profile + "-" + randomPart(),
                     .rendezvousFile = state + "\\rendezvous.json",
                     .lockFile = state + "\\tray.lock",
                     .logFile = state + "\\graph-valet.log"};
}

bool isPrivateDirectory(const std::string &path, std::string &error)
{
    const std::wstring name = wide(path);
    return isFolder(name, error) && isPrivateObject(name, error);
}

bool ensurePrivateDirectory(const std::string &path, std::string &error)
{
    const PrivateDescriptor descriptor;
    SECURITY_ATTRIBUTES attributes = {sizeof(SECURITY_ATTRIBUTES), descriptor.get(), FALSE};
    const std::wstring name = wide(path);
    if (name.size() < 4 || name[1] != L':' || !descriptor.get()) {
        error = "not an absolute path: " + path;
        return false;
    }
    for (std::size_t at = 3; at != std::wstring::npos;) {
        at = name.find_first_of(L"\\/", at);
        const std::wstring part = name.substr(0, at);
        if (!::CreateDirectoryW(part.c_str(), &attributes)
            && ::GetLastError() != ERROR_ALREADY_EXISTS && at == std::wstring::npos) {
            error = "cannot make the folder " + path + ": " + lastErrorText();
            return false;
        }
        if (at != std::wstring::npos)
            ++at;
    }
    return isPrivateDirectory(path, error);
}

bool writeRendezvous(const Locations &locations, const Rendezvous &rendezvous, std::string &error)
{
    const std::string text = rendezvousText(rendezvous);
    if (text.size() > rendezvousLimit) {
        error = "the paths are too long for the rendezvous file";
        return false;
    }
    const PrivateDescriptor descriptor;
    SECURITY_ATTRIBUTES attributes = {sizeof(SECURITY_ATTRIBUTES), descriptor.get(), FALSE};
    const std::wstring target = wide(locations.rendezvousFile);
    const std::wstring temporary = target + L"." + std::to_wstring(::GetCurrentProcessId());
    const HANDLE file = ::CreateFileW(temporary.c_str(), GENERIC_WRITE, 0, &attributes,
                                      CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) {
        error = "cannot write " + locations.rendezvousFile + ": " + lastErrorText();
        return false;
    }
    DWORD written = 0;
    const DWORD size = static_cast<DWORD>(text.size());
    bool good = ::WriteFile(file, text.data(), size, &written, nullptr) && written == size;
    ::CloseHandle(file);
    good = good && ::MoveFileExW(temporary.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING);
    if (!good) {
        error = "cannot write " + locations.rendezvousFile + ": " + lastErrorText();
        ::DeleteFileW(temporary.c_str());
    }
    return good;
}

std::optional<Rendezvous> readRendezvous(const Locations &locations)
{
    const std::wstring path = wide(locations.rendezvousFile);
    std::string ignored;
    if (path.empty() || !isPrivateObject(path, ignored))
        return std::nullopt;
    const HANDLE file = ::CreateFileW(
        path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
        OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return std::nullopt;
    char bytes[rendezvousLimit + 1];
    DWORD size = 0;
    const BOOL good = ::GetFileType(file) == FILE_TYPE_DISK
        && ::ReadFile(file, bytes, sizeof bytes, &size, nullptr);
    ::CloseHandle(file);
    if (!good)
        return std::nullopt;
    std::optional<Rendezvous> found = parseRendezvous(std::string_view(bytes, size));
    // Only a pipe of this machine: any other path could be a file or another computer.
    if (found && !found->socket.starts_with("\\\\.\\pipe\\"))
        return std::nullopt;
    return found;
}

void removeRendezvous(const Locations &locations)
{
    const std::optional<Rendezvous> found = readRendezvous(locations);
    if (found && found->pid == static_cast<long long>(::GetCurrentProcessId()))
        ::DeleteFileW(wide(locations.rendezvousFile).c_str());
}

} // namespace valet_link
