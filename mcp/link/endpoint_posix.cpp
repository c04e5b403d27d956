// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/endpoint_posix.h"

#include "mcp/link/rendezvous.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace valet_link {

namespace {

std::string withReason(const std::string &sentence)
{
    return sentence + ": " + std::strerror(errno);
}

bool checkFolder(const struct stat &info, const std::string &path, std::string &error)
{
    if (!S_ISDIR(info.st_mode)) {
        error = path + " is no folder (or a symbolic link)";
        return false;
    }
    if (info.st_uid != ::geteuid()) {
        error = path + " belongs to another user";
        return false;
    }
    if ((info.st_mode & 077) != 0) {
        error = "other users can enter " + path + "; make it private with: chmod 700 " + path;
        return false;
    }
    return true;
}

bool makeFolderAndParents(const std::string &path, std::string &error)
{
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST)
        return true;
    const std::size_t slash = path.find_last_of('/');
    if (errno != ENOENT || slash == std::string::npos || slash == 0) {
        error = withReason("cannot make the folder " + path);
        return false;
    }
    if (!makeFolderAndParents(path.substr(0, slash), error))
        return false;
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST)
        return true;
    error = withReason("cannot make the folder " + path);
    return false;
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

} // namespace

std::string homeDirectory()
{
    const char *home = std::getenv("HOME");
    if (home && home[0] == '/')
        return home;
    const struct passwd *entry = ::getpwuid(::geteuid());
    return entry && entry->pw_dir && entry->pw_dir[0] == '/' ? entry->pw_dir : std::string();
}

std::optional<Locations> locationsIn(const std::string &stateDirectory,
                                     const std::string &socketDirectory,
                                     const std::string &socketName)
{
    static constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - 2;
    static constexpr std::string_view besideQt = "/XXXXXX/s";
    const std::string socket = socketDirectory + "/" + socketName;
    if (socket.size() > longest || socketDirectory.size() + besideQt.size() > longest)
        return std::nullopt;
    return Locations{.stateDirectory = stateDirectory,
                     .socketDirectory = socketDirectory,
                     .socket = socket,
                     .rendezvousFile = stateDirectory + "/rendezvous.json",
                     .lockFile = stateDirectory + "/tray.lock",
                     .logFile = stateDirectory + "/graph-valet.log"};
}

bool isPrivateDirectory(const std::string &path, std::string &error)
{
    struct stat info = {};
    if (::lstat(path.c_str(), &info) != 0) {
        error = withReason("cannot look at the folder " + path);
        return false;
    }
    return checkFolder(info, path, error);
}

bool ensurePrivateDirectory(const std::string &path, std::string &error)
{
    if (path.empty() || path[0] != '/') {
        error = "not an absolute path: " + path;
        return false;
    }
    return makeFolderAndParents(path, error) && isPrivateDirectory(path, error);
}

bool writeRendezvous(const Locations &locations, const Rendezvous &rendezvous, std::string &error)
{
    const std::string text = rendezvousText(rendezvous);
    if (text.size() > rendezvousLimit) {
        error = "the paths are too long for the rendezvous file";
        return false;
    }
    const std::string temporary = locations.rendezvousFile + "." + std::to_string(::getpid());
    ::unlink(temporary.c_str()); // of a process of the same id that died here
    const int file =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        error = withReason("cannot write " + temporary);
        return false;
    }
    bool good = writeAll(file, text);
    good = ::close(file) == 0 && good;
    good = good && ::rename(temporary.c_str(), locations.rendezvousFile.c_str()) == 0;
    if (!good) {
        error = withReason("cannot write " + locations.rendezvousFile);
        ::unlink(temporary.c_str());
    }
    return good;
}

std::optional<Rendezvous> readRendezvous(const Locations &locations)
{
    // O_NONBLOCK: a fifo in its place must not hang us.
    const int file =
        ::open(locations.rendezvousFile.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return std::nullopt;
    struct stat info = {};
    char bytes[rendezvousLimit + 1];
    std::size_t size = 0;
    if (::fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == ::geteuid()
        && (info.st_mode & 022) == 0) {
        while (size < sizeof bytes) {
            const ssize_t count = ::read(file, bytes + size, sizeof bytes - size);
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                break;
            size += static_cast<std::size_t>(count);
        }
    }
    ::close(file);
    std::optional<Rendezvous> found = parseRendezvous(std::string_view(bytes, size));
    if (found && found->socket[0] != '/')
        return std::nullopt;
    if (found && !found->trayProgram.empty() && found->trayProgram[0] != '/')
        found->trayProgram.clear();
    return found;
}

void removeRendezvous(const Locations &locations)
{
    const std::optional<Rendezvous> found = readRendezvous(locations);
    if (found && found->pid == ::getpid())
        ::unlink(locations.rendezvousFile.c_str());
}

} // namespace valet_link
