// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the styles of an OpenDocument say that counts for its text: what is hidden, which
// paragraphs are headings, and how entries of lists are numbered. They stand in styles.xml, and in
// front of the content.

#pragma once

#include "mcp/documents/xml_element.h"

#include <QHash>
#include <QSet>

namespace mcp {

class OpenStyles final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override;

    // family: "paragraph", "text", "table", "drawing-page".
    bool isHidden(QLatin1StringView family, const QString &style) const;
    // 1 to 6 by the name of a paragraph's style or of what it is made from; 0: none.
    int heading(const QString &style) const;
    // "2.", "b)"; "-" where the level (from 1 on) has bullets.
    QString entryMark(const QString &listStyle, qsizetype level, int number) const;

private:
    struct Numbers
    {
        QString format, prefix, suffix;
    };

    bool isFull() const;

    QString m_style, m_listStyle; // that are open
    QSet<QString> m_hidden; // "family/name"
    QHash<QString, QString> m_parents; // of paragraph styles
    QHash<QString, Numbers> m_numbers; // by "list style/level"
};

} // namespace mcp
