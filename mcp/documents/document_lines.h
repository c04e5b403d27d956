// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of a document as lines: clean, and of bounded length.

#pragma once

#include "mcp/documents/document_text.h"

#include <QStringList>

namespace mcp {

class DocumentLines
{
public:
    // Tabs part its cells. Empty lines: one at most, between others.
    void add(const QString &line);
    void add(const QStringList &lines);

    bool isFull() const { return m_isFull; }
    const QString &text() const { return m_text; }

private:
    QString m_text;
    bool m_hasGap = false;
    bool m_isFull = false;
};

// As one cell of a row: clean, what is in several lines stands behind " / ".
QString documentCell(const QStringList &lines);

} // namespace mcp
