// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/open_story.h"

#include "mcp/documents/link_address.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype listsLimit = 10'000;
constexpr qsizetype notesLimit = 10'000;
constexpr int spacesLimit = 100;
constexpr int cellRepeatsLimit = 100;
constexpr int rowRepeatsLimit = 1000;
constexpr int lastColumn = 16384;

// How often something comes: 1 where nothing is said.
int timesOf(const QString &value)
{
    return value.isEmpty() ? 1 : qBound(1, value.toInt(), 1'048'576);
}

// Frames of every slide, and those that only ask to be filled.
bool isMargin(const QString &what)
{
    return what == "page-number"_L1 || what == "date-time"_L1 || what == "footer"_L1
        || what == "header"_L1 || what == "placeholder"_L1;
}

} // namespace

OpenStory::OpenStory(OpenStyles &styles, DocumentLines &lines)
    : m_styles(styles)
    , m_lines(lines)
{
}

bool OpenStory::begin(const XmlElement &element)
{
    const auto name = element.name();
    if (element.space() == XmlSpace::Office) {
        m_isShown = m_isShown || name == "body";
        m_isTextDocument = m_isTextDocument || name == "text";
        m_isSheets = m_isSheets || name == "spreadsheet";
        if (name == "annotation") {
            if (m_comments.size() >= notesLimit)
                return false;
            addText(u"[comment %1]"_s.arg(m_comments.size() + 1));
            beginPlace();
            m_author.clear();
            m_day.clear();
        }
        return name != "forms" && name != "event-listeners" && name != "scripts";
    }
    if (element.is(XmlSpace::Style, "header") || element.is(XmlSpace::Style, "footer"))
        m_isShown = true;
    if (!m_isShown)
        return m_styles.begin(element);
    switch (element.space()) {
    case XmlSpace::Text: return beginText(element);
    case XmlSpace::Table: return beginTable(element);
    case XmlSpace::Draw: return beginDraw(element);
    case XmlSpace::Presentation:
        if (name == "notes")
            beginPlace();
        return true;
    case XmlSpace::DublinCore:
        m_takes = name == "creator" ? &m_author : name == "date" ? &m_day : nullptr;
        return m_takes;
    case XmlSpace::Svg:
        m_takes = name == "desc" ? &m_description : nullptr;
        m_description.clear();
        return name == "desc";
    default: return true;
    }
}

bool OpenStory::beginText(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "p" || name == "h") {
        const QString style = element.value(XmlSpace::Text, "style-name");
        if (m_styles.isHidden("paragraph"_L1, style))
            return false;
        const int level = element.value(XmlSpace::Text, "outline-level").toInt();
        m_paragraphs.append(
            Paragraph{.heading = name == "h" ? qBound(1, level, 6) : m_styles.heading(style)});
    } else if (name == "span") {
        return !m_styles.isHidden("text"_L1, element.value(XmlSpace::Text, "style-name"));
    } else if (name == "s") {
        const int count = timesOf(element.value(XmlSpace::Text, "c"));
        addText(QString(qMin(count, spacesLimit), u' '));
    } else if (name == "tab") {
        addText(u"\t"_s);
    } else if (name == "line-break") {
        addText(u"\n"_s);
    } else if (name == "a" && !m_paragraphs.isEmpty()) {
        m_paragraphs.last().links.append(
            {linkAddress(element.value(XmlSpace::XLink, "href")), m_paragraphs.last().text.size()});
    } else if (name == "list") {
        beginList(element);
    } else if (name == "list-item" && !m_lists.isEmpty()) {
        m_lists.last().isAtEntry = true;
        const int start = element.value(XmlSpace::Text, "start-value").toInt();
        if (start > 0)
            m_lists.last().entries = qMin(start, 1'000'000) - 1;
    } else if (name == "note-body") {
        if (m_notes.size() >= notesLimit)
            return false;
        addText(u"[^%1]"_s.arg(m_notes.size() + 1));
        beginPlace();
    }
    // What was deleted, how notes are numbered there, and what is not shown.
    return name != "tracked-changes" && name != "note-citation" && name != "hidden-text"
        && name != "hidden-paragraph" && name != "ruby-text";
}

