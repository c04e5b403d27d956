// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The standard streams and the parent process, as poll(2) likes them.

#pragma once

#include <string_view>

// A descriptor that is written to without ever blocking: a client that sends much before it reads
// must not lock itself and the relay up. The descriptor's own flags are not touched, because other
// processes may share them.
class OutputStream
{
public:
    explicit OutputStream(int descriptor);
    ~OutputStream();
    OutputStream(const OutputStream &) = delete;
    OutputStream &operator=(const OutputStream &) = delete;

    // Like write(2). Where canWriteOn() is false, poll must have announced each call.
    long write(std::string_view bytes);
    bool canWriteOn() const { return m_kind != Kind::OnlyAnnounced; }

private:
    enum class Kind { Socket, NonBlocking, OnlyAnnounced };
    int m_descriptor;
    Kind m_kind = Kind::OnlyAnnounced;
    bool m_isOwned = false;
};

// Descriptors 0, 1 and 2 exist from now on, so that no socket becomes one of them; writing where
// nobody reads is an error code, no signal; SIGINT, SIGTERM and SIGHUP end this process, whatever
// the parent ignored or blocked.
void prepareStreams();

// A descriptor that becomes readable when the parent process ends; -1 where that cannot be had
// (then the ends of stdin and stdout remain).
int watchParent();

// One line on stderr; dropped where it cannot be written at once.
void complain(std::string_view text);
