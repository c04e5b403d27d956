// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The texts that the cells of a workbook share, in little memory (ECMA-376 part 1, 18.4).

#pragma once

#include "mcp/documents/xml_element.h"

#include <QByteArray>
#include <QList>

namespace mcp {

class SharedStrings final : public XmlHandler
{
public:
    static constexpr qsizetype bytesLimit = 32'000'000;
    static constexpr qsizetype countLimit = 4'000'000;

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;
    void text(const QString &text) override;
    bool isDone() const override;

    // Empty beyond the last one. At most as long as a cell may be.
    QString at(qsizetype index) const;

private:
    QByteArray m_bytes; // UTF-8, one behind the other
    QList<quint32> m_ends;
    bool m_takesText = false;
};

} // namespace mcp
