// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/graph_list.h"

#include "mcp/graph/graph_page.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace mcp {

ListPlace ListPlace::of(const GraphRequest &request)
{
    return {.path = request.path, .query = request.query.toString(QUrl::FullyEncoded)};
}

ListPlace ListPlace::ofState(const QJsonObject &state)
{
    return {.path = state.value("path"_L1).toString(),
            .query = state.value("query"_L1).toString(),
            .from = state.value("from"_L1).toInt()};
}

QJsonObject ListPlace::state() const
{
    return {{u"path"_s, path}, {u"query"_s, query}, {u"from"_s, from}};
}

GraphRequest ListPlace::request(const QStringList &scopes) const
{
    return {.path = path, .query = QUrlQuery(query), .scopes = scopes};
}

namespace {

// row: of an index below count.
template <class Row>
Result<ListRows> rowsFrom(qsizetype count, Row row, const QJsonObject &answer,
                          const ListPlace &place, const GraphClient &graph, qsizetype limit)
{
    const auto nextPage = nextPageOf(answer, graph);
    if (!nextPage.ok())
        return nextPage.error();
    ListRows shown;
    qsizetype size = 0;
    qsizetype index = qBound(qsizetype(0), qsizetype(place.from), count);
    for (; index < count; ++index) {
        const QString text = row(index);
        size += text.toUtf8().size() + 1;
        if (size > limit && !shown.rows.isEmpty())
            break;
        shown.rows.append(text);
    }
    if (index < count)
        shown.next = ListPlace{.path = place.path, .query = place.query, .from = int(index)};
    else if (*nextPage)
        shown.next = ListPlace{.path = (*nextPage)->path, .query = (*nextPage)->query};
    return shown;
}

} // namespace

Result<ListRows> listRows(const QStringList &all, const QJsonObject &answer, const ListPlace &place,
                          const GraphClient &graph, qsizetype limit)
{
    return rowsFrom(
        all.size(), [&all](qsizetype index) { return all.at(index); }, answer, place, graph, limit);
}

Result<ListRows> listRowsOf(const QJsonObject &answer, QString (*row)(const QJsonValue &),
                            const ListPlace &place, const GraphClient &graph)
{
    const QJsonArray value = answer.value("value"_L1).toArray();
    return rowsFrom(
        value.size(), [&](qsizetype index) { return row(value.at(index)); }, answer, place, graph,
        rowsLimit);
}

} // namespace mcp
