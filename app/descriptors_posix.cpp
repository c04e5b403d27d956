// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/descriptors.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace descriptors {

void closeInherited()
{
    for (int fd = 0; fd <= 2; ++fd) {
        // open() takes the lowest free number, which is fd.
        if (::fcntl(fd, F_GETFD) == -1 && ::open("/dev/null", O_RDWR) != fd)
            std::abort();
    }
    // /dev/fd is Linux's /proc/self/fd and macOS's own.
    DIR *directory = ::opendir("/dev/fd");
    if (!directory)
        return;
    std::vector<int> open;
    while (const dirent *entry = ::readdir(directory)) {
        const int fd = std::atoi(entry->d_name);
        if (fd > 2 && fd != ::dirfd(directory))
            open.push_back(fd);
    }
    ::closedir(directory);
    for (const int fd : open)
        ::close(fd);
}

} // namespace descriptors
