// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/sheet_text.h"

#include "mcp/documents/link_address.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype linksLimit = 1000;
constexpr qsizetype cellLimit = 100'000; // characters; Excel has 32,767

} // namespace

SheetText::SheetText(WorkbookContext &context, const DocumentRelations &relations,
                     DocumentLines &lines)
    : m_context(context)
    , m_relations(relations)
    , m_lines(lines)
    , m_rows(lines)
{
}

bool SheetText::begin(const XmlElement &element)
{
    if (element.space() != XmlSpace::Sheet)
        return element.space() != XmlSpace::Other;
    const auto name = element.name();
    if (name == "row") {
        const qint64 number = element.value("r").toLongLong();
        m_row = number > 0 ? number : m_row + 1;
        m_column = 0;
        m_rows.begin(m_row);
    } else if (name == "c") {
        beginCell(element);
    } else if (name == "v" || name == "t") {
        m_takes = &m_value;
    } else if (name == "f") {
        m_takes = &m_formula;
    } else if (name == "hyperlink" && m_links.size() < linksLimit) {
        const QString address =
            linkAddress(m_relations.address(element.value(XmlSpace::OfficeRelations, "id")));
        if (!address.isEmpty())
            m_links.append(element.value("ref").left(20) + u": "_s + address);
    } else if (name == "rPh" || name == "conditionalFormatting" || name == "dataValidations"
               || name == "extLst") {
        return false;
    }
    return true;
}

void SheetText::beginCell(const XmlElement &element)
{
    const int column = columnOf(element.value("r"));
    m_column = column > 0 ? column : m_column + 1;
    m_type = element.value("t");
    m_style = element.value("s").toLongLong();
    m_value.clear();
    m_formula.clear();
}

void SheetText::text(const QString &text)
{
    if (m_takes && m_takes->size() < cellLimit)
        *m_takes += text;
}

QString SheetText::sharedText(qsizetype index)
{
    QString text = m_context.strings.at(index);
    m_context.charactersLeft -= text.size();
    return text;
}

QString SheetText::cellText()
{
    if (m_value.isEmpty()) // never worked out, or to nothing
        return m_formula.isEmpty() ? QString() : u'=' + m_formula;
    if (m_type == "s"_L1)
        return sharedText(m_value.toLongLong());
    if (m_type == "b"_L1)
        return m_value.trimmed() == "0"_L1 ? u"FALSE"_s : u"TRUE"_s;
    if (!m_type.isEmpty() && m_type != "n"_L1)
        return m_value;
    bool isNumber = false;
    const double number = m_value.toDouble(&isNumber);
    return isNumber ? cellNumber(number, m_context.styles.format(m_style), m_context.from1904)
                    : m_value;
}

void SheetText::end(const XmlElement &element)
{
    if (element.space() != XmlSpace::Sheet)
        return;
    const auto name = element.name();
    if (name == "v" || name == "t" || name == "f")
        m_takes = nullptr;
    else if (name == "c")
        endCell();
    else if (name == "row")
        m_rows.end();
}

void SheetText::endCell()
{
    const bool isEmpty = m_value.isEmpty() && m_formula.isEmpty();
    if (!isEmpty && m_rows.takes(m_column))
        m_rows.add(m_column, documentCell(cellText().split(u'\n')));
}

} // namespace mcp
