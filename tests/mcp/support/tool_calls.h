// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls that the sample tenant answers, at least one for every tool.

#pragma once

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
    static const QList<ToolCall> all{
        {.tool = "GetUserDetailsFromGraph"},
        {.tool = "GetMyPresence"},
        {.tool = "FindMail", .isList = true},
        {.tool = "FindMail", .arguments = {{u"text"_s, u"budget"_s}}, .isList = true},
        {.tool = "ReadMail", .arguments = {{u"id"_s, mail}}},
        {.tool = "ReadMail", .arguments = {{u"id"_s, mail}, {u"thread"_s, true}}},
        {.tool = "GetAgenda", .isList = true},
        {.tool = "GetAgenda",
         .arguments = {{u"since"_s, u"2026-11-23"_s}, {u"until"_s, u"2026-11-29"_s}},
         .isList = true},
        {.tool = "ReadEvent", .arguments = {{u"id"_s, u"AAMkAGUzY2Nz-event002="_s}}},
        {.tool = "FindFiles", .isList = true},
        {.tool = "FindFiles", .arguments = {{u"text"_s, u"budget"_s}}},
        {.tool = "FindFiles",
         .arguments = {{u"text"_s, u"report"_s}, {u"folder"_s, u"me/01ADV7REPORTS"_s}},
         .isList = true},
        {.tool = "ReadFile", .arguments = {{u"id"_s, u"me/01ADV7NOTES"_s}}},
        {.tool = "ReadFile", .arguments = {{u"id"_s, u"me/01ADV7PLAN"_s}}},
        {.tool = "DownloadFile", .arguments = {{u"id"_s, u"me/01ADV7SETUP"_s}}},
        {.tool = "CallGraph", .arguments = {{u"path"_s, u"/me/presence"_s}}},
        {.tool = "CallGraph", .arguments = {{u"path"_s, u"/me/messages?$top=2"_s}}, .isList = true},
        {.tool = "FindGraphOperation", .arguments = {{u"query"_s, u"mail"_s}}, .asksGraph = false},
    };
    return all;
}
