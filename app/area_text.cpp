// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/area_text.h"

#include <QCoreApplication>

namespace area_text {
namespace {

using mcp::Area;

struct AreaText
{
    Q_DECLARE_TR_FUNCTIONS(AreaText)
public:
    static QString name(Area area)
    {
        switch (area) {
        case Area::Profile: return tr("Profile");
        case Area::People: return tr("People and presence");
        case Area::Mail: return tr("Mail");
        case Area::Calendar: return tr("Calendar");
        case Area::Files: return tr("Files");
        case Area::Chats: return tr("Teams chats and channels");
        case Area::Tasks: return tr("Tasks");
        case Area::Notes: return tr("Notes");
        case Area::Other: return tr("Everything else in Microsoft 365");
        }
        return {};
    }
    static QString question(Area area)
    {
        switch (area) {
        case Area::Profile: return tr("May this program read your profile?");
        case Area::People: return tr("May this program see your colleagues and who is available?");
        case Area::Mail: return tr("May this program read your mail?");
        case Area::Calendar: return tr("May this program read your calendar?");
        case Area::Files: return tr("May this program read your files?");
        case Area::Chats: return tr("May this program read your Teams chats and channels?");
        case Area::Tasks: return tr("May this program read your tasks?");
        case Area::Notes: return tr("May this program read your notes?");
        case Area::Other: return tr("May this program read other things in your Microsoft 365?");
        }
        return {};
    }
    static QString wish(Area area)
    {
        switch (area) {
        case Area::Profile: return tr("Read your profile");
        case Area::People: return tr("See your colleagues and who is available");
        case Area::Mail: return tr("Read your mail");
        case Area::Calendar: return tr("Read your calendar");
        case Area::Files: return tr("Read your files");
        case Area::Chats: return tr("Read your Teams chats and channels");
        case Area::Tasks: return tr("Read your tasks");
        case Area::Notes: return tr("Read your notes");
        case Area::Other: return tr("Read other things in your Microsoft 365");
        }
        return {};
    }
};

} // namespace

QString name(mcp::Area area)
{
    return AreaText::name(area);
}

QString question(mcp::Area area)
{
    return AreaText::question(area);
}

QString wish(mcp::Area area)
{
    return AreaText::wish(area);
}

} // namespace area_text
