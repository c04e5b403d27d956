// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/find_files_tool.h"

#include "mcp/tools/call_words.h"
#include "mcp/tools/drive_item_id.h"
#include "mcp/tools/file_text.h"
#include "mcp/tools/graph_list.h"
#include "mcp/tools/mail_query.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"FindFiles"_s;
const QString searchPath = u"/v1.0/search/query"_s;
constexpr int itemsOfPage = 100; // of a folder
constexpr int hitsOfPage = 25; // of a search

using Cursors = std::shared_ptr<const CursorSeal>;

// Which page of what. A search everywhere is a POST: its words and its offset stand in for a query.
struct Page
{
    ListPlace place;
    QString words;
    int offset = 0;

    bool isEverywhere() const { return place.path == searchPath; }
    // A folder is named by whoever asks for it; what a search finds may lie anywhere.
    bool isSearch() const { return isEverywhere() || place.path.contains("/search("_L1); }

    QJsonObject state(const ListPlace &next, int nextOffset) const
    {
        QJsonObject state = next.state();
        state.insert(u"words"_s, words);
        state.insert(u"offset"_s, nextOffset);
        return state;
    }
};

Result<Page> pageOfArguments(const QJsonObject &arguments)
{
    const QString text = arguments.value("text"_L1).toString();
    const QString words = searchWords(text).join(u' ');
    if (words.isEmpty() && arguments.contains("text"_L1))
        return badArgument(u"\"text\" has no words to search for"_s);
    if (!words.isEmpty() && !arguments.contains("folder"_L1))
        return Page{.place = {.path = searchPath, .query = {}}, .words = words};
    const auto folder = DriveItemId::of(arguments.value("folder"_L1).toString(u"root"_s));
    if (!folder)
        return badArgument(u"\"folder\" is not the id of a folder; FindFiles lists them, and "
                           "\"root\" is the top of the person's OneDrive"_s);
    const QString quoted = QString(words).replace(u'\'', u"''"_s);
    GraphRequest request{
        .path =
            folder->path() + (words.isEmpty() ? u"/children"_s : u"/search(q='%1')"_s.arg(quoted))};
    request.query.addQueryItem(
        u"$select"_s,
        u"id,name,size,file,folder,package,remoteItem,lastModifiedDateTime,lastModifiedBy,"
        "parentReference,webUrl"_s);
    request.query.addQueryItem(u"$top"_s,
                               QString::number(words.isEmpty() ? itemsOfPage : hitsOfPage));
    return Page{.place = ListPlace::of(request), .words = words};
}

Result<Page> pageOf(const QJsonObject &arguments, const CursorSeal &cursors,
                    const RequestContext &context)
{
    if (!arguments.contains("cursor"_L1))
        return pageOfArguments(arguments);
    const auto state = cursors.open(arguments, toolName, context);
    if (!state.ok())
        return state.error();
    return Page{.place = ListPlace::ofState(*state),
                .words = state->value("words"_L1).toString(),
                .offset = state->value("offset"_L1).toInt()};
}

GraphRequest requestFor(const Page &page)
{
    GraphRequest request = page.place.request(driveScopes(page.place.path));
    if (page.isEverywhere()) {
        const QJsonObject search{{u"entityTypes"_s, QJsonArray{u"driveItem"_s}},
                                 {u"query"_s, QJsonObject{{u"queryString"_s, page.words}}},
                                 {u"from"_s, page.offset},
                                 {u"size"_s, hitsOfPage}};
        request.body = QJsonObject{{u"requests"_s, QJsonArray{search}}};
    }
    return request;
}

struct Found
{
    QJsonArray items;
    bool isMore = false; // behind them, in a search everywhere
};

Found foundIn(const QJsonObject &answer, const Page &page)
{
    if (!page.isEverywhere())
        return {.items = answer.value("value"_L1).toArray()};
    Found found;
    const QJsonValue container = answer["value"_L1][0]["hitsContainers"_L1][0];
    const QJsonArray hits = container["hits"_L1].toArray();
    for (const auto &hit : hits)
        found.items.append(hit["resource"_L1]);
    // An empty page that promises more would lead on and on.
    found.isMore = !hits.isEmpty() && container["moreResultsAvailable"_L1].toBool();
    return found;
}

Result<ToolResult> answerOf(const QJsonObject &answer, const Page &page, const GraphClient &graph,
                            const CursorSeal &cursors, const RequestContext &context)
{
    const Found found = foundIn(answer, page);
    QStringList all;
    for (const auto &item : found.items)
        all.append(fileRow(item.toObject(), isInOwnDrive(page.place.path), page.isSearch()));
    const auto shown =
        listRows(all, page.isEverywhere() ? QJsonObject() : answer, page.place, graph);
    if (!shown.ok())
        return shown.error();
    QString text = page.isSearch() ? u"No file matches."_s : u"This folder is empty."_s;
    if (const auto count = shown->rows.size(); count > 0) {
        text = (count == 1 ? u"1 item"_s : u"%1 items"_s.arg(count))
            + u", times of %1.\n"_s.arg(personZone())
            + OutsideFence().around(u"a list of files"_s, shown->rows.join(u'\n'));
    }
    if (shown->next)
        text += cursors.goOn(toolName, context, page.state(*shown->next, page.offset));
    else if (found.isMore) {
        text += cursors.goOn(
            toolName, context,
            page.state({.path = searchPath, .query = {}}, page.offset + int(found.items.size())));
    }
    return ToolResult{.text = text};
}

Async<ToolResult> find(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto page = pageOf(arguments, *cursors, *context);
    if (!page.ok())
        return readyAsync<ToolResult>(page.error());
    return andThen(graph->get(requestFor(*page), context), graph,
                   [graph, cursors, context, page = *page](const QJsonObject &answer) {
                       return readyAsync<ToolResult>(
                           answerOf(answer, page, *graph, *cursors, *context));
                   });
}

QString inWords(const QJsonObject &arguments)
{
    if (CallWords::goesOn(arguments))
        return CallWords::tr("Go on with a list of files");
    const QString text = CallWords::quoted(arguments.value("text"_L1));
    const QString folder = CallWords::id(arguments.value("folder"_L1));
    if (text.isEmpty()) {
        return folder.isEmpty() ? CallWords::tr("List the files in OneDrive")
                                : CallWords::tr("List the files in folder %1").arg(folder);
    }
    return CallWords::joined(
        {CallWords::tr("Search files for %1").arg(text),
         folder.isEmpty() ? QString() : CallWords::tr("in the folder %1").arg(folder)});
}

} // namespace

Tool findFilesTool(GraphClient *graph, const Cursors &cursors)
{
    return {.name = toolName,
            .title = u"Find files"_s,
            .description =
                u"Finds files in OneDrive and SharePoint by words, or lists a folder (default: own "
                "OneDrive). ReadFile reads."_s,
            .inputSchema = objectSchema({{u"text"_s, wordSchema()},
                                         {u"folder"_s, wordSchema()},
                                         {u"cursor"_s, cursorSchema()}}),
            .annotations = onlyReads,
            .area = Area::Files,
            .scopes = {u"Files.Read"_s, u"Files.Read.All"_s},
            .inWords = &inWords,
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return find(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
