// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/find_people_tool.h"

#include "mcp/graph/graph_batch.h"
#include "mcp/graph/graph_error.h"
#include "mcp/tools/graph_list.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/people_query.h"
#include "mcp/tools/people_text.h"
#include "mcp/tools/person_details.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"FindPeople"_s;
constexpr int longestText = 100;
// https://learn.microsoft.com/graph/permissions-reference: everybody may consent to these.
const QStringList searchScopes{u"User.ReadBasic.All"_s, u"People.Read"_s};
const QStringList relevantScopes{u"People.Read"_s};

using Cursors = std::shared_ptr<const CursorSeal>;

struct Search
{
    ListPlace place;
    QString text = {}; // empty: those that the person works with most
    bool isFirst = true; // page
};

Result<Search> searchOf(const QJsonObject &arguments, const CursorSeal &cursors,
                        const RequestContext &context)
{
    if (arguments.contains("cursor"_L1)) {
        const auto state = cursors.open(arguments, toolName, context);
        if (!state.ok())
            return state.error();
        return Search{.place = ListPlace::ofState(*state),
                      .text = state->value("text"_L1).toString(),
                      .isFirst = false};
    }
    if (!arguments.contains("text"_L1))
        return Search{.place = ListPlace::of(relevantPeople())};
    const QString text = arguments.value("text"_L1).toString();
    if (!hasWord(text) || text.size() > longestText)
        return badArgument(u"\"text\" is not a name or address to search for"_s);
    return Search{.place = ListPlace::of(usersNamed(text)), .text = text};
}

// The same page of the directory, and what else is known of those who are on it.
QList<GraphRequest> requestsOf(const Search &search)
{
    if (search.text.isEmpty())
        return {search.place.request(relevantScopes)};
    GraphRequest users = search.place.request(searchScopes);
    users.isEventual = true;
    GraphRequest people = peopleNamed(search.text);
    people.scopes = searchScopes;
    return {users, people};
}

QStringList rowsOf(const QJsonArray &people, QString (*row)(const QJsonObject &))
{
    QStringList rows;
    for (const auto &one : people)
        rows.append(row(one.toObject()));
    return rows;
}

QString fenced(const QStringList &rows)
{
    return (rows.size() == 1 ? u"1 person\n"_s : u"%1 people\n"_s.arg(rows.size()))
        + OutsideFence().around(u"a list of people"_s, rows.join(u'\n'));
}

// What stands where the directory has nobody.
QString nobodyText(const Search &search, const QJsonArray &alike)
{
    if (search.text.isEmpty())
        return u"Nobody is known yet with whom the signed-in person works."_s;
    QStringList rows = rowsOf(alike, &personRow);
    if (!search.isFirst || rows.isEmpty())
        return u"Nobody in the directory matches. It finds beginnings of names and addresses."_s;
    return u"Nobody in the directory matches; contacts and similar names:\n"_s
        + fenced(rows.mid(0, 25));
}

Result<ToolResult> answerOf(const GraphAnswers &answers, const Search &search,
                            const GraphClient &graph, const CursorSeal &cursors,
                            const RequestContext &context)
{
    if (!answers.first().ok())
        return answers.first().error();
    QJsonArray people;
    if (answers.size() > 1) {
        if (answers.at(1).ok())
            people = answers.at(1)->value("value"_L1).toArray();
        else if (!isRefusal(answers.at(1).error()))
            return answers.at(1).error();
    }
    const QJsonObject &page = *answers.first();
    QStringList all;
    if (search.text.isEmpty()) {
        all = rowsOf(page.value("value"_L1).toArray(), &personRow);
    } else {
        const KnownPeople known = knownPeople(people);
        for (const auto &user : page.value("value"_L1).toArray())
            all.append(userRow(completed(user.toObject(), known)));
    }
    const auto shown = listRows(all, page, search.place, graph);
    if (!shown.ok())
        return shown.error();
    QString text = shown->rows.isEmpty() ? nobodyText(search, people) : fenced(shown->rows);
    if (shown->next) {
        QJsonObject state = shown->next->state();
        state.insert(u"text"_s, search.text);
        text += cursors.goOn(toolName, context, state);
    }
    return ToolResult{.text = text};
}

Async<ToolResult> find(GraphClient *graph, const Cursors &cursors, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    if (arguments.contains("person"_L1) && arguments.size() > 1)
        return readyAsync<ToolResult>(badArgument(u"\"person\" goes alone"_s));
    if (arguments.contains("person"_L1))
        return personDetails(graph, arguments.value("person"_L1).toString(), context);
    const auto search = searchOf(arguments, *cursors, *context);
    if (!search.ok())
        return readyAsync<ToolResult>(search.error());
    return andThen(getAll(graph, requestsOf(*search), context), graph,
                   [graph, cursors, context, search = *search](const GraphAnswers &answers) {
                       return readyAsync<ToolResult>(
                           answerOf(answers, search, *graph, *cursors, *context));
                   });
}

QJsonObject inputSchema()
{
    return objectSchema(
        {{u"text"_s, wordSchema()}, {u"person"_s, wordSchema()}, {u"cursor"_s, cursorSchema()}});
}

} // namespace

Tool findPeopleTool(GraphClient *graph, const Cursors &cursors)
{
    QStringList scopes = personDetailScopes() + searchScopes + relevantScopes;
    scopes.removeDuplicates();
    return {.name = toolName,
            .title = u"Find people"_s,
            .description = u"Colleagues by text (name, address) or one person (me, id, address): "
                           "phone, manager, reports, presence. Else: closest ones."_s,
            .inputSchema = inputSchema(),
            .annotations = onlyReads,
            .area = Area::People,
            .scopes = scopes,
            .handler = [graph, cursors](const QJsonObject &arguments,
                                        const RequestContextPtr &context) {
                return find(graph, cursors, arguments, context);
            }};
}

} // namespace mcp
