// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One sheet of a workbook as rows of text (ECMA-376 part 1, 18.3).

#pragma once

#include "mcp/documents/cell_formats.h"
#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"
#include "mcp/documents/shared_strings.h"
#include "mcp/documents/sheet_rows.h"

namespace mcp {

struct WorkbookContext
{
    SharedStrings strings;
    CellStyles styles;
    bool from1904 = false;
    qint64 charactersLeft = 64'000'000; // that cells may take out of the shared ones
};

class SheetText final : public XmlHandler
{
public:
    // All outlive it.
    SheetText(WorkbookContext &context, const DocumentRelations &relations, DocumentLines &lines);

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override { return m_lines.isFull() || m_context.charactersLeft < 0; }

    // "B4: https://..."
    const QStringList &links() const { return m_links; }

private:
    void beginCell(const XmlElement &element);
    QString sharedText(qsizetype index);
    QString cellText();
    void endCell();

    WorkbookContext &m_context;
    const DocumentRelations &m_relations;
    DocumentLines &m_lines;
    SheetRows m_rows;
    QStringList m_links;
    qint64 m_row = 0; // from 1 on, as the column
    int m_column = 0;
    QString m_type, m_value, m_formula; // of the cell
    qsizetype m_style = 0;
    QString *m_takes = nullptr;
};

} // namespace mcp
