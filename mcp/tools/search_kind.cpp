// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/search_kind.h"

#include "mcp/tools/mailbox_zone.h"

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::array kinds{SearchKind::Mail, SearchKind::Events, SearchKind::Files,
                           SearchKind::Sites, SearchKind::Chats};

QJsonArray entityTypes(SearchKind kind)
{
    switch (kind) {
    case SearchKind::Mail: return {u"message"_s};
    case SearchKind::Events: return {u"event"_s};
    case SearchKind::Files: return {u"driveItem"_s};
    case SearchKind::Sites: return {u"site"_s, u"list"_s};
    case SearchKind::Chats: return {u"chatMessage"_s};
    }
    return {};
}

} // namespace

QString searchWord(SearchKind kind)
{
    switch (kind) {
    case SearchKind::Mail: return u"mail"_s;
    case SearchKind::Events: return u"events"_s;
    case SearchKind::Files: return u"files"_s;
    case SearchKind::Sites: return u"sites"_s;
    case SearchKind::Chats: return u"chats"_s;
    }
    return {};
}

std::optional<SearchKind> searchKindOf(const QString &word)
{
    for (const SearchKind kind : kinds) {
        if (searchWord(kind) == word)
            return kind;
    }
    return std::nullopt;
}

QJsonArray searchKinds()
{
    QJsonArray words;
    for (const SearchKind kind : kinds)
        words.append(searchWord(kind));
    return words;
}

Area searchArea(SearchKind kind)
{
    switch (kind) {
    case SearchKind::Mail: return Area::Mail;
    case SearchKind::Events: return Area::Calendar;
    case SearchKind::Files:
    case SearchKind::Sites: return Area::Files;
    case SearchKind::Chats: return Area::Chats;
    }
    return Area::Other;
}

QStringList searchScopes(SearchKind kind)
{
    switch (kind) {
    case SearchKind::Mail: return {u"Mail.Read"_s};
    case SearchKind::Events: return {u"Calendars.Read"_s, mailboxZoneScope()};
    case SearchKind::Files: return {u"Files.Read.All"_s};
    case SearchKind::Sites: return {u"Sites.Read.All"_s};
    // Graph wants both, also for chats that are none of a channel. An administrator grants the
    // second.
    case SearchKind::Chats: return {u"Chat.Read"_s, u"ChannelMessage.Read.All"_s};
    }
    return {};
}

GraphRequest searchRequest(SearchKind kind, const QString &text, int offset)
{
    const QJsonObject search{{u"entityTypes"_s, entityTypes(kind)},
                             {u"query"_s, QJsonObject{{u"queryString"_s, text}}},
                             {u"from"_s, offset},
                             {u"size"_s, hitsOfPage}};
    return {.path = u"/v1.0/search/query"_s,
            .scopes = searchScopes(kind),
            .body = QJsonObject{{u"requests"_s, QJsonArray{search}}}};
}

} // namespace mcp
