// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Microsoft Search can look for, one kind at a time: each is another part of the account, with
// permissions of its own, and Graph searches mail, events and chats each alone anyway. Pure.
// https://learn.microsoft.com/graph/api/resources/search-api-overview, "Known limitations"

#pragma once

#include "mcp/graph/graph_client.h"
#include "mcp/protocol/area.h"

#include <QJsonArray>

#include <optional>

namespace mcp {

enum class SearchKind { Mail, Events, Files, Sites, Chats };

// "mail", "events", ...: as a model says it.
std::optional<SearchKind> searchKindOf(const QString &word);
QString searchWord(SearchKind kind);
QJsonArray searchKinds();

Area searchArea(SearchKind kind);
// The least that Graph takes; of events also what their time zone needs.
QStringList searchScopes(SearchKind kind);

constexpr int hitsOfPage = 25; // the most for mail and events

// text: in the query language of Microsoft Search (KQL). offset: hits to leave out.
GraphRequest searchRequest(SearchKind kind, const QString &text, int offset);

} // namespace mcp
