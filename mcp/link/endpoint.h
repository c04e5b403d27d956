// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the two programs of one user and profile find each other: folders, socket, rendezvous.
// Both programs compute everything here from HOME, the user id and the profile alone, because AI
// clients start graph-valet with hardly any environment. Qt-free; used by both programs.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace valet_link {

// Everything that belongs to one profile. Paths are absolute and UTF-8; on Windows `socket` is a
// pipe name.
struct Locations
{
    std::string stateDirectory; // 0700: rendezvous, lock, log
    std::string socketDirectory; // 0700; empty on Windows
    std::string socket; // where the tray process listens; a relay asks the rendezvous first
    std::string rendezvousFile;
    std::string lockFile;
    std::string logFile;
};

// What the tray process leaves for those who look for it.
struct Rendezvous
{
    std::string socket;
    long long pid = 0;
    std::string version;
    std::string trayProgram; // absolute path of the program that wrote it
};

// `[a-z0-9-]{1,32}`
bool isValidProfile(std::string_view profile);

// nullopt where no home folder can be found or a socket's path would be longer than the system
// allows; error then says so. The Windows pipe name is random: one per process and profile.
std::optional<Locations> locationsFor(const std::string &profile, std::string &error);

// Makes the folder (and its parents) with mode 0700 where it does not exist, and checks that it
// belongs to this user and that nobody else can enter it. A symbolic link as last part is refused.
bool ensurePrivateDirectory(const std::string &path, std::string &error);

// The same check without making anything; a client asks this of a socket's folder before it speaks.
bool isPrivateDirectory(const std::string &path, std::string &error);

// Atomic (temporary file and rename), mode 0600. The tray process calls this after it listens.
bool writeRendezvous(const Locations &locations, const Rendezvous &rendezvous, std::string &error);

// nullopt where there is none, it is not ours, larger than 4 KiB, or damaged.
std::optional<Rendezvous> readRendezvous(const Locations &locations);

// Removes the file if this process wrote it.
void removeRendezvous(const Locations &locations);

} // namespace valet_link
