// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of one part of a Word document: its body, a header, its notes or its comments
// (ECMA-376 part 1, 17).

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"
#include "mcp/documents/word_lists.h"
#include "mcp/documents/word_styles.h"

#include <QHash>

#include <optional>

namespace mcp {

// What the body refers to, in the order in which it does.
struct WordReferences
{
    using Numbers = QHash<QString, int>; // from 1 on, by id

    Numbers footnotes, endnotes, comments;
    QStringList headers, footers; // ids of relations
};

struct WordContext
{
    WordStyles styles;
    WordLists lists;
    WordReferences references;
};

class WordStory final : public XmlHandler
{
public:
    // All outlive it. Of notes and comments only those are read that context refers to.
    WordStory(WordContext &context, const DocumentRelations &relations, DocumentLines &lines);

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override { return m_lines.isFull(); }

    // Ids of relations to parts with more text of it.
    const QStringList &diagrams() const { return m_diagrams; }
    const QStringList &charts() const { return m_charts; }

private:
    struct Link
    {
        QString address;
        qsizetype start = 0; // of its words in the paragraph
    };
    struct Paragraph
    {
        QString text = {};
        QString style = {}, list = {};
        std::optional<int> level = {}, heading = {};
        QStringList behind = {}; // lines of text boxes
        QList<Link> links = {};
        int number = 0; // of the paragraph, to know it again
        bool isJoined = false; // its end is deleted
    };
    struct Field
    {
        QString instruction;
        qsizetype start = 0;
        int paragraph = 0;
        bool hasResult = false;
    };
    struct Row
    {
        QStringList cells;
        QStringList lines; // of the last cell
        int spanned = 0; // columns that it has beside its own
    };

    bool beginProperty(const XmlElement &element);
    bool beginContent(const XmlElement &element);
    bool beginNote(const XmlElement &element);
    void beginField(const XmlElement &element);
    void addReference(WordReferences::Numbers &numbers, const XmlElement &element,
                      const QString &mark);
    void addText(const QString &text);
    void addAddress(const QString &address, qsizetype start);
    void endParagraph();
    void endRow();
    void emitLine(const QString &line);
    QString marksOf(const Paragraph &paragraph);
    bool isHidden() const;

    WordContext &m_context;
    const DocumentRelations &m_relations;
    DocumentLines &m_lines;
    QList<Paragraph> m_paragraphs; // within text boxes the innermost last
    QList<QStringList> m_places; // lines of open cells and text boxes, the innermost last
    QList<Row> m_rows;
    QList<Field> m_fields;
    QString m_note; // the mark of the note or comment that is open
    QStringList m_diagrams, m_charts;
    QString m_joined; // text of paragraphs whose end is deleted
    int m_paragraphCount = 0;
    int m_paragraphProperties = 0; // open ones
    int m_runProperties = 0;
    bool m_isRunHidden = false;
    bool m_takesText = false;
    bool m_takesInstruction = false;
};

} // namespace mcp
