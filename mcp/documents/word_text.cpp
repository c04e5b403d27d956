// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/word_text.h"

#include "mcp/documents/drawing_parts.h"
#include "mcp/documents/word_story.h"

#include <QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

void readNotes(DocumentPackage &package, const QString &part, const QString &title,
               WordContext &context, DocumentLines &lines)
{
    const DocumentRelations relations = package.relationsOf(part);
    DocumentLines notes;
    WordStory story(context, relations, notes);
    package.read(part, story);
    if (notes.text().isEmpty())
        return;
    lines.add(QString());
    lines.add(title);
    lines.add(notes.text().split(u'\n'));
}

// Those of the first page, of even and odd ones, and of every section often say the same.
void readMargins(DocumentPackage &package, const DocumentRelations &relations,
                 const QStringList &ids, const QString &title, WordContext &context,
                 DocumentLines &lines)
{
    QSet<QString> said;
    QSet<QString> read;
    for (const QString &id : ids) {
        const QString part = relations.part(id);
        if (lines.isFull() || read.contains(part))
            continue;
        read.insert(part);
        const DocumentRelations itsRelations = package.relationsOf(part);
        DocumentLines margin;
        WordStory story(context, itsRelations, margin);
        package.read(part, story);
        if (margin.text().isEmpty() || said.contains(margin.text()))
            continue;
        lines.add(QString());
        if (said.isEmpty())
            lines.add(title);
        said.insert(margin.text());
        lines.add(margin.text().split(u'\n'));
    }
}

} // namespace

void readWordDocument(DocumentPackage &package, const QString &part, DocumentLines &lines)
{
    const DocumentRelations relations = package.relationsOf(part);
    WordContext context;
    package.read(relations.firstPart("styles"_L1), context.styles);
    package.read(relations.firstPart("numbering"_L1), context.lists);
    {
        WordStory body(context, relations, lines);
        package.read(part, body);
        readDrawingParts(package, relations, body.diagrams(), body.charts(), lines);
    }
    const WordReferences &references = context.references;
    if (!references.footnotes.isEmpty())
        readNotes(package, relations.firstPart("footnotes"_L1), u"Footnotes:"_s, context, lines);
    if (!references.endnotes.isEmpty())
        readNotes(package, relations.firstPart("endnotes"_L1), u"Endnotes:"_s, context, lines);
    if (!references.comments.isEmpty())
        readNotes(package, relations.firstPart("comments"_L1), u"Comments:"_s, context, lines);
    const auto [headers, footers] = std::pair(references.headers, references.footers);
    readMargins(package, relations, headers, u"Header:"_s, context, lines);
    readMargins(package, relations, footers, u"Footer:"_s, context, lines);
}

} // namespace mcp
