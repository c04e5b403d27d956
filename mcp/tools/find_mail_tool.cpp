// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/find_mail_tool.h"

#include "mcp/tools/graph_list.h"
#include "mcp/tools/mail_query.h"
#include "mcp/tools/mail_text.h"
#include "mcp/tools/outlook_place.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"FindMail"_s;
constexpr int mostMails = 25;

using Cursors = std::shared_ptr<const CursorSeal>;

QJsonObject inputSchema()
{
    return objectSchema({{u"text"_s, textSchema(u"Words, all of them to be found"_s, 200)},
                         {u"from"_s, textSchema(u"Name or address of the sender"_s, 100)},
                         {u"folder"_s,
                          textSchema(u"inbox, sentitems, drafts, archive, deleteditems, junkemail, "
                                     "or a name; all if left out"_s,
                                     200)},
                         {u"since"_s, daySchema(u"First day, YYYY-MM-DD"_s)},
                         {u"until"_s, daySchema(u"Last day"_s)},
                         {u"unread"_s, switchSchema()},
                         {u"hasAttachments"_s, switchSchema()},
                         {u"limit"_s, numberSchema(1, mostMails, usualMails)},
                         {u"cursor"_s, cursorSchema()}});
}

// A page of Graph, and what of it is left to us.
struct Page
{
    ListPlace place;
    bool onlyUnread = false;
};

Result<Page> pageOf(const QJsonObject &arguments, const CursorSeal &cursors,
                    const RequestContext &context)
{
    if (!arguments.contains("cursor"_L1)) {
        const auto query = mailQueryOf(arguments);
        if (!query.ok())
            return query.error();
        return Page{.place = ListPlace::of(query->request), .onlyUnread = query->onlyUnread};
    }
    const auto state = cursors.open(arguments, toolName, context);
    if (!state.ok())
        return state.error();
    return Page{.place = ListPlace::ofState(*state),
                .onlyUnread = state->value("onlyUnread"_L1).toBool()};
}

Result<ToolResult> answerOf(const QJsonObject &answer, const Page &page, const GraphClient &graph,
                            const CursorSeal &cursors, const RequestContext &context)
{
    QStringList all;
    const QJsonArray messages = answer.value("value"_L1).toArray();
    for (const auto &message : messages) {
        if (!page.onlyUnread || message["isRead"_L1] == false)
            all.append(mailRow(message.toObject()));
    }
    const auto shown = listRows(all, answer, page.place, graph);
    if (!shown.ok())
        return shown.error();
    QString text = shown->next ? u"No mail on this page matches."_s : u"No mail matches."_s;
    if (const auto count = shown->rows.size(); count > 0) {
        text = (count == 1 ? u"1 mail"_s : u"%1 mails"_s.arg(count))
            + u", times of %1.\n"_s.arg(personZone())
            + OutsideFence().around(u"mail"_s, shown->rows.join(u'\n'));
    }
    if (shown->next) {
        QJsonObject state = shown->next->state();
        state.insert(u"onlyUnread"_s, page.onlyUnread);
        text += cursors.goOn(toolName, context, state);
    }
    return ToolResult{.text = text};
}

Async<ToolResult> list(GraphClient *graph, const Cursors &cursors, const Page &page,
                       const RequestContextPtr &context)
{
    return andThen(graph->get(page.place.request({u"Mail.Read"_s}), context), graph,
                   [graph, cursors, context, page](const QJsonObject &answer) {
                       return readyAsync<ToolResult>(
                           answerOf(answer, page, *graph, *cursors, *context));
                   });
}

Async<ToolResult> find(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto page = pageOf(arguments, *cursors, *context);
    if (!page.ok())
        return readyAsync<ToolResult>(page.error());
    const QString folder = arguments.value("folder"_L1).toString().trimmed();
    if (folder.isEmpty() || !wellKnownMailFolder(folder).isEmpty())
        return list(graph, cursors, *page, context);
    return andThen(mailFolders(graph, context), graph,
                   [graph, cursors, context, folder, page = *page](const OutlookPlaces &folders) {
                       const PlaceFound found = placeNamed(folder, folders, u"mail folder"_s);
                       if (found.id.isEmpty())
                           return readyAsync<ToolResult>(ToolResult{.text = found.words});
                       Page within = page;
                       within.place.path = mailPath(found.id);
                       return list(graph, cursors, within, context);
                   });
}

} // namespace

Tool findMailTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Find mail"_s,
            .description =
                u"Lists the signed-in person's mail (Outlook), newest first: time, sender, "
                "subject, preview, id. ReadMail shows one."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::Mail,
            .scopes = {u"Mail.Read"_s},
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return find(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
