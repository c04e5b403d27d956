// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// OneNote of the sample tenant, as Graph answers for it.
//   GET /v1.0/me/onenote/pages, /v1.0/me/onenote/pages/{id}, /v1.0/me/onenote/pages/{id}/content,
//       /v1.0/me/onenote/sections, /v1.0/me/onenote/sections/{id}/pages
// https://learn.microsoft.com/graph/onenote-get-content

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class OneNote
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    // Nestor has more sections than all pages are listed of (400, 20266); the others do not.
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.onenotePage with parentSection and parentNotebook, the one changed last
    // first.
    static QList<QJsonObject> pages(const Person &person);
    // Of a page; empty: there is none.
    static QString html(const Person &person, const QString &page);
};

} // namespace sandbox
