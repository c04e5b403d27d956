// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/xml_tag_guard.h"

namespace mcp {

// No "<" may stand in a tag or a value, so each one begins anew, also within comments: whatever
// the parser takes for a tag is counted as one.
bool XmlTagGuard::pass(QByteArrayView bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (m_place == Place::Text) {
            i = bytes.indexOf('<', i);
            if (i < 0)
                return true;
        }
        const char c = bytes.at(i);
        if (c == '<') {
            m_place = Place::TagStart;
        } else if (m_place == Place::TagStart) {
            m_place = c == '!' || c == '?' || c == '/' ? Place::Text : Place::Tag;
            m_attributes = 0;
            m_quote = 0;
            if (c == '>')
                m_place = Place::Text;
        } else if (m_quote != 0) {
            if (c == m_quote)
                m_quote = 0;
        } else if (c == '"' || c == '\'') {
            m_quote = c;
        } else if (c == '>') {
            m_place = Place::Text;
        } else if (c == '=' && ++m_attributes > m_limit) {
            return false;
        }
    }
    return true;
}

} // namespace mcp
