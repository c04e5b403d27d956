// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/mailbox_zone.h"

#include "mcp/tools/person_time.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {

MailboxZone::MailboxZone(GraphClient *graph)
    : m_graph(graph)
    , m_known(std::make_shared<QHash<QString, Known>>())
{
}

Async<QTimeZone> MailboxZone::of(const RequestContextPtr &context, const QStringList &scopes)
{
    const auto known = m_known->constFind(context->principal);
    if (known != m_known->constEnd() && !known->until.hasExpired())
        return readyAsync<QTimeZone>(known->zone);
    GraphRequest request{.path = u"/v1.0/me/mailboxSettings"_s, .scopes = scopes};
    request.query.addQueryItem(u"$select"_s, u"timeZone"_s);
    return andThen(m_graph->get(request, context), m_graph,
                   [known = m_known, principal = context->principal](const QJsonObject &answer) {
                       QTimeZone zone = zoneNamed(answer.value("timeZone"_L1).toString());
                       if (!zone.isValid())
                           zone = QTimeZone::systemTimeZone();
                       // Nobody's is not kept: the next one may be somebody else.
                       if (!principal.isEmpty())
                           known->insert(principal, {zone, QDeadlineTimer(15min)});
                       return readyAsync<QTimeZone>(zone);
                   });
}

} // namespace mcp
