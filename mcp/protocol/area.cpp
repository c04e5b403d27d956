// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/area.h"

using namespace Qt::StringLiterals;

namespace mcp {

QString areaWord(Area area)
{
    switch (area) {
    case Area::Profile: return u"profile"_s;
    case Area::People: return u"people"_s;
    case Area::Mail: return u"mail"_s;
    case Area::Calendar: return u"calendar"_s;
    case Area::Files: return u"files"_s;
    case Area::Chats: return u"chats"_s;
    case Area::Tasks: return u"tasks"_s;
    case Area::Notes: return u"notes"_s;
    case Area::Other: return u"other"_s;
    }
    return {};
}

std::optional<Area> areaOfWord(const QString &word)
{
    for (const Area area : allAreas()) {
        if (areaWord(area) == word)
            return area;
    }
    return std::nullopt;
}

std::array<Area, areaCount> allAreas()
{
    std::array<Area, areaCount> areas{};
    for (int i = 0; i < areaCount; ++i)
        areas[size_t(i)] = Area(i);
    return areas;
}

AreaSet AreaSet::all()
{
    AreaSet set;
    for (const Area area : allAreas())
        set.insert(area);
    return set;
}

} // namespace mcp
