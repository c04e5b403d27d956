// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of one slide, or of its notes (ECMA-376 part 1, 19.3 and 21.1).

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"

#include <array>

namespace mcp {

class SlideStory final : public XmlHandler
{
public:
    enum class Kind { Slide, Notes };

    // relations outlives it.
    SlideStory(Kind kind, const DocumentRelations &relations);

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override { return m_size > documentTextLimit; }

    const QString &title() const { return m_title; }
    const QStringList &lines() const { return m_lines; }
    bool isHidden() const { return m_isHidden; }
    // Ids of relations to parts with more text of it.
    const QStringList &diagrams() const { return m_diagrams; }
    const QStringList &charts() const { return m_charts; }

private:
    struct Shape
    {
        QString placeholder; // its type
        QStringList lines;
        bool isHidden = false;
    };
    struct Paragraph
    {
        int level = 0;
        QString number; // its format; empty: none
        bool hasBullet = false;
    };
    static constexpr int levelCount = 9;

    void beginShape() { m_shapes.append(Shape{}); }
    void beginDrawing(const XmlElement &element);
    void endDrawing(const XmlElement &element);
    void endShape();
    void endParagraph();
    void endLink();
    void add(const QString &text);
    void addLine(const QString &line);

    Kind m_kind;
    const DocumentRelations &m_relations;
    QString m_title;
    QStringList m_lines, m_diagrams, m_charts;
    QList<Shape> m_shapes; // within groups the innermost last
    QString m_text; // of the paragraph
    Paragraph m_paragraph;
    std::array<int, levelCount> m_numbers{};
    QStringList m_cells, m_cellLines;
    bool m_isInCell = false;
    QString m_runLink, m_link; // of the run; of the words since m_linkStart
    qsizetype m_linkStart = 0;
    qsizetype m_size = 0; // of all text
    bool m_isInRunProperties = false;
    bool m_takesText = false;
    bool m_isHidden = false;
};

} // namespace mcp
