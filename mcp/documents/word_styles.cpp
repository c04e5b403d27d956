// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/word_styles.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int basesLimit = 20;
constexpr int bodyTextLevel = 9; // as w:outlineLvl counts

int headingOfName(const QString &name)
{
    const QString lower = name.toLower();
    if (lower == "title"_L1)
        return 1;
    return lower.startsWith("heading "_L1) ? QStringView(lower).mid(8).toInt() : 0;
}

} // namespace

QString wordValue(const XmlElement &element)
{
    return element.value(XmlSpace::Word, "val");
}

bool isOn(const XmlElement &property)
{
    const QString value = wordValue(property);
    return value != "0"_L1 && value != "false"_L1 && value != "off"_L1;
}

bool WordStyles::begin(const XmlElement &element)
{
    if (element.space() != XmlSpace::Word)
        return true;
    const auto name = element.name();
    if (name == "docDefaults" || name == "latentStyles" || name == "tblStylePr")
        return false;
    if (name == "style") {
        m_id = element.value(XmlSpace::Word, "styleId");
        m_styles.insert(m_id, {});
        return true;
    }
    const auto open = m_styles.find(m_id);
    if (open == m_styles.end())
        return true;
    if (name == "name") {
        if (const int level = headingOfName(wordValue(element)); level > 0 && level <= 9)
            open->heading = level;
    } else if (name == "basedOn") {
        open->basedOn = wordValue(element);
    } else if (name == "outlineLvl") {
        const int level = wordValue(element).toInt();
        open->heading = level >= 0 && level < bodyTextLevel ? level + 1 : 0;
    } else if (name == "numId") {
        open->list = wordValue(element);
    } else if (name == "ilvl") {
        open->level = wordValue(element).toInt();
    } else if (name == "vanish") {
        open->isHidden = isOn(element);
    }
    return true;
}

WordStyle WordStyles::style(const QString &id)
{
    auto found = m_styles.constFind(id);
    if (found == m_styles.constEnd())
        return {};
    if (const auto known = m_wholes.constFind(id); known != m_wholes.constEnd())
        return *known;
    WordStyle whole;
    for (int i = 0; i < basesLimit && found != m_styles.constEnd(); ++i) {
        if (!whole.heading)
            whole.heading = found->heading;
        if (whole.list.isNull() && !found->list.isNull()) {
            whole.list = found->list;
            whole.listStyle = found.key();
        }
        if (!whole.level)
            whole.level = found->level;
        if (!whole.isHidden)
            whole.isHidden = found->isHidden;
        found = m_styles.constFind(found->basedOn);
    }
    m_wholes.insert(id, whole);
    return whole;
}

} // namespace mcp
