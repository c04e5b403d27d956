// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/search_tool.h"

#include "mcp/tools/graph_list.h"
#include "mcp/tools/mailbox_zone.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/search_text.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"SearchMicrosoft365"_s;
constexpr qsizetype longestText = 400;

using Cursors = std::shared_ptr<const CursorSeal>;

// A page of hits, and what of it was shown already.
struct Page
{
    SearchKind kind = SearchKind::Mail;
    QString text = {};
    int offset = 0; // of the page among the hits
    int from = 0; // the first row of that page to show

    QJsonObject state() const
    {
        return {{u"kind"_s, searchWord(kind)},
                {u"text"_s, text},
                {u"offset"_s, offset},
                {u"from"_s, from}};
    }
};

Result<SearchKind> kindOf(const QJsonObject &arguments)
{
    const auto kind = searchKindOf(arguments.value("kind"_L1).toString());
    if (!kind)
        return badArgument(u"\"kind\" says where to search: mail, events, files, sites or chats"_s);
    return *kind;
}

// Which part of the account it is about. Whether the cursor is ours is seen when it is opened.
Result<Area> areaOf(const QJsonObject &arguments, const CursorSeal &cursors)
{
    const auto kind = kindOf(arguments.contains("cursor"_L1) ? cursors.peek(arguments) : arguments);
    if (!kind.ok())
        return kind.error();
    return searchArea(*kind);
}

Result<Page> pageOf(const QJsonObject &arguments, const CursorSeal &cursors,
                    const RequestContext &context)
{
    QJsonObject state = arguments;
    if (arguments.contains("cursor"_L1)) {
        const auto opened = cursors.open(arguments, toolName, context);
        if (!opened.ok())
            return opened.error();
        state = *opened;
    }
    const auto kind = kindOf(state);
    if (!kind.ok())
        return kind.error();
    // Of a language of its own, whose words stay as they are; Graph searches one kind only with it.
    const QString text = outsideLine(state.value("text"_L1).toString(), longestText);
    if (text.size() > longestText)
        return badArgument(u"\"text\" has more than %1 characters"_s.arg(longestText));
    const bool hasWords =
        std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber(); });
    if (!hasWords)
        return badArgument(u"\"text\" has no words to search for"_s);
    return Page{.kind = *kind,
                .text = text,
                .offset = state.value("offset"_L1).toInt(),
                .from = state.value("from"_L1).toInt()};
}

// Where it goes on; nullopt: that was all.
std::optional<Page> nextPage(const Page &page, const ListRows &shown, const QJsonValue &container)
{
    Page next = page;
    if (shown.next) {
        next.from = shown.next->from;
        return next;
    }
    const auto count = container["hits"_L1].toArray().size();
    // A page without hits that promises more would lead on and on.
    if (count == 0 || !container["moreResultsAvailable"_L1].toBool())
        return std::nullopt;
    next.offset += int(count);
    next.from = 0;
    return next;
}

Result<ToolResult> answerOf(const QJsonObject &answer, const Page &page, const QTimeZone &zone,
                            const GraphClient &graph, const CursorSeal &cursors,
                            const RequestContext &context)
{
    const QJsonValue container = answer["value"_L1][0]["hitsContainers"_L1][0];
    QStringList all;
    for (const auto &hit : container["hits"_L1].toArray())
        all.append(searchRow(page.kind, hit.toObject(), zone));
    const auto shown = listRows(all, {}, {.path = {}, .query = {}, .from = page.from}, graph);
    if (!shown.ok())
        return shown.error();
    const QString where = searchWord(page.kind);
    QString text = u"Nothing in %1 matches."_s.arg(where);
    if (const auto count = shown->rows.size(); count > 0) {
        text = (count == 1 ? u"1 hit"_s : u"%1 hits"_s.arg(count))
            + u" in %1, times of %2.\n"_s.arg(where, QString::fromLatin1(zone.id()))
            + OutsideFence().around(u"what a search found"_s, shown->rows.join(u'\n'));
    }
    if (const auto next = nextPage(page, *shown, container))
        text += cursors.goOn(toolName, context, next->state());
    return ToolResult{.text = text};
}

Async<ToolResult> search(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                         const RequestContextPtr &context)
{
    const auto page = pageOf(arguments, *cursors, *context);
    if (!page.ok())
        return readyAsync<ToolResult>(page.error());
    const auto zone = page->kind == SearchKind::Events
        ? mailboxZone(graph, context, searchScopes(page->kind))
        : readyAsync<QTimeZone>(QTimeZone::systemTimeZone());
    return andThen(zone, graph, [=, page = *page](const QTimeZone &known) {
        return andThen(graph->get(searchRequest(page.kind, page.text, page.offset), context), graph,
                       [=](const QJsonObject &answer) {
                           return readyAsync<ToolResult>(
                               answerOf(answer, page, known, *graph, *cursors, *context));
                       });
    });
}

QStringList allScopes()
{
    QStringList scopes;
    for (const auto &word : searchKinds())
        scopes += searchScopes(*searchKindOf(word.toString()));
    return scopes;
}

// Without words on what the names say: the list of tools is to stay small.
QJsonObject inputSchema()
{
    return objectSchema(
        {{u"text"_s, wordSchema()},
         {u"kind"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, searchKinds()}}},
         {u"cursor"_s, cursorSchema()}});
}

} // namespace

Tool searchTool(GraphClient *graph, const Cursors &cursors)
{
    return {
        .name = toolName,
        .title = u"Search Microsoft 365"_s,
        .description =
            u"Microsoft Search over one kind of the person's data: snippets, and ids for the other "
            "tools. text: words (KQL). Chats need an administrator's consent."_s,
        .inputSchema = inputSchema(),
        .annotations = onlyReads,
        .area = Area::Other,
        .scopes = allScopes(),
        .areaOf = [cursors](const QJsonObject &arguments) { return areaOf(arguments, *cursors); },
        .handler =
            [=](const QJsonObject &arguments, const RequestContextPtr &context) {
                return search(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
