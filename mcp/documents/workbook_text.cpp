// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/workbook_text.h"

#include "mcp/documents/sheet_text.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype sheetsLimit = 2000;
constexpr qsizetype commentsLimit = 5000;

struct Sheet
{
    QString name, relation;
    bool isHidden = false;
};

class WorkbookHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        if (element.is(XmlSpace::Sheet, "workbookPr")) {
            const QString from1904 = element.value("date1904");
            isFrom1904 = from1904 == "1"_L1 || from1904 == "true"_L1;
        } else if (element.is(XmlSpace::Sheet, "sheet") && sheets.size() < sheetsLimit) {
            const QString state = element.value("state");
            sheets.append({.name = element.value("name").simplified(),
                           .relation = element.value(XmlSpace::OfficeRelations, "id"),
                           .isHidden = !state.isEmpty() && state != "visible"_L1});
        }
        return true;
    }

    QList<Sheet> sheets;
    bool isFrom1904 = false;
};

// Names of those who take part in threads, by id.
class PersonsHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        if (element.is(XmlSpace::ThreadedComments, "person") && names.size() < commentsLimit)
            names.insert(element.value("id"), element.value("displayName").simplified());
        return true;
    }

    QHash<QString, QString> names;
};

// Notes of cells (18.7), and threads, of which Excel keeps a copy among the notes.
class CommentsHandler final : public XmlHandler
{
public:
    explicit CommentsHandler(const QHash<QString, QString> &persons)
        : m_persons(persons)
    {
    }

    bool begin(const XmlElement &element) override
    {
        const auto name = element.name();
        if (element.space() == XmlSpace::ThreadedComments) {
            if (name == "threadedComment")
                beginComment(element, m_persons.value(element.value("personId")));
            m_takes = name == "text" ? &m_text : m_takes;
        } else if (element.space() == XmlSpace::Sheet) {
            if (name == "author") {
                m_authors.append(QString());
                m_takes = &m_authors.last();
            } else if (name == "comment") {
                beginComment(element, m_authors.value(element.value("authorId").toLongLong()));
            } else if (name == "t") {
                m_takes = &m_text;
            }
            return name != "rPh";
        }
        return true;
    }
    void end(const XmlElement &element) override
    {
        const auto name = element.name();
        if (name == "author" || name == "t" || name == "text")
            m_takes = nullptr;
        // The copy of a thread is told by its author's name.
        const bool isCopy = m_author.startsWith("tc="_L1);
        if ((name == "comment" || name == "threadedComment") && !isCopy) {
            QString words = documentCell(m_text.split(u'\n'));
            // Excel writes the author's name in front.
            if (!m_author.isEmpty() && words.startsWith(m_author + u':'))
                words = words.mid(m_author.size() + 1);
            words.remove(0, words.startsWith(" / "_L1) ? 3 : 0);
            comments.append(m_place + (m_author.isEmpty() ? QString() : u' ' + m_author) + u": "_s
                            + words.trimmed());
        }
    }
    void text(const QString &text) override
    {
        if (m_takes && m_takes->size() < documentTextLimit)
            *m_takes += text;
    }
    bool isDone() const override
    {
        return comments.size() >= commentsLimit || m_authors.size() > commentsLimit;
    }

    QStringList comments;

private:
    void beginComment(const XmlElement &element, const QString &author)
    {
        m_place = element.value("ref").left(20);
        m_author = author.simplified();
        m_text.clear();
    }

    const QHash<QString, QString> &m_persons;
    QStringList m_authors;
    QString m_place, m_author, m_text;
    QString *m_takes = nullptr;
};

void addList(const QString &title, const QStringList &list, DocumentLines &lines)
{
    if (list.isEmpty())
        return;
    lines.add(title);
    lines.add(list);
}

} // namespace

void readWorkbook(DocumentPackage &package, const QString &part, DocumentLines &lines)
{
    WorkbookHandler workbook;
    package.read(part, workbook);
    const DocumentRelations relations = package.relationsOf(part);
    WorkbookContext context;
    context.from1904 = workbook.isFrom1904;
    package.read(relations.firstPart("styles"_L1), context.styles);
    package.read(relations.firstPart("sharedStrings"_L1), context.strings);
    if (context.strings.isDone())
        package.setEnd(DocumentEnd::TooLarge);
    PersonsHandler persons;
    package.read(relations.firstPart("person"_L1), persons);
    for (const Sheet &sheet : std::as_const(workbook.sheets)) {
        if (lines.isFull() || context.charactersLeft < 0)
            break;
        lines.add(QString());
        lines.add(u"# "_s + sheet.name + (sheet.isHidden ? u" (hidden)"_s : QString()));
        const QString type = relations.type(sheet.relation);
        if (type != "worksheet"_L1) {
            lines.add(type == "chartsheet"_L1 ? u"(a chart)"_s : u"(no cells)"_s);
            continue;
        }
        const QString sheetPart = relations.part(sheet.relation);
        const DocumentRelations sheetRelations = package.relationsOf(sheetPart);
        SheetText cells(context, sheetRelations, lines);
        package.read(sheetPart, cells);
        addList(u"Links:"_s, cells.links(), lines);
        CommentsHandler comments(persons.names);
        package.read(sheetRelations.firstPart("comments"_L1), comments);
        package.read(sheetRelations.firstPart("threadedComment"_L1), comments);
        addList(u"Comments:"_s, comments.comments, lines);
    }
    if (context.charactersLeft < 0)
        package.setEnd(DocumentEnd::TooLarge);
}

} // namespace mcp
