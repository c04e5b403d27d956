// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/read_mail_tool.h"

#include "mcp/tools/mail_text.h"
#include "mcp/tools/outlook_id.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/text_piece.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"ReadMail"_s;
constexpr int mostOfThread = 50;

using Cursors = std::shared_ptr<const CursorSeal>;

// What is read, and from where on.
struct Reading
{
    QString id;
    bool isThread = false;
    qsizetype start = 0; // characters of the text

    QJsonObject state(qsizetype next) const
    {
        return {{u"id"_s, id}, {u"thread"_s, isThread}, {u"start"_s, next}};
    }
};

Result<Reading> readingOf(const QJsonObject &arguments, const CursorSeal &cursors,
                          const RequestContext &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors.open(arguments, toolName, context);
        if (!state.ok())
            return state.error();
        return Reading{.id = state->value("id"_L1).toString(),
                       .isThread = state->value("thread"_L1).toBool(),
                       .start = qsizetype(state->value("start"_L1).toInteger())};
    }
    Reading reading{.id = arguments.value("id"_L1).toString(),
                    .isThread = arguments.value("thread"_L1).toBool()};
    if (!isOutlookId(reading.id))
        return badArgument(u"\"id\" is not the id of a mail; FindMail lists them"_s);
    return reading;
}

GraphRequest mailRequest(const QString &path, const QString &select)
{
    GraphRequest request{.path = path,
                         .scopes = {u"Mail.Read"_s},
                         // Graph makes plain text of HTML.
                         .prefer = "outlook.body-content-type=\"text\""};
    request.query.addQueryItem(u"$select"_s, select);
    return request;
}

Async<QString> textOfOne(GraphClient *graph, const QString &id, const RequestContextPtr &context)
{
    GraphRequest request =
        mailRequest(u"/v1.0/me/messages/"_s + id,
                    u"subject,from,toRecipients,ccRecipients,receivedDateTime,isDraft,body"_s);
    request.query.addQueryItem(u"$expand"_s,
                               u"attachments($select=name,contentType,size,isInline)"_s);
    return andThen(graph->get(request, context), graph, [](const QJsonObject &message) {
        return readyAsync<QString>(mailText(message, "body"_L1));
    });
}

QString threadText(const QJsonObject &answer)
{
    QList<QJsonObject> messages;
    for (const auto &message : answer.value("value"_L1).toArray())
        messages.append(message.toObject());
    std::stable_sort(messages.begin(), messages.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return first["receivedDateTime"_L1].toString()
                             < second["receivedDateTime"_L1].toString();
                     });
    QStringList texts;
    for (const QJsonObject &message : messages)
        texts.append(mailText(message, "uniqueBody"_L1));
    QString text = texts.join(u"\n\n----\n\n"_s);
    if (answer.contains("@odata.nextLink"_L1))
        text += u"\n\n----\n\n(The conversation has more than %1 mails.)"_s.arg(mostOfThread);
    return text;
}

// Of each mail what is new in it (uniqueBody), the oldest first.
Async<QString> textOfThread(GraphClient *graph, const QString &id, const RequestContextPtr &context)
{
    const GraphRequest first = mailRequest(u"/v1.0/me/messages/"_s + id, u"conversationId"_s);
    return andThen(graph->get(first, context), graph, [graph, context](const QJsonObject &message) {
        QString conversation = message.value("conversationId"_L1).toString();
        GraphRequest all = mailRequest(
            u"/v1.0/me/messages"_s,
            u"subject,from,toRecipients,ccRecipients,receivedDateTime,isDraft,hasAttachments,"
            "uniqueBody"_s);
        // Sorted by us: Graph calls it inefficient beside this filter.
        all.query.addQueryItem(
            u"$filter"_s, u"conversationId eq '%1'"_s.arg(conversation.replace(u'\'', u"''"_s)));
        all.query.addQueryItem(u"$top"_s, QString::number(mostOfThread));
        return andThen(graph->get(all, context), graph, [](const QJsonObject &answer) {
            return readyAsync<QString>(threadText(answer));
        });
    });
}

ToolResult answerOf(const QString &text, const Reading &reading, const CursorSeal &cursors,
                    const RequestContext &context)
{
    const TextPiece piece = textPiece(text, reading.start);
    QString answer = u"Times of %1.\n"_s.arg(personZone())
        + OutsideFence().around(reading.isThread ? u"a conversation by mail"_s : u"a mail"_s,
                                piece.text);
    if (piece.next) {
        answer += piecesText(piece, text.size());
        answer += cursors.goOn(toolName, context, reading.state(*piece.next));
    }
    return {.text = answer};
}

Async<ToolResult> read(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto reading = readingOf(arguments, *cursors, *context);
    if (!reading.ok())
        return readyAsync<ToolResult>(reading.error());
    const Async<QString> text = reading->isThread ? textOfThread(graph, reading->id, context)
                                                  : textOfOne(graph, reading->id, context);
    return andThen(text, graph, [cursors, context, reading = *reading](const QString &all) {
        return readyAsync<ToolResult>(answerOf(all, reading, *cursors, *context));
    });
}

} // namespace

Tool readMailTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Read a mail"_s,
            .description =
                u"One mail of the signed-in person as text: subject, people, time, names of "
                "attachments, body; or the whole conversation, without what is quoted. Takes the "
                "id that FindMail lists."_s,
            .inputSchema = objectSchema(
                {{u"id"_s, textSchema(u"As FindMail lists it"_s, 512)},
                 {u"thread"_s, switchSchema(u"true: the conversation, oldest mail first"_s)},
                 {u"cursor"_s, cursorSchema()}}),
            .annotations = onlyReads,
            .area = Area::Mail,
            .scopes = {u"Mail.Read"_s},
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return read(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
