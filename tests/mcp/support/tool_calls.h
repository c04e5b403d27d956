// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls that the sample tenant answers, at least one for every tool.

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

struct ToolCall
{
    const char *tool;
    QJsonObject arguments = {};
    bool asksGraph = true;
    bool isList = false; // its answer may have a next page
};

inline const QList<ToolCall> &toolCalls()
{
    using namespace Qt::StringLiterals;
    const QString mail = u"AAMkAGUzY2Nz-0001_AAA="_s;
    const QString team = u"fbe2bf47-16c8-47cf-b4a5-4b9b187c508b"_s;
    const QString channel = u"19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2"_s;
    static const QList<ToolCall> all{
        {.tool = "GetUserDetailsFromGraph"},
        {.tool = "GetMyPresence"},
        {.tool = "FindMail", .isList = true},
        {.tool = "FindMail", .arguments = {{u"text"_s, u"budget"_s}}, .isList = true},
        {.tool = "FindMail", .arguments = {{u"folder"_s, u"Projects/Fair"_s}}},
        {.tool = "ReadMail", .arguments = {{u"id"_s, mail}}},
        {.tool = "ReadMail", .arguments = {{u"id"_s, mail}, {u"thread"_s, true}}},
        {.tool = "GetAgenda", .isList = true},
        {.tool = "GetAgenda",
         .arguments = {{u"since"_s, u"2026-11-23"_s}, {u"until"_s, u"2026-11-29"_s}},
         .isList = true},
        {.tool = "GetAgenda",
         .arguments = {{u"since"_s, u"2026-11-23"_s}, {u"calendar"_s, u"Shop Zürich"_s}}},
        {.tool = "ReadEvent", .arguments = {{u"id"_s, u"AAMkAGUzY2Nz-event002="_s}}},
        {.tool = "ReadTeams", .isList = true},
        {.tool = "ReadTeams",
         .arguments = {{u"chat"_s, u"19:2da4c29f6d7041eca70b638b43d45437@thread.v2"_s}},
         .isList = true},
        {.tool = "ReadTeams", .arguments = {{u"team"_s, team}}, .isList = true},
        {.tool = "ReadTeams",
         .arguments = {{u"team"_s, team}, {u"channel"_s, channel}},
         .isList = true},
        {.tool = "ReadTeams",
         .arguments = {{u"team"_s, team},
                       {u"channel"_s, channel},
                       {u"message"_s, u"1794301200000"_s}},
         .isList = true},
        {.tool = "ListTasks", .isList = true},
        {.tool = "ListTasks",
         .arguments = {{u"list"_s, u"AAMkAGUzY2NzLTRkYTEtLists-01_AAA="_s}},
         .isList = true},
        {.tool = "ListTasks",
         .arguments = {{u"list"_s, u"xqQg5FS2LkCp935s-FIFm2Q00000"_s}, {u"done"_s, true}},
         .isList = true},
        {.tool = "SearchMicrosoft365",
         .arguments = {{u"kind"_s, u"mail"_s}, {u"text"_s, u"budget"_s}}},
        {.tool = "SearchMicrosoft365",
         .arguments = {{u"kind"_s, u"events"_s}, {u"text"_s, u"budget"_s}}},
        {.tool = "SearchMicrosoft365",
         .arguments = {{u"kind"_s, u"files"_s}, {u"text"_s, u"daily"_s}}},
        {.tool = "SearchMicrosoft365",
         .arguments = {{u"kind"_s, u"sites"_s}, {u"text"_s, u"retail"_s}}},
        {.tool = "SearchMicrosoft365",
         .arguments = {{u"kind"_s, u"chats"_s}, {u"text"_s, u"keys"_s}}},
        {.tool = "ReadNotes", .isList = true},
        {.tool = "ReadNotes",
         .arguments =
             {{u"page"_s,
               u"1-f6b99b6857d7fcc61fe4381f00000001!1-dfdf10b0-30d0-4364-855c-000000000001"_s}}},
        {.tool = "GetFreeBusy", .arguments = {{u"people"_s, QJsonArray{u"MeganB@contoso.com"_s}}}},
        {.tool = "GetFreeBusy",
         .arguments = {{u"people"_s, QJsonArray{u"PradeepG@contoso.com"_s, u"no@contoso.com"_s}},
                       {u"since"_s, u"2027-03-22"_s},
                       {u"until"_s, u"2027-03-29"_s},
                       {u"minutes"_s, 45}}},
        {.tool = "FindPeople", .isList = true},
        {.tool = "FindPeople", .arguments = {{u"text"_s, u"till"_s}}},
        {.tool = "FindPeople", .arguments = {{u"person"_s, u"me"_s}}},
        {.tool = "FindPeople", .arguments = {{u"person"_s, u"MeganB@contoso.com"_s}}},
        {.tool = "FindFiles", .isList = true},
        {.tool = "FindFiles", .arguments = {{u"text"_s, u"budget"_s}}},
        {.tool = "FindFiles",
         .arguments = {{u"text"_s, u"report"_s}, {u"folder"_s, u"me/01ADV7REPORTS"_s}},
         .isList = true},
        {.tool = "ReadFile", .arguments = {{u"id"_s, u"me/01ADV7NOTES"_s}}},
        {.tool = "ReadFile", .arguments = {{u"id"_s, u"me/01ADV7PLAN"_s}}},
        {.tool = "ReadFile", .arguments = {{u"id"_s, u"me/01ADV7CONTRACT"_s}}},
        {.tool = "DownloadFile", .arguments = {{u"id"_s, u"me/01ADV7SETUP"_s}}},
        {.tool = "CallGraph", .arguments = {{u"path"_s, u"/me/presence"_s}}},
        {.tool = "CallGraph", .arguments = {{u"path"_s, u"/me/messages?$top=2"_s}}, .isList = true},
        {.tool = "FindGraphOperation", .arguments = {{u"query"_s, u"mail"_s}}, .asksGraph = false},
    };
    return all;
}
