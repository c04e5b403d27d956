// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An AI client hands down hardly any of the session's variables, so the tray process is best
// started by somebody who has them: the session bus (which has the user's systemd start the
// installed unit), or a transient unit; else directly with what is known. All of it happens in a
// detached grandchild; the relay only tries to connect.

#include "mcp/shim/launch_posix.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

struct Start
{
    std::string program;
    std::string profile;
    Words environment;
    std::string runtimeFolder; // /run/user/<uid> where it is ours, else empty
};

std::string ownRuntimeFolder()
{
    const std::string path = "/run/user/" + std::to_string(::geteuid());
    struct stat info = {};
    const bool ours = ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)
        && info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
    return ours ? path : std::string();
}

bool isOwnSocket(const std::string &path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_uid == ::geteuid();
}

bool isFolder(const char *path)
{
    struct stat info = {};
    return ::stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

// A nested session, a test or a container has a runtime folder, a bus or a HOME of its own, which
// the user's systemd knows nothing of.
bool isLoginSession(const Start &start)
{
    const std::string &folder = start.runtimeFolder;
    if (folder.empty() || !isOwnSocket(folder + "/bus"))
        return false;
    const char *runtime = valueIn(start.environment, "XDG_RUNTIME_DIR");
    if (runtime && folder != runtime)
        return false;
    const std::string bus = "unix:path=" + folder + "/bus";
    const char *address = valueIn(start.environment, "DBUS_SESSION_BUS_ADDRESS");
    if (address && bus != address && !std::string_view(address).starts_with(bus + ","))
        return false;
    const char *home = valueIn(start.environment, "HOME");
    const struct passwd *entry = ::getpwuid(::geteuid());
    return home && entry && std::strcmp(home, entry->pw_dir) == 0;
}

Words busEnvironment(const Start &start)
{
    return {"XDG_RUNTIME_DIR=" + start.runtimeFolder,
            "DBUS_SESSION_BUS_ADDRESS=unix:path=" + start.runtimeFolder + "/bus",
            "PATH=/usr/bin:/bin"};
}

// systemd-run(1), with the properties of packaging/linux/systemd.service.in.
bool startBySystemd(const Start &start)
{
    const std::string tool = "/usr/bin/systemd-run";
    if (!isFolder("/run/systemd/system") || !isProgram(tool))
        return false;
    Words command{tool,
                  "--user",
                  "--collect",
                  "--quiet",
                  "--slice=app.slice",
                  "--description=Graph Valet",
                  "--property=PartOf=graphical-session.target",
                  "--property=KillMode=process",
                  "--property=LimitCORE=0"};
    Words environment = busEnvironment(start);
    for (const std::string &entry : start.environment) {
        // These the user's systemd knows better.
        const bool isTheirs = entry.starts_with("XDG_RUNTIME_DIR=")
            || entry.starts_with("DBUS_SESSION_BUS_ADDRESS=") || entry.starts_with("PATH=")
            || entry.starts_with("SHELL=") || entry.starts_with("USER=")
            || entry.starts_with("LOGNAME=") || entry.starts_with("HOME=");
        if (isTheirs)
            continue;
        // By name only: everybody can read an argument, and a proxy's address may hold a password.
        command.push_back("--setenv=" + entry.substr(0, entry.find('=')));
        environment.push_back(entry);
    }
    command.push_back("--");
    for (const std::string &word : trayCommand(start.program, start.profile))
        command.push_back(word);
    return runToTheEnd(command, environment, 5);
}

// What a file for the session bus starts; empty where there is none. Its lines are short.
std::string execIn(const std::string &serviceFile)
{
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(
        std::fopen(serviceFile.c_str(), "re"), std::fclose);
    char line[4096];
    while (file && std::fgets(line, sizeof line, file.get())) {
        const std::string_view text(line, std::strcspn(line, "\n"));
        if (text.starts_with("Exec="))
            return std::string(text.substr(5));
    }
    return {};
}

// Whether the bus would start this very program, and not that of another installation.
bool isActivatable(const Start &start)
{
    const char *home = valueIn(start.environment, "HOME");
    for (const std::string &folder : {std::string(home ? home : "") + "/.local/share",
                                      std::string("/usr/local/share"), std::string("/usr/share")}) {
        const std::string exec = execIn(folder + "/dbus-1/services/" GRAPH_VALET_APP_ID ".service");
        if (!exec.empty())
            return exec == start.program + " --background"; // the first folder wins
    }
    return false;
}

// A bus starts one program with one environment: the default profile without settings of its own.
bool startByBus(const Start &start)
{
    const std::string tool = "/usr/bin/dbus-send";
    if (start.profile != "default" || !isProgram(tool) || !isActivatable(start))
        return false;
    const std::string service = "string:" GRAPH_VALET_APP_ID;
    return runToTheEnd({tool, "--session", "--print-reply", "--reply-timeout=5000",
                        "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                        "org.freedesktop.DBus.StartServiceByName", service, "uint32:0"},
                       busEnvironment(start), 6);
}

// Settings, a browser or a display that the session may know nothing of.
bool hasOwnVariables(const Start &start)
{
    for (const std::string &entry : start.environment) {
        const std::string_view name = std::string_view(entry).substr(0, entry.find('='));
        if (name.starts_with("GRAPH_VALET_") || isPersonsVariable(name))
            return true;
    }
    return false;
}

bool knowsDisplay(const Start &start)
{
    return valueIn(start.environment, "DISPLAY") || valueIn(start.environment, "WAYLAND_DISPLAY");
}

bool startInSession(const Start &start)
{
    if (!isLoginSession(start))
        return false;
    if (hasOwnVariables(start))
        return startBySystemd(start);
    // Not every session tells systemd and the bus of its display.
    if (knowsDisplay(start))
        return startBySystemd(start) || startByBus(start);
    return startByBus(start) || startBySystemd(start);
}

void startSomehow(const void *argument)
{
    const auto &start = *static_cast<const Start *>(argument);
    cutLoose();
    if (startInSession(start))
        ::_exit(0);
    Words environment = start.environment;
    fillIn(environment, "XDG_RUNTIME_DIR", start.runtimeFolder);
    const char *runtime = valueIn(environment, "XDG_RUNTIME_DIR");
    const std::string bus = std::string(runtime ? runtime : "") + "/bus";
    if (runtime && isOwnSocket(bus))
        fillIn(environment, "DBUS_SESSION_BUS_ADDRESS", "unix:path=" + bus);
    become(trayCommand(start.program, start.profile), environment);
}

} // namespace

bool launchTray(const valet_link::Locations &locations, const std::string &profile,
                StartedBy startedBy, std::string &problem)
{
    Start start{.program = findTrayProgram(locations),
                .profile = profile,
                .environment = allowedEnvironment(startedBy),
                .runtimeFolder = ownRuntimeFolder()};
    if (start.program.empty()) {
        problem = "graph-valet-tray was not found beside graph-valet nor in PATH; install Graph "
                  "Valet, or start graph-valet-tray once by hand so that it can be found";
        return false;
    }
    return detached(startSomehow, &start, problem);
}
