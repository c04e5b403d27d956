// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calendars of the sample tenant, as Graph answers for them; series become occurrences at the same
// time of day, also where the clocks change.
//   GET /v1.0/me/calendarView, /v1.0/me/calendars, /v1.0/me/calendars/{id}/calendarView,
//       /v1.0/me/events/{id}, /v1.0/me/mailboxSettings

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

class Calendar
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.event, each occurrence of a series by itself; in UTC, as Graph answers
    // unless asked otherwise. asText: bodies as Graph converts them.
    static QList<QJsonObject> events(const Person &person, bool asText);
};

} // namespace sandbox
