// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lists of a Word document, and the numbers of their entries (ECMA-376 part 1, 17.9).

#pragma once

#include "mcp/documents/xml_element.h"

#include <QHash>
#include <QList>

#include <array>

namespace mcp {

class WordLists final : public XmlHandler
{
public:
    static constexpr int levelCount = 9;

    bool begin(const XmlElement &element) override;
    void end(const XmlElement &element) override;

    // The number of the next entry as it is shown ("2.1.", "-" for a bullet); empty: none.
    QString next(const QString &list, int level);
    // At which level of a list a paragraph of this style stands.
    int levelOfStyle(const QString &list, const QString &style) const;

private:
    struct Level
    {
        QString format = QStringLiteral("decimal");
        QString pattern; // "%1.%2."
        QString style;
        int start = 1;
        bool isLegal = false; // all numbers are decimal
    };
    using Levels = std::array<Level, levelCount>;
    struct List
    {
        QString pattern; // the abstract list
        QHash<int, int> starts; // by level, where it does not go on
        bool hasBegun = false;
    };
    using Counts = std::array<int, levelCount>; // notYet, or the last one

    QString patternOf(const List &list) const;

    QHash<QString, Levels> m_patterns;
    QHash<QString, List> m_lists;
    QHash<QString, Counts> m_counts; // by pattern
    QHash<QString, QString> m_linked; // pattern to the list style that has its levels
    QHash<QString, QString> m_linkTargets; // list style to pattern
    QString m_pattern, m_list; // that are open
    int m_level = -1;
};

// A number in one of Word's formats: "lowerRoman".
QString numberText(int number, const QString &format);

} // namespace mcp
