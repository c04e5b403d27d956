// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an attacker would have loaded through LD_PRELOAD or LD_LIBRARY_PATH: notes the program that
// loaded it in a file "<library>.loaded" beside itself. For test_hostile_environment. Needs no C++
// runtime, because it plays one.

#include <cstdio>
#include <dlfcn.h>
#include <unistd.h>

namespace {

void noteProgram();

__attribute__((constructor)) void noteProgram()
{
    Dl_info self{};
    char program[4096];
    const ssize_t size = ::readlink("/proc/self/exe", program, sizeof program - 1);
    if (size <= 0 || !::dladdr(reinterpret_cast<const void *>(&noteProgram), &self))
        return;
    program[size] = '\0';
    char path[4096];
    std::snprintf(path, sizeof path, "%s.loaded", self.dli_fname);
    if (FILE *marker = std::fopen(path, "a")) {
        std::fprintf(marker, "%s\n", program);
        std::fclose(marker);
    }
}

} // namespace
