// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/launch_posix.h"

#include "mcp/link/peer.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <iterator>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace {

constexpr const char *programName = "graph-valet-tray";

constexpr const char *allowedNames[] = {
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "SHELL",
    "LANG",
    "TZ",
    // the person's session
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "DESKTOP_SESSION",
    "KDE_SESSION_VERSION",
    // documented settings; the tray process checks them
    "GRAPH_VALET_CLIENT_ID",
    "GRAPH_VALET_TENANT_ID",
    "GRAPH_VALET_AUTHORITY",
    "GRAPH_VALET_GRAPH_URL",
    "GRAPH_VALET_PROFILE",
    "GRAPH_VALET_CLIENT_APPROVAL",
    "GRAPH_VALET_READ_ONLY",
};

// Where a person's traffic goes and what opens their pages is not for an AI client to say.
constexpr const char *personsNames[] = {
    "BROWSER",    "http_proxy",  "https_proxy", "all_proxy", "no_proxy",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY",   "NO_PROXY",
};

template <class Names>
bool isIn(const Names &names, std::string_view name)
{
    return std::any_of(std::begin(names), std::end(names),
                       [name](const char *other) { return name == other; });
}

bool isAllowed(std::string_view name, StartedBy startedBy)
{
    if (name.starts_with("LC_"))
        return true;
    return isIn(allowedNames, name) || (startedBy == StartedBy::Person && isIn(personsNames, name));
}

std::vector<char *> pointersTo(const Words &words)
{
    std::vector<char *> pointers;
    pointers.reserve(words.size() + 1);
    for (const std::string &word : words)
        pointers.push_back(const_cast<char *>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

void closeAllAbove(int last)
{
    // /proc and /dev/fd list what is open; the limit may be a billion.
    for (const char *list : {"/proc/self/fd", "/dev/fd"}) {
        DIR *folder = ::opendir(list);
        if (!folder)
            continue;
        std::vector<int> open;
        while (const struct dirent *entry = ::readdir(folder)) {
            const int number = std::atoi(entry->d_name);
            if (number > last && number != ::dirfd(folder))
                open.push_back(number);
        }
        ::closedir(folder);
        for (const int number : open)
            ::close(number);
        return;
    }
    for (int number = last + 1; number < 1024; ++number)
        ::close(number);
}

} // namespace

Words allowedEnvironment(StartedBy startedBy)
{
    Words environment;
    for (char **entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos || equals + 1 == text.size())
            continue;
        const std::string_view name = text.substr(0, equals);
        if (!isAllowed(name, startedBy))
            continue;
        if (name == "PATH")
            fillIn(environment, "PATH", absoluteFolders(std::string(text.substr(equals + 1))));
        else
            environment.emplace_back(text);
    }
    fillIn(environment, "PATH", "/usr/local/bin:/usr/bin:/bin");
    if (const struct passwd *entry = ::getpwuid(::geteuid())) {
        fillIn(environment, "HOME", entry->pw_dir);
        fillIn(environment, "USER", entry->pw_name);
        fillIn(environment, "LOGNAME", entry->pw_name);
    }
    return environment;
}

bool isPersonsVariable(std::string_view name)
{
    return isIn(personsNames, name);
}

const char *valueIn(const Words &environment, const char *name)
{
    const std::size_t size = std::strlen(name);
    for (const std::string &entry : environment) {
        if (entry.size() > size && entry[size] == '=' && entry.compare(0, size, name) == 0)
            return entry.c_str() + size + 1;
    }
    return nullptr;
}

void fillIn(Words &environment, const char *name, const std::string &value)
{
    if (!value.empty() && !valueIn(environment, name))
        environment.push_back(std::string(name) + "=" + value);
}

std::string absoluteFolders(const std::string &path)
{
    std::string kept;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find(':', at), path.size());
        if (end > at && path[at] == '/')
            kept += (kept.empty() ? "" : ":") + path.substr(at, end - at);
        at = end + 1;
    }
    return kept;
}

bool isProgram(const std::string &path)
{
    struct stat info = {};
    // What everybody may overwrite is nobody's program.
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 02) == 0
        && ::access(path.c_str(), X_OK) == 0;
}

std::string findTrayProgram(const valet_link::Locations &locations)
{
    const std::string self = valet_link::programOf(::getpid());
    const std::size_t slash = self.find_last_of('/');
    if (slash != std::string::npos) {
        std::string beside = self.substr(0, slash + 1) + programName;
        if (isProgram(beside))
            return beside;
    }
    const auto rendezvous = valet_link::readRendezvous(locations);
    if (rendezvous && !rendezvous->trayProgram.empty() && isProgram(rendezvous->trayProgram))
        return rendezvous->trayProgram;
    const char *variable = std::getenv("PATH");
    const std::string path = absoluteFolders(variable ? variable : "") + ":";
    for (std::size_t at = 0, end = 0; (end = path.find(':', at)) != std::string::npos;
         at = end + 1) {
        std::string candidate = path.substr(at, end - at) + "/" + programName;
        if (end > at && isProgram(candidate))
            return candidate;
    }
    return {};
}

Words trayCommand(const std::string &program, const std::string &profile)
{
    return {program, "--background", "--profile", profile};
}

void cutLoose()
{
    ::setsid();
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGCHLD, SIGALRM, SIGUSR1,
                             SIGUSR2, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH})
        ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::chdir("/") != 0)
        ::_exit(127);
    ::umask(::umask(022) | 022);
    const int null = ::open("/dev/null", O_RDWR);
    if (null < 0)
        ::_exit(127);
    for (const int stream : {0, 1, 2})
        ::dup2(null, stream);
    closeAllAbove(2);
}

bool runToTheEnd(const Words &command, const Words &environment, unsigned seconds)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(seconds); // survives execve; its default is the end
        become(command, environment);
    }
    int status = 0;
    while (child > 0 && ::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void become(const Words &command, const Words &environment)
{
    ::execve(command.front().c_str(), pointersTo(command).data(), pointersTo(environment).data());
    ::_exit(127);
}

bool detached(void (*then)(const void *), const void *argument, std::string &problem)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const pid_t grandchild = ::fork();
        if (grandchild != 0)
            ::_exit(grandchild > 0 ? 0 : 1);
        then(argument);
        ::_exit(127);
    }
    int status = 1;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    problem = std::string("the system lets no further process start: ") + std::strerror(errno);
    return false;
}
