// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/word_story.h"

#include "mcp/documents/link_address.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype paragraphLimit = documentTextLimit;
constexpr qsizetype fieldsLimit = 100;
constexpr qsizetype referencesLimit = 10'000;
constexpr qsizetype drawingsLimit = 100;
constexpr int spanLimit = 63;

QString relationId(const XmlElement &element)
{
    return element.value(XmlSpace::OfficeRelations, "id");
}

// Characters of symbol fonts that people use as text.
QString symbolOf(const XmlElement &element)
{
    const QString font = element.value(XmlSpace::Word, "font");
    const int code = element.value(XmlSpace::Word, "char").toInt(nullptr, 16) & 0xFF;
    if (!font.startsWith("Wingdings"_L1))
        return u"·"_s;
    switch (code) {
    case 0xFB:
    case 0xFD: return u"☒"_s;
    case 0xFC: return u"✓"_s;
    case 0xFE: return u"☑"_s;
    case 0x6F:
    case 0xA8: return u"☐"_s;
    case 0xE0: return u"→"_s;
    default: return u"·"_s;
    }
}

// The address that a field of hyperlinks names: HYPERLINK "https://..." \o "tip".
QString addressOfField(const QString &instruction)
{
    const QString words = instruction.trimmed();
    if (!words.startsWith("HYPERLINK"_L1, Qt::CaseInsensitive))
        return {};
    const QString first = words.section(u'"', 1, 1);
    return words.section(u'"', 0, 0).contains(u'\\') ? QString() : first;
}

QString imageText(const XmlElement &element)
{
    const QString words = element.value("descr").simplified();
    return words.isEmpty() ? QString() : u"[image: "_s + words + u']';
}

} // namespace

WordStory::WordStory(WordContext &context, const DocumentRelations &relations, DocumentLines &lines)
    : m_context(context)
    , m_relations(relations)
    , m_lines(lines)
{
}

bool WordStory::begin(const XmlElement &element)
{
    const auto name = element.name();
    if (element.is(XmlSpace::WordDrawing, "docPr")) {
        addText(imageText(element));
        return false;
    }
    if (element.is(XmlSpace::Math, "t")) {
        m_takesText = true;
        return true;
    }
    if (element.is(XmlSpace::Diagram, "relIds") && m_diagrams.size() < drawingsLimit)
        m_diagrams.append(element.value(XmlSpace::OfficeRelations, "dm"));
    else if (element.is(XmlSpace::Chart, "chart") && m_charts.size() < drawingsLimit)
        m_charts.append(relationId(element));
    if (element.space() != XmlSpace::Word)
        return true;
    // What was there before a change that is tracked, and what is not shown.
    if (name.ends_with("Change") || name == "moveFrom" || name == "delText" || name == "rt"
        || name == "ffData")
        return false;
    if (name == "del") {
        if (m_paragraphProperties > 0 && m_runProperties > 0 && !m_paragraphs.isEmpty())
            m_paragraphs.last().isJoined = true;
        return false;
    }
    if (name == "pPr")
        ++m_paragraphProperties;
    else if (name == "rPr")
        ++m_runProperties;
    else if (m_paragraphProperties > 0 || m_runProperties > 0)
        return beginProperty(element);
    else
        return beginContent(element);
    return true;
}

bool WordStory::beginProperty(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "headerReference" || name == "footerReference") {
        auto &references = m_context.references;
        auto &all = name == "headerReference" ? references.headers : references.footers;
        if (all.size() < referencesLimit)
            all.append(relationId(element));
    } else if (m_runProperties > 0) {
        if (m_paragraphProperties > 0)
            return true; // those of the paragraph's mark
        if (name == "vanish")
            m_isRunHidden = isOn(element);
        else if (name == "rStyle")
            m_isRunHidden = m_context.styles.style(wordValue(element)).isHidden.value_or(false);
    } else if (!m_paragraphs.isEmpty()) {
        Paragraph &paragraph = m_paragraphs.last();
        if (name == "pStyle")
            paragraph.style = wordValue(element);
        else if (name == "numId")
            paragraph.list = wordValue(element);
        else if (name == "ilvl")
            paragraph.level = wordValue(element).toInt();
        else if (name == "outlineLvl")
            paragraph.heading = wordValue(element).toInt() + 1;
    }
    return true;
}

