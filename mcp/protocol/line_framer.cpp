// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/line_framer.h"

namespace mcp {

LineFramer::LineFramer(qsizetype limit)
    : m_limit(limit)
{
}

void LineFramer::append(QByteArrayView bytes)
{
    if (m_dropping) {
        // Nothing of a dropped line is kept, however long it goes on.
        const qsizetype end = bytes.indexOf('\n');
        if (end < 0)
            return;
        m_dropping = false;
        bytes = bytes.sliced(end + 1);
    }
    m_bytes.append(bytes);
}

std::optional<LineFramer::Frame> LineFramer::next()
{
    for (;;) {
        const qsizetype end = m_bytes.indexOf('\n', m_scanned);
        const qsizetype length = (end < 0 ? m_bytes.size() : end) - m_begin;
        if (length > m_limit) {
            m_dropping = end < 0;
            m_begin = m_scanned = m_dropping ? m_bytes.size() : end + 1;
            compact();
            return Frame{.tooLong = true};
        }
        if (end < 0) {
            m_scanned = m_bytes.size();
            compact();
            return std::nullopt;
        }
        qsizetype last = length;
        if (last > 0 && m_bytes.at(m_begin + last - 1) == '\r')
            --last;
        QByteArray line = m_bytes.mid(m_begin, last);
        m_begin = m_scanned = end + 1;
        if (!line.trimmed().isEmpty())
            return Frame{.line = std::move(line)};
    }
}

// Drops what was handed out, once per piece that came in rather than once per line.
void LineFramer::compact()
{
    if (m_begin == 0)
        return;
    m_bytes.remove(0, m_begin);
    m_scanned -= m_begin;
    m_begin = 0;
    if (m_bytes.isEmpty() && m_bytes.capacity() > 64 * 1024)
        m_bytes = QByteArray(); // one large message must not cost memory for ever
}

} // namespace mcp
