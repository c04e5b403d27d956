// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/mailbox_zone.h"

#include "mcp/tools/person_time.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {

Async<QTimeZone> mailboxZone(GraphClient *graph, const RequestContextPtr &context,
                             const QStringList &scopes)
{
    GraphRequest request{.path = u"/v1.0/me/mailboxSettings"_s, .scopes = scopes, .freshFor = 5min};
    request.query.addQueryItem(u"$select"_s, u"timeZone"_s);
    return andThen(graph->get(request, context), graph, [](const QJsonObject &answer) {
        const QTimeZone zone = zoneNamed(answer.value("timeZone"_L1).toString());
        return readyAsync<QTimeZone>(zone.isValid() ? zone : QTimeZone::systemTimeZone());
    });
}

} // namespace mcp
