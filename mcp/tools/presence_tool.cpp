// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/presence_tool.h"

#include "mcp/protocol/plain_text.h"
#include "mcp/tools/tool_parts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QJsonObject outputSchema()
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    return {
        {u"type"_s, u"object"_s},
        {u"properties"_s,
         QJsonObject{{u"availability"_s, text}, {u"activity"_s, text}, {u"statusMessage"_s, text}}},
        {u"required"_s, QJsonArray{u"availability"_s, u"activity"_s}},
        {u"additionalProperties"_s, false}};
}

// https://learn.microsoft.com/graph/api/resources/presence
Result<ToolResult> resultOf(const QJsonObject &presence)
{
    const auto plain = [](const QJsonValue &value) {
        return withoutHiddenCharacters(value.toString(), true).trimmed();
    };
    const QString availability = plain(presence.value("availability"_L1));
    const QString activity = plain(presence.value("activity"_L1));
    if (availability.isEmpty() || activity.isEmpty()) {
        return Error{.kind = Error::Kind::ServiceFault,
                     .detail = u"Microsoft Graph's answer to /me/presence says no presence"_s};
    }
    QJsonObject facts{{u"availability"_s, availability}, {u"activity"_s, activity}};
    const QString message = plain(presence["statusMessage"_L1]["message"_L1]["content"_L1]);
    if (!message.isEmpty())
        facts.insert(u"statusMessage"_s, message);
    return factsResult(facts);
}

} // namespace

Tool presenceTool(GraphClient *graph)
{
    return {
        .name = u"GetMyPresence"_s,
        .title = u"Get my presence in Teams"_s,
        .description =
            u"How available the signed-in person is in Microsoft Teams right now: "
            "availability, activity (in a meeting, presenting, out of office), status message."_s,
        .inputSchema = noArguments(),
        .outputSchema = outputSchema(),
        .annotations = onlyReads,
        .area = Area::People,
        .scopes = {u"Presence.Read"_s},
        .handler = [graph](const QJsonObject &, const RequestContextPtr &context) {
            const GraphRequest request{.path = u"/v1.0/me/presence"_s,
                                       .scopes = {u"Presence.Read"_s}};
            return andThen(graph->get(request, context), graph, [](const QJsonObject &answer) {
                return readyAsync<ToolResult>(resultOf(answer));
            });
        }};
}

} // namespace mcp