bool OpenStory::beginTable(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "table" && m_isSheets && m_rows.isEmpty()) {
        const bool isHidden =
            m_styles.isHidden("table"_L1, element.value(XmlSpace::Table, "style-name"));
        m_lines.add(QString());
        m_lines.add(u"# "_s + element.value(XmlSpace::Table, "name").simplified()
                    + (isHidden ? u" (hidden)"_s : QString()));
        m_sheet = std::make_unique<SheetRows>(m_lines);
        m_row = 0;
    } else if (name == "table-row") {
        m_rows.append(QStringList());
        m_column = 0;
        m_rowRepeats = timesOf(element.value(XmlSpace::Table, "number-rows-repeated"));
        if (m_sheet && m_rows.size() == 1)
            m_sheet->begin(m_row + 1);
    } else if (name == "table-cell" || name == "covered-table-cell") {
        Cell cell{.date = element.value(XmlSpace::Office, "date-value"),
                  .column = m_column + 1,
                  .repeats = timesOf(element.value(XmlSpace::Table, "number-columns-repeated"))};
        cell.date.replace(u'T', u' ');
        m_cells.append(cell);
        beginPlace();
    }
    // Copies of other files, and what stands on top of a sheet.
    return name != "shapes" && name != "scenario" && name != "calculation-settings"
        && name != "content-validations" && name != "database-ranges" && name != "dde-links";
}

bool OpenStory::beginDraw(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "page") {
        m_slideHead = u"# Slide %1"_s.arg(++m_slides);
        if (m_styles.isHidden("drawing-page"_L1, element.value(XmlSpace::Draw, "style-name")))
            m_slideHead += u" (hidden)"_s;
        m_title.clear();
        beginPlace();
    } else if (name == "frame" || name == "custom-shape") {
        const bool isEmpty = element.value(XmlSpace::Presentation, "placeholder") == "true"_L1;
        m_frames.append(isEmpty ? u"placeholder"_s
                                : element.value(XmlSpace::Presentation, "class"));
        beginPlace();
    }
    return true;
}

void OpenStory::beginPlace()
{
    m_places.append(Place{.paragraphs = m_paragraphs.size(), .lists = m_lists.size()});
}

QStringList OpenStory::endPlace()
{
    return m_places.isEmpty() ? QStringList() : m_places.takeLast().lines;
}

