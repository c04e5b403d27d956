// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages of a person's OneNote, as Graph lists them: the one changed last first.
// https://learn.microsoft.com/graph/onenote-get-content

#pragma once

#include "mcp/tools/graph_list.h"

namespace mcp {

struct NotePages
{
    QJsonObject answer; // microsoft.graph.onenotePage, with the link to more
    // Graph lists no pages of accounts with many sections at once (error 20266); these are the
    // newest ones of the sections that were changed last, and there is no link.
    bool isOfSomeSections = false;
};

// words: all in the title; of contents Graph searches notebooks of consumers only.
GraphRequest notePagesRequest(const QStringList &words);
// place: of notePagesRequest(words), or of a page behind it. Errors: those of GraphClient.
Async<NotePages> notePages(GraphClient *graph, const ListPlace &place, const QStringList &words,
                           const RequestContextPtr &context);
// The title, the section and the notebook of one; its text is at "/content".
GraphRequest notePageRequest(const QString &id);

// Whether it has the form of a page's id, so that it may go into a path:
// "1-f6b99b6857d7fcc61fe4381fa6d12019!1-dfdf10b0-30d0-4364-855c-347a95f7a517".
bool isNotePageId(const QString &id);

} // namespace mcp
