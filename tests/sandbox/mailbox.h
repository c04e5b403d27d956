// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Outlook of the sample tenant: the mail of its people, as Graph answers for it.
//   GET /v1.0/me/messages, /v1.0/me/mailFolders/{folder}/messages, /v1.0/me/messages/{id}
//   GET /v1.0/me/mailFolders, /v1.0/me/mailFolders/{folder}/childFolders

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Mailbox
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.message of all folders, newest first. asText: bodies as Graph converts them
    // for "Prefer: outlook.body-content-type".
    static QList<QJsonObject> messages(const Person &person, bool asText);
};

} // namespace sandbox
