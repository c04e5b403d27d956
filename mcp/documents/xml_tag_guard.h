// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Counts the attributes of tags before a parser sees them: libxml2 before 2.12 compares each with
// all. Pure.

#pragma once

#include <QByteArrayView>

namespace mcp {

class XmlTagGuard
{
public:
    explicit XmlTagGuard(int attributesLimit)
        : m_limit(attributesLimit)
    {
    }

    // UTF-8, in any pieces. false: a tag has more.
    bool pass(QByteArrayView bytes);

private:
    enum class Place { Text, TagStart, Tag };

    int m_limit;
    int m_attributes = 0;
    Place m_place = Place::Text;
    char m_quote = 0;
};

} // namespace mcp
