// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of a Microsoft account as a person thinks of them. What the valet lends to an AI client
// is counted in these: Entra's consent is per account and app, the valet's grant per client and
// area.

#pragma once

#include <QString>

#include <array>
#include <optional>

namespace mcp {

enum class Area {
    Profile, // comes with the permission to use the account at all
    People, // presence, colleagues, manager, reports
    Mail,
    Calendar,
    Files, // OneDrive, SharePoint
    Chats, // Teams
    Tasks, // To Do, Planner
    Notes, // OneNote
    Other, // what is left of Microsoft 365
};
constexpr int areaCount = int(Area::Other) + 1;

class AreaSet
{
public:
    static AreaSet all();

    bool contains(Area area) const { return (m_bits & bitOf(area)) != 0; }
    void insert(Area area) { m_bits |= bitOf(area); }
    void remove(Area area) { m_bits &= ~bitOf(area); }

    friend bool operator==(const AreaSet &, const AreaSet &) = default;

private:
    static unsigned bitOf(Area area) { return 1U << unsigned(area); }

    unsigned m_bits = 0;
};

// "profile", "mail", ...: as settings and logs spell it. Never changes.
QString areaWord(Area area);
std::optional<Area> areaOfWord(const QString &word);
// Every area, for tests and lists.
std::array<Area, areaCount> allAreas();

} // namespace mcp
