// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/graph_list.h"

#include "mcp/graph/graph_page.h"

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

Result<ListRows> listRows(const QStringList &all, const QJsonObject &answer, const ListPlace &place,
                          const GraphClient &graph, qsizetype limit)
{
    const auto nextPage = nextPageOf(answer, graph);
    if (!nextPage.ok())
        return nextPage.error();
    ListRows shown;
    qsizetype size = 0;
    qsizetype index = qBound(qsizetype(0), qsizetype(place.from), all.size());
    for (; index < all.size(); ++index) {
        size += all.at(index).toUtf8().size() + 1;
        if (size > limit && !shown.rows.isEmpty())
            break;
        shown.rows.append(all.at(index));
    }
    if (index < all.size())
        shown.next = ListPlace{.path = place.path, .query = place.query, .from = int(index)};
    else if (*nextPage)
        shown.next = ListPlace{.path = (*nextPage)->path, .query = (*nextPage)->query};
    return shown;
}

} // namespace mcp
