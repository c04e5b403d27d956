// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/drawing_parts.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype seriesLimit = 50;
constexpr qsizetype pointsLimit = 1000;
constexpr qsizetype sizeLimit = 500'000; // characters

} // namespace

bool DiagramText::begin(const XmlElement &element)
{
    if (element.is(XmlSpace::Diagram, "pt")) {
        // Others lead from one to the next or say how they look.
        const QString type = element.value("type");
        return type.isEmpty() || type == "node"_L1 || type == "asst"_L1;
    }
    if (element.is(XmlSpace::Drawing, "p"))
        m_text.clear();
    m_takesText = element.is(XmlSpace::Drawing, "t");
    return true;
}

void DiagramText::end(const XmlElement &element)
{
    m_takesText = false;
    if (element.is(XmlSpace::Drawing, "p") && !m_text.trimmed().isEmpty())
        m_lines.append(m_text);
}

void DiagramText::text(const QString &text)
{
    if (!m_takesText)
        return;
    m_size += text.size();
    m_text += text;
}

bool DiagramText::isDone() const
{
    return m_size > sizeLimit;
}

bool ChartText::begin(const XmlElement &element)
{
    const auto name = element.name();
    if (element.is(XmlSpace::Drawing, "t")) {
        m_takesText = m_titles > 0 && !m_isInAxis;
        return true;
    }
    if (element.space() != XmlSpace::Chart)
        return true;
    if (name == "title") {
        ++m_titles;
    } else if (name.ends_with("Ax")) {
        m_isInAxis = true;
    } else if (name == "ser") {
        if (m_series.size() >= seriesLimit)
            return false;
        m_series.append(Series{});
    } else if (m_series.isEmpty()) {
        return true;
    } else if (name == "tx") {
        m_isName = true;
    } else if (name == "cat" || name == "xVal") {
        m_list = &m_series.last().categories;
    } else if (name == "val" || name == "yVal") {
        m_list = &m_series.last().values;
    } else if (name == "v") {
        m_word.clear();
        m_takesText = m_isName || m_list;
    } else if (name == "dLbls" || name == "trendline" || name == "errBars") {
        return false;
    }
    return true;
}

void ChartText::end(const XmlElement &element)
{
    const auto name = element.name();
    m_takesText = false;
    if (element.is(XmlSpace::Drawing, "t") && m_titles > 0 && !m_isInAxis)
        m_title += std::exchange(m_word, QString());
    if (element.space() != XmlSpace::Chart)
        return;
    if (name == "title") {
        --m_titles;
    } else if (name.ends_with("Ax")) {
        m_isInAxis = false;
    } else if (name == "tx") {
        m_isName = false;
    } else if (name == "cat" || name == "xVal" || name == "val" || name == "yVal"
               || name == "ser") {
        m_list = nullptr;
    } else if (name == "v" && !m_series.isEmpty()) {
        if (m_isName)
            m_series.last().name = m_word;
        else if (m_list && m_list->size() < pointsLimit)
            m_list->append(m_word);
    }
}

void ChartText::text(const QString &text)
{
    if (!m_takesText)
        return;
    m_size += text.size();
    m_word += text;
}

bool ChartText::isDone() const
{
    return m_size > sizeLimit;
}

QStringList ChartText::lines() const
{
    QStringList lines{m_title.isEmpty() ? u"[chart]"_s
                                        : u"[chart: "_s + m_title.simplified() + u']'};
    QStringList head{QString()};
    qsizetype points = 0;
    for (const Series &series : m_series) {
        head.append(documentCell({series.name}));
        points = qMax(points, series.values.size());
    }
    if (points > 0)
        lines.append(head.join(u'\t'));
    for (qsizetype i = 0; i < points; ++i) {
        QStringList row{documentCell({m_series.first().categories.value(i)})};
        for (const Series &series : m_series)
            row.append(documentCell({series.values.value(i)}));
        lines.append(row.join(u'\t'));
    }
    return lines;
}

void readDrawingParts(DocumentPackage &package, const DocumentRelations &relations,
                      const QStringList &diagrams, const QStringList &charts, DocumentLines &lines)
{
    for (const QString &id : diagrams) {
        DiagramText diagram;
        package.read(relations.part(id), diagram);
        lines.add(diagram.lines());
    }
    for (const QString &id : charts) {
        ChartText chart;
        package.read(relations.part(id), chart);
        lines.add(chart.lines());
    }
}

} // namespace mcp
