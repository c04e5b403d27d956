// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/slide_story.h"

#include "mcp/documents/link_address.h"
#include "mcp/documents/word_lists.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype partsLimit = 100;

bool isShape(std::string_view name)
{
    return name == "sp" || name == "pic" || name == "graphicFrame" || name == "grpSp"
        || name == "cxnSp";
}

// What is on every slide.
bool isMargin(const QString &placeholder)
{
    static const QSet<QString> margins{u"sldNum"_s, u"dt"_s, u"ftr"_s, u"hdr"_s};
    return margins.contains(placeholder);
}

bool isSet(const QString &value)
{
    return value == "1"_L1 || value == "true"_L1;
}

// "arabicPeriod", "romanUcParenBoth" (20.1.10.61) with the words of Word's formats.
QString numberFormat(const QString &type)
{
    if (type.startsWith("alphaLc"_L1))
        return u"lowerLetter"_s;
    if (type.startsWith("alphaUc"_L1))
        return u"upperLetter"_s;
    if (type.startsWith("romanLc"_L1))
        return u"lowerRoman"_s;
    return type.startsWith("romanUc"_L1) ? u"upperRoman"_s : u"decimal"_s;
}

} // namespace

SlideStory::SlideStory(Kind kind, const DocumentRelations &relations)
    : m_kind(kind)
    , m_relations(relations)
{
}

bool SlideStory::begin(const XmlElement &element)
{
    const auto name = element.name();
    if (element.space() == XmlSpace::Drawing) {
        beginDrawing(element);
    } else if (element.space() == XmlSpace::Slide) {
        if (isShape(name)) {
            beginShape();
        } else if (name == "sld") {
            const QString show = element.value("show");
            m_isHidden = !show.isNull() && !isSet(show);
        } else if (name == "ph" && !m_shapes.isEmpty()) {
            m_shapes.last().placeholder = element.value("type");
        } else if (name == "cNvPr" && !m_shapes.isEmpty()) {
            m_shapes.last().isHidden = isSet(element.value("hidden"));
            const QString words = element.value("descr").simplified();
            if (!words.isEmpty())
                addLine(u"[image: "_s + words + u']');
        }
    } else if (element.is(XmlSpace::Diagram, "relIds")) {
        if (m_diagrams.size() < partsLimit)
            m_diagrams.append(element.value(XmlSpace::OfficeRelations, "dm"));
    } else if (element.is(XmlSpace::Chart, "chart")) {
        if (m_charts.size() < partsLimit)
            m_charts.append(element.value(XmlSpace::OfficeRelations, "id"));
    } else if (element.is(XmlSpace::Math, "t")) {
        m_takesText = true;
    }
    return true;
}

void SlideStory::beginDrawing(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "p") {
        m_text.clear();
        m_paragraph = {};
    } else if (name == "pPr") {
        m_paragraph.level = qBound(0, element.value("lvl").toInt(), levelCount - 1);
    } else if (name == "buChar" || name == "buBlip") {
        m_paragraph.hasBullet = true;
    } else if (name == "buAutoNum") {
        m_paragraph.number = numberFormat(element.value("type"));
        const int start = element.value("startAt").toInt();
        int &number = m_numbers[std::size_t(m_paragraph.level)];
        if (number == 0 && start > 0)
            number = qMin(start, 32767) - 1;
    } else if (name == "t") {
        if (m_runLink != m_link) {
            endLink();
            m_link = m_runLink;
            m_linkStart = m_text.size();
        }
        m_takesText = true;
    } else if (name == "br") {
        add(u"\n"_s);
    } else if (name == "r" || name == "fld") {
        m_runLink.clear();
    } else if (name == "rPr") {
        m_isInRunProperties = true;
    } else if (name == "hlinkClick" && m_isInRunProperties) {
        m_runLink =
            linkAddress(m_relations.address(element.value(XmlSpace::OfficeRelations, "id")));
    } else if (name == "tr") {
        m_cells.clear();
    } else if (name == "tc") {
        m_isInCell = true;
        m_cellLines.clear();
    }
}

void SlideStory::text(const QString &text)
{
    if (m_takesText)
        add(text);
}

void SlideStory::add(const QString &text)
{
    m_size += text.size();
    m_text += text;
}

void SlideStory::addLine(const QString &line)
{
    if (m_isInCell)
        m_cellLines.append(line);
    else if (m_shapes.isEmpty())
        m_lines.append(line);
    else
        m_shapes.last().lines.append(line);
}

void SlideStory::end(const XmlElement &element)
{
    if (element.name() == "t")
        m_takesText = false;
    if (element.space() == XmlSpace::Drawing)
        endDrawing(element);
    else if (element.space() == XmlSpace::Slide && isShape(element.name()) && !m_shapes.isEmpty())
        endShape();
}

void SlideStory::endDrawing(const XmlElement &element)
{
    const auto name = element.name();
    if (name == "p") {
        endParagraph();
    } else if (name == "rPr") {
        m_isInRunProperties = false;
    } else if (name == "tc") {
        m_isInCell = false;
        m_cells.append(documentCell(m_cellLines));
    } else if (name == "tr") {
        addLine(m_cells.join(u'\t'));
    }
}

void SlideStory::endLink()
{
    if (!m_link.isEmpty())
        add(addressBehind(m_text, m_linkStart, m_link));
    m_link.clear();
}

void SlideStory::endParagraph()
{
    m_runLink.clear();
    endLink();
    const bool isBlank = m_text.trimmed().isEmpty();
    QString marks = QString(m_paragraph.level * 2, u' ');
    const auto level = std::size_t(m_paragraph.level);
    if (!m_paragraph.number.isEmpty() && !isBlank)
        marks += numberText(++m_numbers[level], m_paragraph.number) + u". "_s;
    else if (m_paragraph.hasBullet)
        marks += u"- "_s;
    // A list goes on behind what stands deeper.
    for (std::size_t i = level + (m_paragraph.number.isEmpty() ? 0 : 1); i < m_numbers.size(); ++i)
        m_numbers[i] = 0;
    const QStringList lines = m_text.split(u'\n');
    for (qsizetype i = 0; i < lines.size() && !isBlank; ++i)
        addLine(i == 0 ? marks + lines.at(i) : lines.at(i));
    m_text.clear();
}

void SlideStory::endShape()
{
    const Shape shape = m_shapes.takeLast();
    m_numbers = {};
    const bool isTitle = shape.placeholder == "title"_L1 || shape.placeholder == "ctrTitle"_L1;
    if (shape.isHidden || isMargin(shape.placeholder))
        return;
    if (m_kind == Kind::Notes && shape.placeholder != "body"_L1)
        return;
    if (isTitle && m_title.isEmpty() && m_kind == Kind::Slide) {
        m_title = documentCell(shape.lines);
        return;
    }
    auto &lines = m_shapes.isEmpty() ? m_lines : m_shapes.last().lines;
    lines += shape.lines;
}

} // namespace mcp
