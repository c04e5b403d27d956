// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes in, whole lines out: newline-delimited JSON-RPC as it comes from a socket, in pieces of any
// size. Pure; one framer per connection.

#pragma once

#include <QByteArray>

#include <optional>

namespace mcp {

class LineFramer
{
public:
    static constexpr qsizetype defaultLimit = 4 * 1024 * 1024; // bytes, without the line feed

    struct Frame
    {
        bool tooLong = false; // the line was longer than the limit and is dropped; line is empty
        QByteArray line = {}; // without LF or CR LF, never empty unless tooLong
    };

    explicit LineFramer(qsizetype limit = defaultLimit);

    // Counts from the next line on; a line already too long for the old limit stays dropped.
    void setLimit(qsizetype limit) { m_limit = limit; }
    void append(QByteArrayView bytes);
    // The next whole line; nullopt until more bytes come. Blank lines are skipped. A line that is
    // too long is reported once, as soon as that is known; its rest is dropped.
    std::optional<Frame> next();

private:
    void compact();

    qsizetype m_limit;
    QByteArray m_bytes;
    qsizetype m_begin = 0; // of the line that is being read
    qsizetype m_scanned = 0; // no line feed before this
    bool m_dropping = false; // inside a line that was reported as too long
};

} // namespace mcp
