// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text as it comes out of HTML, laid out as lines: spaces fall together, and line breaks, bullets
// and bars between cells are written only once there is text behind them.

#pragma once

#include <QList>
#include <QString>

namespace mcp {

class HtmlLines
{
public:
    void add(const QString &text, bool keepsSpaces);
    // To the end of what was written last, even where a block ended since.
    void addBehind(const QString &text);
    void beginBlock(); // also ends one
    void breakLine();

    void beginQuote() { ++m_quotes; }
    void endQuote() { --m_quotes; }

    // number: 0 for a bullet.
    void beginEntry(qsizetype depth, int number);
    void endEntry() { m_bullet.clear(); }

    void beginRow();
    void beginCell();
    void endRow();

    QString text() const { return m_text; }

private:
    struct Row
    {
        qsizetype start = 0; // of its text
        int cells = 0;
        int barsBefore = 0;
    };

    void flush();

    QString m_text;
    QString m_bullet; // for the next text
    QList<Row> m_rows; // the innermost last
    int m_breaks = 0;
    int m_bars = 0;
    int m_quotes = 0;
    bool m_hasSpace = false;
};

} // namespace mcp