void OpenStory::text(const QString &text)
{
    if (m_takes) {
        if (m_takes->size() < 10'000)
            *m_takes += text;
        return;
    }
    if (!m_isShown || m_paragraphs.isEmpty()
        || (!m_places.isEmpty() && m_places.last().paragraphs == m_paragraphs.size()))
        return;
    // Spaces fall together (part 3, 6.1.2).
    QString words;
    const QString &before = m_paragraphs.last().text;
    bool isAtSpace = before.isEmpty() || before.back().isSpace();
    for (const QChar c : text) {
        const bool isSpace = c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
        if (!isSpace)
            words += c;
        else if (!isAtSpace)
            words += u' ';
        isAtSpace = isSpace;
    }
    addText(words);
}

void OpenStory::addText(const QString &text)
{
    const bool isInParagraph = !m_paragraphs.isEmpty()
        && (m_places.isEmpty() || m_places.last().paragraphs < m_paragraphs.size());
    if (!isInParagraph)
        emitLine(text);
    else if (m_paragraphs.last().text.size() < documentTextLimit)
        m_paragraphs.last().text += text;
}

void OpenStory::end(const XmlElement &element)
{
    const auto name = element.name();
    m_takes = nullptr;
    if (element.space() == XmlSpace::Text) {
        if ((name == "p" || name == "h") && !m_paragraphs.isEmpty()) {
            endParagraph();
        } else if (name == "a" && !m_paragraphs.isEmpty() && !m_paragraphs.last().links.isEmpty()) {
            const auto [address, start] = m_paragraphs.last().links.takeLast();
            if (!address.isEmpty())
                addText(addressBehind(m_paragraphs.last().text, start, address));
        } else if (name == "list" && !m_lists.isEmpty()) {
            if (m_counts.size() < listsLimit)
                m_counts.insert(m_lists.last().style + u'/' + QString::number(listDepth()),
                                m_lists.last().entries);
            m_lists.removeLast();
        } else if (name == "note-body") {
            m_notes.append(u"[^%1] "_s.arg(m_notes.size() + 1) + documentCell(endPlace()));
        }
    } else if (element.is(XmlSpace::Office, "annotation")) {
        QString who = m_author.simplified();
        if (!m_day.isEmpty())
            who += (who.isEmpty() ? QString() : u", "_s) + m_day.left(10);
        m_comments.append(u"[comment %1] %2: %3"_s.arg(QString::number(m_comments.size() + 1), who,
                                                       documentCell(endPlace())));
    } else if (element.space() == XmlSpace::Table) {
        if ((name == "table-cell" || name == "covered-table-cell") && !m_cells.isEmpty())
            endCell();
        else if (name == "table-row" && !m_rows.isEmpty())
            endRow();
        else if (name == "table" && m_rows.isEmpty())
            m_sheet.reset();
    } else if (element.is(XmlSpace::Svg, "desc")) {
        if (const QString words = m_description.simplified(); !words.isEmpty())
            emitLine(u"[image: "_s + words + u']');
    } else if (element.space() == XmlSpace::Draw) {
        if ((name == "frame" || name == "custom-shape") && !m_frames.isEmpty()) {
            const QString what = m_frames.takeLast();
            const QStringList lines = endPlace();
            if (what == "title"_L1 && m_title.isEmpty())
                m_title = documentCell(lines);
            else if (!isMargin(what))
                emitLines(lines);
        } else if (name == "page") {
            endSlide();
        }
    } else if (element.is(XmlSpace::Presentation, "notes")) {
        const QStringList lines = endPlace();
        if (!documentCell(lines).isEmpty())
            emitLines(QStringList{u"Notes:"_s} + lines);
    } else if (element.is(XmlSpace::Style, "header") || element.is(XmlSpace::Style, "footer")) {
        m_isShown = false;
    }
}

void OpenStory::beginList(const XmlElement &element)
{
    List list{.style = element.value(XmlSpace::Text, "style-name")};
    if (list.style.isEmpty() && !m_lists.isEmpty())
        list.style = m_lists.last().style;
    m_lists.append(list);
    const bool goesOn = element.value(XmlSpace::Text, "continue-numbering") == "true"_L1
        || !element.value(XmlSpace::Text, "continue-list").isEmpty();
    if (goesOn)
        m_lists.last().entries = m_counts.value(list.style + u'/' + QString::number(listDepth()));
}

// Lists around a cell or frame do not count within it.
qsizetype OpenStory::listDepth() const
{
    return m_lists.size() - (m_places.isEmpty() ? 0 : m_places.last().lists);
}

// "- " or "2. " before the first line of an entry, and as much margin before the others.
QString OpenStory::entryMarks()
{
    const qsizetype depth = listDepth();
    if (depth <= 0)
        return {};
    List &list = m_lists.last();
    const QString margin = QString((qMin(depth, qsizetype(8)) - 1) * 2, u' ');
    if (!std::exchange(list.isAtEntry, false))
        return margin + u"  "_s;
    return margin + m_styles.entryMark(list.style, depth, ++list.entries) + u' ';
}

void OpenStory::endParagraph()
{
    const Paragraph paragraph = m_paragraphs.takeLast();
    QString marks;
    if (paragraph.text.trimmed().isEmpty())
        ; // nothing to mark
    else if (paragraph.heading > 0)
        marks = QString(paragraph.heading, u'#') + u' ';
    else
        marks = entryMarks();
    emitLines((marks + paragraph.text).split(u'\n'));
    emitLines(paragraph.behind);
}

void OpenStory::endCell()
{
    const Cell cell = m_cells.takeLast();
    const QStringList lines = endPlace();
    const QString text = cell.date.isEmpty() ? documentCell(lines) : cell.date;
    m_column = qMin(cell.column - 1 + cell.repeats, lastColumn);
    if (m_rows.isEmpty())
        return;
    const int shown = qMin(cell.repeats, cellRepeatsLimit);
    for (int i = 0; i < shown; ++i) {
        if (m_sheet && m_rows.size() == 1)
            m_sheet->add(cell.column + i, text);
        else
            m_rows.last().append(i == 0 ? text : QString());
    }
}

void OpenStory::endRow()
{
    const QStringList cells = m_rows.takeLast();
    if (!m_sheet || !m_rows.isEmpty()) {
        emitLine(cells.join(m_rows.isEmpty() ? u"\t"_s : u" | "_s));
        return;
    }
    m_sheet->end(qMin(m_rowRepeats, rowRepeatsLimit));
    m_row += m_rowRepeats;
}

void OpenStory::endSlide()
{
    const QStringList lines = endPlace();
    m_lines.add(QString());
    m_lines.add(m_title.isEmpty() ? m_slideHead : m_slideHead + u": "_s + m_title);
    m_lines.add(lines);
}

void OpenStory::emitLines(const QStringList &lines)
{
    for (const QString &line : lines)
        emitLine(line);
}

void OpenStory::emitLine(const QString &line)
{
    const bool isInParagraph = !m_paragraphs.isEmpty()
        && (m_places.isEmpty() || m_places.last().paragraphs < m_paragraphs.size());
    if (isInParagraph)
        m_paragraphs.last().behind.append(line);
    else if (!m_places.isEmpty())
        m_places.last().lines.append(line);
    else
        m_lines.add(line);
}

} // namespace mcp
