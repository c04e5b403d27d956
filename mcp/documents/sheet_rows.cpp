// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/sheet_rows.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int lastColumn = 16384;
constexpr int gapLimit = 20; // empty cells that are shown as such

} // namespace

int columnOf(const QString &reference)
{
    int column = 0;
    for (const QChar c : reference) {
        if (c < u'A' || c > u'Z')
            break;
        column = column * 26 + (c.unicode() - u'A' + 1);
        if (column > lastColumn)
            return 0;
    }
    return column;
}

QString columnName(int column)
{
    QString name;
    for (; column > 0; column = (column - 1) / 26)
        name.prepend(QChar(u'A' + (column - 1) % 26));
    return name;
}

void SheetRows::begin(qint64 row)
{
    m_row = row;
    m_lastColumn = 0;
    m_line.clear();
}

bool SheetRows::takes(int column) const
{
    return column > m_lastColumn && m_line.size() <= documentTextLimit;
}

void SheetRows::add(int column, const QString &text)
{
    if (text.isEmpty() || !takes(column))
        return;
    const int gap = column - m_lastColumn - 1;
    if (gap <= gapLimit) {
        m_line += QString(m_lastColumn == 0 ? gap : gap + 1, u'\t');
    } else {
        if (m_lastColumn > 0)
            m_line += u'\t';
        m_line += columnName(column) + u": "_s;
    }
    m_line += text;
    m_lastColumn = column;
}

void SheetRows::end(int times)
{
    if (m_line.isEmpty())
        return;
    if (m_row != m_lastRow + 1)
        m_lines.add(u"[row %1]"_s.arg(m_row));
    for (int i = 0; i < times && !m_lines.isFull(); ++i)
        m_lines.add(m_line);
    m_lastRow = m_row + times - 1;
    m_line.clear();
}

} // namespace mcp
