// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The search of Microsoft 365 in the sample tenant, as Graph answers for it: mail and events of the
// other parts under the ids that Exchange gives them there, files, sites and chats of its own.
//   POST /v1.0/search/query
// https://learn.microsoft.com/graph/api/resources/search-api-overview

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Search
{
public:
    static bool isPath(const QString &path);
    // Delegated permissions of which one is enough for some search; empty: not this path.
    static QStringList scopesFor(const QString &path);
    // Whether they are enough for this one: that of chats needs two.
    static bool mayRead(const test_support::HttpRequest &request, const QStringList &scopes);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.searchHit of an entityType, all that the person may see.
    static QList<QJsonObject> hits(const Person &person, const QString &entityType);
};

} // namespace sandbox
