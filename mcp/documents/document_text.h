// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text of Office's files: Word, Excel and PowerPoint (ECMA-376, both conformance classes) and
// OpenDocument. Pure: nothing is followed out of the file, and nothing in it is run.

#pragma once

#include <QByteArray>
#include <QString>

namespace mcp {

enum class DocumentKind {
    None, // no document that could be read here
    Package, // docx, xlsx, pptx, odt, ods, odp and their relatives
    Old, // doc, xls, ppt, xlsb
};

// By the end of the name, and by what Graph calls it where the name has none of these.
DocumentKind documentKindOf(const QString &mimeType, const QString &name);

// How reading ended; all but Whole have a sentence (documentRemark).
enum class DocumentEnd {
    Whole,
    TooLong, // the text reached textLimit
    TooLarge, // the file unpacks to more than is read, or is nested deeper
    Damaged,
    Protected, // by a password
    Old, // of a format before 2007, or one that is not XML
    Unknown, // none of these documents
};

struct DocumentText
{
    QString text; // what could be read, whatever the end; may be empty
    DocumentEnd end = DocumentEnd::Whole;
};

constexpr qsizetype documentTextLimit = 2'000'000; // characters

// Paragraphs are lines; what a person finds beside them (notes, comments, headers) follows behind.
// Cells stand between tabs, headings begin with "#", as do sheets and slides. Clean as by
// outsideText(), but for the tabs, which that would take away. The kind is seen in the file
// itself. Takes up to a second for hostile files.
DocumentText documentText(const QByteArray &file);

// A sentence for a model that says why there is no text, or not all; empty: this is all.
QString documentRemark(const DocumentText &document);

} // namespace mcp
