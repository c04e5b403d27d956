// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The least that any MCP server on stdio costs: a bare C program with a canned answer. The floor
// that bench_spawn measures graph-valet against.

#include <string.h>
#include <unistd.h>

static const char answer[] =
    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
    "{\"tools\":{}},\"serverInfo\":{\"name\":\"floor\",\"version\":\"1\"}}}\n";

int main(void)
{
    char bytes[4096];
    for (;;) {
        const ssize_t count = read(0, bytes, sizeof bytes);
        if (count <= 0)
            return 0;
        if (memchr(bytes, '\n', (size_t)count)
            && write(1, answer, sizeof answer - 1) != (ssize_t)(sizeof answer - 1))
            return 1;
    }
}