bool WordStory::beginContent(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "p") {
        m_paragraphs.append(Paragraph{.number = ++m_paragraphCount});
    } else if (name == "r") {
        m_isRunHidden = false;
    } else if (name == "t") {
        m_takesText = true;
    } else if (name == "tab" || name == "ptab") {
        addText(u"\t"_s);
    } else if (name == "br" || name == "cr") {
        addText(u"\n"_s);
    } else if (name == "noBreakHyphen") {
        addText(u"-"_s);
    } else if (name == "sym") {
        addText(symbolOf(element));
    } else if (name == "instrText") {
        m_takesInstruction = true;
    } else if (name == "fldChar") {
        beginField(element);
    } else if (name == "hyperlink" && !m_paragraphs.isEmpty()) {
        Paragraph &paragraph = m_paragraphs.last();
        paragraph.links.append({m_relations.address(relationId(element)), paragraph.text.size()});
    } else if (name == "tr") {
        m_rows.append(Row{});
    } else if (name == "gridSpan" && !m_rows.isEmpty()) {
        m_rows.last().spanned = qBound(0, wordValue(element).toInt() - 1, spanLimit);
    } else if (name == "txbxContent" || (name == "tc" && !m_rows.isEmpty())) {
        m_places.append(QStringList());
    } else if (name == "footnoteReference") {
        addReference(m_context.references.footnotes, element, u"[^%1]"_s);
    } else if (name == "endnoteReference") {
        addReference(m_context.references.endnotes, element, u"[^e%1]"_s);
    } else if (name == "commentReference") {
        addReference(m_context.references.comments, element, u"[comment %1]"_s);
    } else if (name == "headerReference" || name == "footerReference") {
        return beginProperty(element); // of the last section
    } else if (name == "footnote" || name == "endnote" || name == "comment") {
        return beginNote(element);
    }
    return true;
}

bool WordStory::beginNote(const XmlElement &element)
{
    const QString id = element.value(XmlSpace::Word, "id");
    const auto &references = m_context.references;
    const auto name = element.name();
    if (name == "comment") {
        const auto number = references.comments.value(id);
        const QString day = element.value(XmlSpace::Word, "date").left(10);
        m_note = u"[comment %1] %2%3: "_s.arg(QString::number(number),
                                              element.value(XmlSpace::Word, "author").simplified(),
                                              day.isEmpty() ? QString() : u", "_s + day);
        return number > 0;
    }
    const bool isFootnote = name == "footnote";
    const auto number = (isFootnote ? references.footnotes : references.endnotes).value(id);
    m_note = (isFootnote ? u"[^%1] "_s : u"[^e%1] "_s).arg(number);
    return number > 0;
}

void WordStory::addReference(WordReferences::Numbers &numbers, const XmlElement &element,
                             const QString &mark)
{
    const QString id = element.value(XmlSpace::Word, "id");
    if (isHidden() || (numbers.size() >= referencesLimit && !numbers.contains(id)))
        return;
    if (!numbers.contains(id))
        numbers.insert(id, int(numbers.size()) + 1);
    addText(mark.arg(numbers.value(id)));
}

void WordStory::beginField(const XmlElement &element)
{
    const QString kind = element.value(XmlSpace::Word, "fldCharType");
    if (kind == "begin"_L1 && m_fields.size() < fieldsLimit)
        m_fields.append(Field{});
    if (m_fields.isEmpty())
        return;
    Field &field = m_fields.last();
    if (kind == "separate"_L1 && !m_paragraphs.isEmpty()) {
        field.hasResult = true;
        field.start = m_paragraphs.last().text.size();
        field.paragraph = m_paragraphs.last().number;
    } else if (kind == "end"_L1) {
        const Field ended = m_fields.takeLast();
        if (!m_paragraphs.isEmpty() && ended.hasResult
            && m_paragraphs.last().number == ended.paragraph)
            addAddress(addressOfField(ended.instruction), ended.start);
    }
}

void WordStory::text(const QString &text)
{
    if (m_takesInstruction && !m_fields.isEmpty() && !m_fields.last().hasResult)
        m_fields.last().instruction += QStringView(text).left(4000);
    else if (m_takesText)
        addText(text);
}

bool WordStory::isHidden() const
{
    // What a field is made of is not what it shows.
    for (const Field &field : m_fields) {
        if (!field.hasResult)
            return true;
    }
    return m_isRunHidden || m_paragraphs.isEmpty();
}

