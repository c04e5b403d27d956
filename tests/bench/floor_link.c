// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The least that a call through two processes and a local socket costs, in bare C; the floor that
// bench_memory measures the relay and the tray process against.
//   floor-link serve SOCKET    sends back what it reads; says "ready" first
//   floor-link relay SOCKET    standard input to the socket, the socket to standard output

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char bytes[64 * 1024];

// Whether there is more to come.
static int pass(int from, int to)
{
    const ssize_t count = read(from, bytes, sizeof bytes);
    return count > 0 && write(to, bytes, (size_t)count) == count;
}

static int serve(int listener)
{
    struct pollfd slots[64] = {{.fd = listener, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    nfds_t count = 2;
    puts("ready");
    fflush(stdout);
    for (;;) {
        if (poll(slots, count, -1) < 0 || slots[1].revents)
            return 0; // whoever started it is gone
        if (slots[0].revents && count < 64)
            slots[count++] = (struct pollfd){.fd = accept(listener, NULL, NULL), .events = POLLIN};
        for (nfds_t i = 2; i < count; ++i) {
            if (slots[i].revents && !pass(slots[i].fd, slots[i].fd)) {
                close(slots[i].fd);
                slots[i--] = slots[--count];
            }
        }
    }
}

static int relay(int server)
{
    struct pollfd slots[2] = {{.fd = 0, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    for (;;) {
        if (poll(slots, 2, -1) < 0)
            return 1;
        if ((slots[0].revents && !pass(0, server)) || (slots[1].revents && !pass(server, 1)))
            return 0;
    }
}

int main(int count, char **words)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (count != 3 || strlen(words[2]) >= sizeof address.sun_path || end < 0)
        return 2;
    memcpy(address.sun_path, words[2], strlen(words[2]) + 1);
    if (strcmp(words[1], "serve") == 0) {
        unlink(words[2]);
        if (bind(end, (const struct sockaddr *)&address, sizeof address) != 0
            || listen(end, 50) != 0)
            return 1;
        return serve(end);
    }
    if (connect(end, (const struct sockaddr *)&address, sizeof address) != 0)
        return 1;
    return relay(end);
}
