// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The text of an OpenDocument's content, or of the headers and footers in its styles.

#pragma once

#include "mcp/documents/document_lines.h"
#include "mcp/documents/open_styles.h"
#include "mcp/documents/sheet_rows.h"
#include "mcp/documents/xml_element.h"

#include <QHash>

#include <memory>

namespace mcp {

class OpenStory final : public XmlHandler
{
public:
    // Both outlive it. styles: those of styles.xml; it adds the content's own.
    OpenStory(OpenStyles &styles, DocumentLines &lines);

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override { return m_lines.isFull(); }

    bool hasText() const { return m_isTextDocument; }
    // Each with its mark in front.
    const QStringList &notes() const { return m_notes; }
    const QStringList &comments() const { return m_comments; }

private:
    struct Paragraph
    {
        QString text = {};
        int heading = 0;
        QStringList behind = {}; // lines of frames
        QList<std::pair<QString, qsizetype>> links = {}; // address, start of its words
    };
    struct List
    {
        QString style = {};
        int entries = 0;
        bool isAtEntry = false; // whose first line has not come yet
    };
    // Where finished lines go.
    struct Place
    {
        QStringList lines = {};
        qsizetype paragraphs = 0; // open ones outside
        qsizetype lists = 0;
    };
    struct Cell
    {
        QString date = {}; // instead of its text; empty: none
        int column = 0, repeats = 1; // from 1 on
    };

    bool beginText(const XmlElement &element);
    bool beginTable(const XmlElement &element);
    bool beginDraw(const XmlElement &element);
    void beginPlace();
    QStringList endPlace();
    void endParagraph();
    void endCell();
    void endRow();
    void endSlide();
    void emitLine(const QString &line);
    void emitLines(const QStringList &lines);
    void beginList(const XmlElement &element);
    qsizetype listDepth() const;
    QString entryMarks();
    void addText(const QString &text);

    OpenStyles &m_styles;
    DocumentLines &m_lines;
    QList<Paragraph> m_paragraphs;
    QList<List> m_lists;
    QList<Place> m_places;
    QStringList m_notes, m_comments;

    QHash<QString, int> m_counts; // entries of lists that may go on, by style and level

    QString m_author, m_day; // of the comment
    QString m_description; // of the frame
    QString *m_takes = nullptr;

    QList<Cell> m_cells; // within tables in cells the innermost last
    QList<QStringList> m_rows;
    std::unique_ptr<SheetRows> m_sheet;
    qint64 m_row = 0;
    int m_rowRepeats = 1;
    int m_column = 0;

    QString m_slideHead, m_title;
    QList<QString> m_frames; // what they are for
    int m_slides = 0;
    bool m_isTextDocument = false;
    bool m_isSheets = false;
    bool m_isShown = false; // within the body, or a header or footer
};

} // namespace mcp
