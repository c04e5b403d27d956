// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/html_lines.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Deeper ones would be more margin than text.
constexpr int marginLimit = 8;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

} // namespace

void HtmlLines::add(const QString &text, bool keepsSpaces)
{
    for (const QChar c : text) {
        if (keepsSpaces && c == u'\n') {
            breakLine();
        } else if (!keepsSpaces && isSpace(c)) {
            m_hasSpace = true;
        } else {
            flush();
            m_text += c == QChar::Nbsp ? QChar(u' ') : c;
        }
    }
}

void HtmlLines::addBehind(const QString &text)
{
    if (m_text.isEmpty())
        flush();
    m_text += text;
}

void HtmlLines::beginBlock()
{
    // The first block of a cell goes on in the cell's line.
    if (m_bars == 0)
        m_breaks = qMax(m_breaks, 1);
}

void HtmlLines::breakLine()
{
    if (m_bars == 0)
        ++m_breaks;
}

void HtmlLines::beginEntry(qsizetype depth, int number)
{
    beginBlock();
    const QString margin((qBound(qsizetype(1), depth, qsizetype(marginLimit)) - 1) * 2, u' ');
    m_bullet = margin + (number > 0 ? QString::number(number) + u'.' : u"-"_s) + u' ';
}

void HtmlLines::beginRow()
{
    beginBlock();
    m_rows.append({.start = m_text.size(), .barsBefore = m_bars});
}

void HtmlLines::beginCell()
{
    if (m_rows.isEmpty()) {
        beginBlock();
        return;
    }
    Row &row = m_rows.last();
    m_hasSpace = false;
    if (row.cells++ == 0)
        return;
    ++m_bars;
    if (m_text.size() > row.start)
        m_breaks = 0;
}

void HtmlLines::endRow()
{
    if (m_rows.isEmpty())
        return;
    m_bars = qMin(m_bars, m_rows.takeLast().barsBefore);
    beginBlock();
}

void HtmlLines::flush()
{
    if (m_breaks > 0 || m_text.isEmpty()) {
        // More than one empty line is none the clearer.
        if (!m_text.isEmpty())
            m_text += QString(qMin(m_breaks, 2), u'\n');
        for (int i = 0; i < qMin(m_quotes, marginLimit); ++i)
            m_text += u"> "_s;
        m_hasSpace = false;
    }
    m_breaks = 0;
    for (; m_bars > 0; --m_bars) {
        m_text += u" | "_s;
        m_hasSpace = false;
    }
    m_text += m_bullet;
    m_bullet.clear();
    if (m_hasSpace && !m_text.isEmpty() && !m_text.endsWith(u' '))
        m_text += u' ';
    m_hasSpace = false;
}

} // namespace mcp
