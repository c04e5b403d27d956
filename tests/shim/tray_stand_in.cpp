// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes the place of graph-valet-tray beside a copy of graph-valet: writes down how it was started
// (arguments, environment, descriptors, folder, session) into HOME, and ends.

#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <string>
#include <unistd.h>

extern char **environ;

int main(int count, char **words)
{
    const char *home = std::getenv("HOME");
    if (!home)
        return 1;
    // Descriptors first: the report itself is one.
    std::string descriptors;
    if (DIR *folder = ::opendir("/proc/self/fd")) {
        while (const struct dirent *entry = ::readdir(folder)) {
            const int number = std::atoi(entry->d_name);
            if (entry->d_name[0] == '.' || number == ::dirfd(folder))
                continue;
            char target[4096];
            const ssize_t size =
                ::readlink((std::string("/proc/self/fd/") + entry->d_name).c_str(), target, 4095);
            descriptors += std::string("fd ") + entry->d_name + " "
                + std::string(target, size > 0 ? std::size_t(size) : 0) + "\n";
        }
        ::closedir(folder);
    }
    const std::string path = std::string(home) + "/started";
    const std::string temporary = path + "." + std::to_string(::getpid());
    std::FILE *report = std::fopen(temporary.c_str(), "w");
    if (!report)
        return 1;
    for (int i = 0; i < count; ++i)
        std::fprintf(report, "arg %s\n", words[i]);
    for (char **entry = environ; *entry; ++entry)
        std::fprintf(report, "env %s\n", *entry);
    std::fputs(descriptors.c_str(), report);
    char folder[4096];
    std::fprintf(report, "cwd %s\n", ::getcwd(folder, sizeof folder));
    std::fprintf(report, "session %s\n", ::getsid(0) == ::getpgrp() ? "own group" : "other");
    std::fprintf(report, "sid %d\n", static_cast<int>(::getsid(0)));
    std::fclose(report);
    return std::rename(temporary.c_str(), path.c_str()) == 0 ? 0 : 1;
}
