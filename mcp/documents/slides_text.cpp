// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/slides_text.h"

#include "mcp/documents/drawing_parts.h"
#include "mcp/documents/slide_story.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype slidesLimit = 5000;
constexpr qsizetype commentsLimit = 5000;

class PresentationHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        if (element.is(XmlSpace::Slide, "sldId"))
            slides.append(element.value(XmlSpace::OfficeRelations, "id"));
        return true;
    }
    bool isDone() const override { return slides.size() >= slidesLimit; }

    QStringList slides; // ids of relations, in their order
};

// Who wrote comments, by id.
class AuthorsHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        const bool isAuthor = element.is(XmlSpace::Slide, "cmAuthor")
            || element.is(XmlSpace::SlideComments, "author");
        if (isAuthor && names.size() < commentsLimit)
            names.insert(element.value("id"), element.value("name").simplified());
        return true;
    }

    QHash<QString, QString> names;
};

// Comments, of both the older and the newer kind with replies.
class CommentsHandler final : public XmlHandler
{
public:
    explicit CommentsHandler(const QHash<QString, QString> &authors)
        : m_authors(authors)
    {
    }

    bool begin(const XmlElement &element) override
    {
        if (isComment(element)) {
            m_open.append(
                {.author = m_authors.value(element.value("authorId")), .place = comments.size()});
        }
        m_takesText = element.is(XmlSpace::Slide, "text") || element.is(XmlSpace::Drawing, "t");
        return true;
    }
    void end(const XmlElement &element) override
    {
        m_takesText = false;
        if (m_open.isEmpty())
            return;
        if (element.is(XmlSpace::Drawing, "p")) {
            m_open.last().text += u'\n';
        } else if (isComment(element)) {
            // Replies stand in what they reply to, and come behind it.
            const Comment ended = m_open.takeLast();
            const QString words = documentCell(ended.text.split(u'\n'));
            if (!words.isEmpty()) {
                comments.insert(ended.place,
                                ended.author.isEmpty() ? words : ended.author + u": "_s + words);
            }
        }
    }
    void text(const QString &text) override
    {
        if (m_takesText && !m_open.isEmpty() && m_open.last().text.size() < documentTextLimit)
            m_open.last().text += text;
    }
    bool isDone() const override { return comments.size() >= commentsLimit; }

    QStringList comments;

private:
    struct Comment
    {
        QString author = {}, text = {};
        qsizetype place = 0; // among the comments
    };

    static bool isComment(const XmlElement &element)
    {
        return element.is(XmlSpace::Slide, "cm") || element.is(XmlSpace::SlideComments, "cm")
            || element.is(XmlSpace::SlideComments, "reply");
    }

    const QHash<QString, QString> &m_authors;
    QList<Comment> m_open; // the innermost last
    bool m_takesText = false;
};

void readSlide(DocumentPackage &package, const QString &part, int number,
               const QHash<QString, QString> &authors, DocumentLines &lines)
{
    const DocumentRelations relations = package.relationsOf(part);
    SlideStory slide(SlideStory::Kind::Slide, relations);
    package.read(part, slide);
    QString head = u"# Slide %1"_s.arg(number);
    if (slide.isHidden())
        head += u" (hidden)"_s;
    if (!slide.title().isEmpty())
        head += u": "_s + slide.title();
    lines.add(QString());
    lines.add(head);
    lines.add(slide.lines());
    readDrawingParts(package, relations, slide.diagrams(), slide.charts(), lines);

    const QString notesPart = relations.firstPart("notesSlide"_L1);
    const DocumentRelations notesRelations = package.relationsOf(notesPart);
    SlideStory notes(SlideStory::Kind::Notes, notesRelations);
    package.read(notesPart, notes);
    if (!notes.lines().isEmpty()) {
        lines.add(u"Notes:"_s);
        lines.add(notes.lines());
    }
    CommentsHandler comments(authors);
    package.read(relations.firstPart("comments"_L1), comments);
    if (!comments.comments.isEmpty()) {
        lines.add(u"Comments:"_s);
        lines.add(comments.comments);
    }
}

} // namespace

void readPresentation(DocumentPackage &package, const QString &part, DocumentLines &lines)
{
    PresentationHandler presentation;
    package.read(part, presentation);
    const DocumentRelations relations = package.relationsOf(part);
    AuthorsHandler authors;
    package.read(relations.firstPart("commentAuthors"_L1), authors);
    package.read(relations.firstPart("authors"_L1), authors);
    int number = 0;
    for (const QString &id : std::as_const(presentation.slides)) {
        if (lines.isFull())
            return;
        readSlide(package, relations.part(id), ++number, authors.names, lines);
    }
}

} // namespace mcp
