// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/call_graph_tool.h"

#include "mcp/graph/graph_batch.h"
#include "mcp/tools/batch_question.h"
#include "mcp/tools/graph_list.h"
#include "mcp/tools/graph_question.h"
#include "mcp/tools/lean_json.h"
#include "mcp/tools/model_messages.h"
#include "mcp/tools/operation_area.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/text_piece.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"CallGraph"_s;

using Cursors = std::shared_ptr<const CursorSeal>;
using Shown = std::shared_ptr<const OperationsShown>;

QJsonObject inputSchema()
{
    return objectSchema(
        {{u"path"_s, textSchema(u"Such as /me/todo/lists?$select=displayName&$top=5"_s, 4000)},
         // As text, because clients want every property of an object named, and each operation has
         // its own.
         {u"body"_s, textSchema(u"JSON object, for operations that read by POST"_s, 16 * 1024)},
         {u"cursor"_s, cursorSchema()}});
}

// What to ask, and where in the answer to begin.
struct Call
{
    GraphRequest request;
    ListPlace place = {};
    qsizetype start = 0; // characters, where the answer is no list
    QJsonObject asked = {}; // path and body as they came, for the cursor
};

Result<Call> callOf(const QJsonObject &arguments, const CursorSeal &cursors,
                    const OperationsShown &shown, const RequestContext &context)
{
    QJsonObject state;
    QJsonObject asked = arguments;
    if (arguments.contains("cursor"_L1)) {
        const auto opened = cursors.open(arguments, toolName, context);
        if (!opened.ok())
            return opened.error();
        state = *opened;
        asked = state.value("asked"_L1).toObject();
    }
    const auto question = graphQuestionOf(asked, shown);
    if (!question.ok())
        return question.error();
    Call call{.request = question->request, .asked = asked};
    call.start = qsizetype(state.value("start"_L1).toInteger());
    call.place = ListPlace::of(call.request);
    if (state.contains("query"_L1)) {
        call.place = ListPlace::ofState(state);
        call.request.path = call.place.path;
        call.request.query = QUrlQuery(call.place.query);
    }
    return call;
}

// Each with an equal share of what one answer may have.
ToolResult batchAnswer(const BatchQuestion &batch, const GraphAnswers &answers)
{
    const qsizetype share = pieceLimit / batch.parts.size();
    QStringList texts;
    for (qsizetype i = 0; i < batch.parts.size(); ++i) {
        const auto &answer = answers.at(i);
        const QString whole =
            answer.ok() ? leanText(*answer) : u"not read. "_s + modelMessage(answer.error());
        const TextPiece piece = textPiece(whole, 0, share);
        QString text = u"%1: %2"_s.arg(batch.parts.at(i).id, piece.text);
        if (piece.next)
            text += u" … (cut; ask for this one by itself)"_s;
        texts.append(text);
    }
    return {.text = OutsideFence().around(u"what Microsoft Graph has, by id"_s, texts.join(u'\n'))};
}

Async<ToolResult> runBatch(GraphClient *graph, const BatchQuestion &batch,
                           const RequestContextPtr &context)
{
    QList<GraphRequest> requests;
    for (const BatchQuestion::Part &part : batch.parts)
        requests.append(part.request);
    return andThen(getAll(graph, requests, context), graph, [batch](const GraphAnswers &answers) {
        return readyAsync<ToolResult>(batchAnswer(batch, answers));
    });
}

Result<Area> areaOf(const QJsonObject &arguments, const CursorSeal &cursors,
                    const OperationsShown &shown)
{
    // Whether the cursor is ours is seen when it is opened; it says the same then.
    const QJsonObject asked = arguments.contains("cursor"_L1)
        ? cursors.peek(arguments).value("asked"_L1).toObject()
        : arguments;
    if (isBatch(asked)) {
        const auto batch = batchQuestionOf(asked, shown);
        return batch.ok() ? Result<Area>(batch->area) : batch.error();
    }
    const auto question = graphQuestionOf(asked, shown);
    if (!question.ok())
        return question.error();
    return areaOfOperation(QString(question->operation.path));
}

QString goOn(const CursorSeal &cursors, const Call &call, QJsonObject state,
             const RequestContext &context)
{
    state.insert(u"asked"_s, call.asked);
    return cursors.goOn(toolName, context, state);
}

Result<ToolResult> listAnswer(const QJsonObject &answer, const Call &call, const GraphClient &graph,
                              const CursorSeal &cursors, const RequestContext &context)
{
    const auto shown = listRowsOf(answer, &leanText, call.place, graph);
    if (!shown.ok())
        return shown.error();
    QString text = u"%1 in this answer"_s.arg(shown->rows.size());
    if (answer.contains("@odata.count"_L1))
        text += u", %1 in all"_s.arg(answer.value("@odata.count"_L1).toInteger());
    text += u".\n"_s;
    if (!shown->rows.isEmpty())
        text += OutsideFence().around(u"what Microsoft Graph has"_s, shown->rows.join(u'\n'));
    if (shown->next)
        text += goOn(cursors, call, shown->next->state(), context);
    return ToolResult{.text = text};
}

Result<ToolResult> answerOf(const QJsonObject &answer, const Call &call, const GraphClient &graph,
                            const CursorSeal &cursors, const RequestContext &context)
{
    if (answer.value("value"_L1).isArray())
        return listAnswer(answer, call, graph, cursors, context);
    const QString whole = leanText(answer);
    const TextPiece piece = textPiece(whole, call.start);
    QString text = OutsideFence().around(u"what Microsoft Graph has"_s, piece.text);
    if (piece.next) {
        text += piecesText(piece, whole.size());
        text += goOn(cursors, call, {{u"start"_s, *piece.next}}, context);
    }
    return ToolResult{.text = text};
}

Async<ToolResult> run(GraphClient *graph, const Cursors &cursors, const OperationsShown &shown,
                      const QJsonObject &arguments, const RequestContextPtr &context)
{
    if (isBatch(arguments)) {
        const auto batch = batchQuestionOf(arguments, shown);
        return batch.ok() ? runBatch(graph, *batch, context)
                          : readyAsync<ToolResult>(batch.error());
    }
    const auto call = callOf(arguments, *cursors, shown, *context);
    if (!call.ok())
        return readyAsync<ToolResult>(call.error());
    return andThen(graph->get(call->request, context), graph,
                   [graph, cursors, context, call = *call](const QJsonObject &answer) {
                       return readyAsync<ToolResult>(
                           answerOf(answer, call, *graph, *cursors, *context));
                   });
}

} // namespace

Tool callGraphTool(GraphClient *graph, const Cursors &cursors, const Shown &shownToAll)
{
    const Shown shown = shownToAll ? shownToAll : std::make_shared<const OperationsShown>();
    return {.name = toolName,
            .title = u"Read from Microsoft Graph"_s,
            .description =
                u"Reads anything of Microsoft Graph v1.0 that FindGraphOperation names: path with "
                "query options ($select, $filter, $top, ...), or /$batch. Never changes anything. "
                "Prefer "
                "the other tools where one fits; use $select to keep answers small."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Other,
            .areaOf =
                [cursors, shown](const QJsonObject &arguments) {
                    return areaOf(arguments, *cursors, *shown);
                },
            .handler =
                [=](const QJsonObject &arguments, const RequestContextPtr &context) {
                    return run(graph, cursors, *shown, arguments, context);
                }};
}

} // namespace mcp
