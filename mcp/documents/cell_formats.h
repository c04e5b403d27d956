// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Numbers of cells as a person sees them, as far as their meaning hangs on it: dates, times and
// percents (ECMA-376 part 1, 18.8.30). Pure, but for CellStyles, which reads a workbook's styles.

#pragma once

#include "mcp/documents/xml_element.h"

#include <QHash>
#include <QList>

namespace mcp {

enum class CellFormat { Number, Percent, Date, DateTime, Time, Duration };

// Of a format's code: "yyyy\-mm\-dd", "0.0%", "[h]:mm".
CellFormat cellFormatOf(const QString &code);

// from1904: days are counted from 1904 on, as old Macs did.
QString cellNumber(double value, CellFormat format, bool from1904);

class CellStyles final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    bool isDone() const override;

    // style: the number that a cell names; anything else is a plain number.
    CellFormat format(qsizetype style) const;

private:
    QHash<int, CellFormat> m_formats; // the workbook's own, by number
    QList<CellFormat> m_styles;
    bool m_isInCells = false;
};

} // namespace mcp
