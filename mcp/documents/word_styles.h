// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the styles of a Word document say that counts for its text (ECMA-376 part 1, 17.7).

#pragma once

#include "mcp/documents/xml_element.h"

#include <QHash>

#include <optional>

namespace mcp {

struct WordStyle
{
    QString basedOn;
    std::optional<int> heading; // 1 to 9; 0: explicitly none
    QString list; // the list (numId) it belongs to
    QString listStyle; // the style that says so
    std::optional<int> level; // in it, from 0
    std::optional<bool> isHidden;
};

class WordStyles final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override;

    // With what it is based on. Only once all are read.
    WordStyle style(const QString &id);

private:
    QHash<QString, WordStyle> m_styles;
    QHash<QString, WordStyle> m_wholes; // of those that were asked for
    QString m_id; // of the one that is open
};

// Whether a property that is on or off (17.17.4) is on.
bool isOn(const XmlElement &property);
// The attribute w:val.
QString wordValue(const XmlElement &element);

} // namespace mcp
