// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// OneDrive and SharePoint of the sample tenant, as Graph answers for them.
//   GET /v1.0/me/drive/root, /v1.0/me/drive/items/{item}, /v1.0/drives/{drive}/items/{item},
//       and of each /children, /content, /content?format=pdf, /search(q='...')

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Drive
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.driveItem of all that the person may see, in all drives.
    static QList<QJsonObject> items(const Person &person);
    // microsoft.graph.searchHit of all of them but roots and shortcuts.
    static QList<QJsonObject> hits(const Person &person);
    static QByteArray contentOf(const QString &itemId);
    // Id of the drive whose owner has that key; "" is the document library of a site.
    static QString driveOf(const QString &owner);
};

} // namespace sandbox
