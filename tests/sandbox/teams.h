// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Teams of the sample tenant: chats, teams, channels and what was written there, as Graph answers
// for them.
//   GET /v1.0/me/chats, /v1.0/chats/{id}/messages, /v1.0/me/joinedTeams, /v1.0/teams/{id}/channels,
//   /v1.0/teams/{id}/channels/{id}/messages, .../messages/{id}/replies

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Teams
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.chat with members and lastMessagePreview, the newest activity first.
    static QList<QJsonObject> chats(const Person &person);
    // microsoft.graph.team of which the person is a member.
    static QList<QJsonObject> joinedTeams(const Person &person);
    // microsoft.graph.chatMessage, newest first; empty where there is no such chat or channel.
    static QList<QJsonObject> chatMessages(const QString &chat);
    static QList<QJsonObject> channelMessages(const QString &channel);
};

} // namespace sandbox
