// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/operation_area.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

struct Part
{
    QLatin1StringView segment;
    Area area;
};

// The first of these that a path has decides.
constexpr std::array parts{
    Part{"filesFolder"_L1, Area::Files}, // of a channel
    // Chats have messages too.
    Part{"chats"_L1, Area::Chats},
    Part{"teams"_L1, Area::Chats},
    Part{"team"_L1, Area::Chats},
    Part{"joinedTeams"_L1, Area::Chats},
    Part{"teamwork"_L1, Area::Chats},
    Part{"onlineMeetings"_L1, Area::Chats},
    Part{"messages"_L1, Area::Mail},
    Part{"mailFolders"_L1, Area::Mail},
    Part{"mailboxSettings"_L1, Area::Mail},
    Part{"inferenceClassification"_L1, Area::Mail},
    Part{"outlook"_L1, Area::Mail},
    Part{"getMailTips"_L1, Area::Mail},
    Part{"calendar"_L1, Area::Calendar},
    Part{"calendars"_L1, Area::Calendar},
    Part{"calendarView"_L1, Area::Calendar},
    Part{"calendarGroups"_L1, Area::Calendar},
    Part{"events"_L1, Area::Calendar},
    Part{"findMeetingTimes"_L1, Area::Calendar},
    Part{"places"_L1, Area::Calendar},
    Part{"workHoursAndLocations"_L1, Area::Calendar},
    // Before "sites" and "groups": a group has a notebook and a plan too.
    Part{"onenote"_L1, Area::Notes},
    Part{"todo"_L1, Area::Tasks},
    Part{"planner"_L1, Area::Tasks},
    Part{"threads"_L1, Area::Mail},
    Part{"conversations"_L1, Area::Mail},
    Part{"drive"_L1, Area::Files},
    Part{"drives"_L1, Area::Files},
    Part{"sites"_L1, Area::Files},
    Part{"followedSites"_L1, Area::Files},
    Part{"shares"_L1, Area::Files},
    Part{"storage"_L1, Area::Files},
    Part{"insights"_L1, Area::Files},
    Part{"copilot"_L1, Area::Files}, // retrieval finds what lies in SharePoint and OneDrive
    Part{"contacts"_L1, Area::People},
    Part{"contactFolders"_L1, Area::People},
    Part{"people"_L1, Area::People},
    Part{"presence"_L1, Area::People},
    Part{"communications"_L1, Area::People},
    Part{"manager"_L1, Area::People},
    Part{"directReports"_L1, Area::People},
    Part{"memberOf"_L1, Area::People},
    Part{"transitiveMemberOf"_L1, Area::People},
};

} // namespace

Area areaOfOperation(QStringView path)
{
    const QList<QStringView> segments = path.split(u'/', Qt::SkipEmptyParts);
    if (segments.size() == 1 && segments.first() == "me"_L1)
        return Area::Profile;
    for (const Part &part : parts) {
        for (const QStringView segment : segments) {
            // "reminderView(startDateTime='…')"
            const QStringView name = segment.left(segment.indexOf(u'('));
            if ((segment.contains(u'(') ? name : segment) == part.segment)
                return part.area;
        }
    }
    if (path.contains("reminderView("_L1))
        return Area::Calendar;
    const QStringView first = segments.isEmpty() ? QStringView() : segments.first();
    const bool isDirectory =
        first == "users"_L1 || first == "groups"_L1 || first == "directoryObjects"_L1;
    return isDirectory && segments.size() <= 2 ? Area::People : Area::Other;
}

} // namespace mcp
