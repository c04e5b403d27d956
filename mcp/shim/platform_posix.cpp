// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/platform.h"
#include "mcp/shim/streams_posix.h"

#include <cstdlib>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void preparePlatform()
{
    prepareStreams();
#ifdef __GLIBC__
    // mallopt(3): a fixed threshold, or one large answer makes the allocator keep such blocks.
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

std::vector<std::string> platformArguments(int count, char **words)
{
    return {words + (count > 0 ? 1 : 0), words + count};
}

const char *profileVariable()
{
    return std::getenv("GRAPH_VALET_PROFILE");
}

void finishPlatform(int code)
{
    ::_exit(code);
}