void WordStory::addText(const QString &text)
{
    if (text.isEmpty() || isHidden())
        return;
    Paragraph &paragraph = m_paragraphs.last();
    if (paragraph.text.size() < paragraphLimit)
        paragraph.text += text;
}

void WordStory::addAddress(const QString &address, qsizetype start)
{
    const QString shown = linkAddress(address);
    if (!shown.isEmpty())
        addText(addressBehind(m_paragraphs.last().text, start, shown));
}

void WordStory::end(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "t") {
        m_takesText = false;
        return;
    }
    if (element.space() != XmlSpace::Word)
        return;
    if (name == "pPr") {
        --m_paragraphProperties;
    } else if (name == "rPr") {
        --m_runProperties;
    } else if (name == "r") {
        m_isRunHidden = false;
    } else if (name == "instrText") {
        m_takesInstruction = false;
    } else if (name == "p" && !m_paragraphs.isEmpty()) {
        endParagraph();
    } else if (name == "hyperlink" && !m_paragraphs.isEmpty()
               && !m_paragraphs.last().links.isEmpty()) {
        const Link link = m_paragraphs.last().links.takeLast();
        addAddress(link.address, link.start);
    } else if (name == "tc" && !m_rows.isEmpty() && !m_places.isEmpty()) {
        Row &row = m_rows.last();
        row.lines = m_places.takeLast();
        row.cells.append(documentCell(row.lines));
        for (; row.spanned > 0; --row.spanned)
            row.cells.append(QString());
    } else if (name == "tr" && !m_rows.isEmpty()) {
        endRow();
    } else if (name == "txbxContent" && !m_places.isEmpty()) {
        const QStringList lines = m_places.takeLast();
        if (m_paragraphs.isEmpty())
            m_lines.add(lines);
        else
            m_paragraphs.last().behind += lines;
    }
}

// What stands before the words: "## ", "  - ", "2.1. ".
QString WordStory::marksOf(const Paragraph &paragraph)
{
    const WordStyle style = m_context.styles.style(paragraph.style);
    const int heading = paragraph.heading.value_or(style.heading.value_or(0));
    const QString list = paragraph.list.isNull() ? style.list : paragraph.list;
    QString number;
    int level = 0;
    if (!list.isEmpty() && list != "0"_L1) {
        const int ofStyle = style.level.value_or(
            paragraph.list.isNull() ? m_context.lists.levelOfStyle(list, style.listStyle) : 0);
        level = qBound(0, paragraph.level.value_or(ofStyle), WordLists::levelCount - 1);
        number = m_context.lists.next(list, level);
    }
    QString marks;
    if (heading > 0 && heading <= 9)
        marks = QString(qMin(heading, 6), u'#') + u' ';
    else if (!number.isEmpty())
        marks = QString(level * 2, u' ');
    return number.isEmpty() ? marks : marks + number + u' ';
}

void WordStory::endParagraph()
{
    Paragraph paragraph = m_paragraphs.takeLast();
    const bool isInner = !m_paragraphs.isEmpty();
    const bool isHiddenByStyle = m_context.styles.style(paragraph.style).isHidden.value_or(false);
    if (isHiddenByStyle)
        paragraph.text.clear();
    if (paragraph.isJoined && !isInner) {
        if (m_joined.size() < paragraphLimit)
            m_joined += paragraph.text;
        return;
    }
    if (!isInner)
        paragraph.text.prepend(std::exchange(m_joined, QString()));
    const QStringList lines = paragraph.text.split(u'\n');
    const bool isBlank = paragraph.text.trimmed().isEmpty();
    QString marks = isBlank ? QString() : marksOf(paragraph);
    if (!isBlank)
        marks.prepend(std::exchange(m_note, QString()));
    for (qsizetype i = 0; i < lines.size(); ++i)
        emitLine(i == 0 ? marks + lines.at(i) : lines.at(i));
    for (const QString &line : std::as_const(paragraph.behind))
        emitLine(line);
}

void WordStory::endRow()
{
    const Row row = m_rows.takeLast();
    if (row.cells.size() == 1) {
        // A frame around text rather than a table.
        for (const QString &line : row.lines)
            emitLine(line);
        return;
    }
    emitLine(row.cells.join(m_rows.isEmpty() ? u"\t"_s : u" | "_s));
}

void WordStory::emitLine(const QString &line)
{
    if (m_places.isEmpty())
        m_lines.add(line);
    else
        m_places.last().append(line);
}

} // namespace mcp
