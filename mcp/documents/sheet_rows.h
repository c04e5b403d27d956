// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rows of a sheet as lines: cells between tabs, each row from column A on. Where rows are left out,
// because they are empty, "[row 12]" says which one follows; where more than a few cells are, the
// next one begins with its column ("AB: "). So every cell's place can be told.

#pragma once

#include "mcp/documents/document_lines.h"

namespace mcp {

class SheetRows
{
public:
    // lines outlives it.
    explicit SheetRows(DocumentLines &lines)
        : m_lines(lines)
    {
    }

    // row, column: from 1 on.
    void begin(qint64 row);
    // Whether there is room for it; cells come from left to right.
    bool takes(int column) const;
    void add(int column, const QString &text);
    // times: how often the row stands there, one below the other.
    void end(int times = 1);

private:
    DocumentLines &m_lines;
    QString m_line;
    qint64 m_row = 0, m_lastRow = 0;
    int m_lastColumn = 0;
};

// "AB12" as column 28; 0: none.
int columnOf(const QString &reference);
QString columnName(int column);

} // namespace mcp
