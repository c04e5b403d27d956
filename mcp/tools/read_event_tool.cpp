// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/read_event_tool.h"

#include "mcp/tools/call_words.h"
#include "mcp/tools/event_text.h"
#include "mcp/tools/mailbox_zone.h"
#include "mcp/tools/outlook_id.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/text_piece.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ReadEvent"_s;
const QStringList scopes{u"Calendars.Read"_s, mailboxZoneScope()};

using Cursors = std::shared_ptr<const CursorSeal>;

struct Reading
{
    QString id;
    qsizetype start = 0; // characters of the text
};

Result<Reading> readingOf(const QJsonObject &arguments, const CursorSeal &cursors,
                          const RequestContext &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors.open(arguments, toolName, context);
        if (!state.ok())
            return state.error();
        return Reading{.id = state->value("id"_L1).toString(),
                       .start = qsizetype(state->value("start"_L1).toInteger())};
    }
    Reading reading{.id = arguments.value("id"_L1).toString()};
    if (!isOutlookId(reading.id))
        return badArgument(u"\"id\" is not the id of an event; GetAgenda lists them"_s);
    return reading;
}

ToolResult answerOf(const QJsonObject &event, const Reading &reading, const QTimeZone &zone,
                    const CursorSeal &cursors, const RequestContext &context)
{
    const QString text = eventText(event, zone);
    const TextPiece piece = textPiece(text, reading.start);
    QString answer = u"Times of %1.\n"_s.arg(QString::fromLatin1(zone.id()))
        + OutsideFence().around(u"an event of a calendar"_s, piece.text);
    if (piece.next) {
        answer += piecesText(piece, text.size());
        answer +=
            cursors.goOn(toolName, context, {{u"id"_s, reading.id}, {u"start"_s, *piece.next}});
    }
    return {.text = answer};
}

Async<ToolResult> read(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto reading = readingOf(arguments, *cursors, *context);
    if (!reading.ok())
        return readyAsync<ToolResult>(reading.error());
    return andThen(
        mailboxZone(graph, context, scopes), graph, [=, reading = *reading](const QTimeZone &zone) {
            GraphRequest request{.path = u"/v1.0/me/events/"_s + reading.id,
                                 .scopes = scopes,
                                 // Graph makes plain text of HTML.
                                 .prefer = "outlook.body-content-type=\"text\""};
            request.query.addQueryItem(u"$select"_s, eventTextProperties());
            return andThen(graph->get(request, context), graph, [=](const QJsonObject &event) {
                return readyAsync<ToolResult>(answerOf(event, reading, zone, *cursors, *context));
            });
        });
}

QString inWords(const QJsonObject &arguments)
{
    if (CallWords::goesOn(arguments))
        return CallWords::tr("Read on in an event");
    return CallWords::tr("Read event %1").arg(CallWords::id(arguments.value("id"_L1)));
}

} // namespace

Tool readEventTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Read an event"_s,
            .description =
                u"One event of the signed-in person's calendar: time, place, link to join, who is "
                "invited and what they answered, how it recurs, body as text. Takes the id that "
                "GetAgenda lists."_s,
            .inputSchema = objectSchema({{u"id"_s, textSchema(u"As GetAgenda lists it"_s, 512)},
                                         {u"cursor"_s, cursorSchema()}}),
            .annotations = onlyReads,
            .area = Area::Calendar,
            .scopes = scopes,
            .inWords = &inWords,
            .handler = [=](const QJsonObject &arguments, const RequestContextPtr &context) {
                return read(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
