// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When the people of the sample tenant are free or busy, as Graph answers for it: out of their
// calendars, or made up for those who have none (data/people.json).
//   POST /v1.0/me/calendar/getSchedule

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QDateTime>
#include <QUrl>

namespace sandbox {

class Schedule
{
public:
    // Delegated permissions of which one is enough; empty: the path is none of these.
    static QStringList scopesFor(const QString &path);
    static bool isReadByPost(const QString &path);
    static GraphAnswer answer(const test_support::HttpRequest &request, const QUrl &graph,
                              const Person &person);

    // microsoft.graph.scheduleItem of that person, in the order of their beginnings; in UTC.
    // isOwn: of the signed-in person, who sees subjects of private ones too.
    static QList<QJsonObject> items(const QString &key, const QDateTime &from, const QDateTime &to,
                                    bool isOwn);
};

} // namespace sandbox
