// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_page.h"

using namespace Qt::StringLiterals;

namespace mcp {

namespace {

// "/v1.0/../beta" is written like v1.0 and is none of it.
bool isOfVersion(const QUrl &url)
{
    const QStringList segments = url.path(QUrl::FullyDecoded).split(u'/');
    return segments.value(1) == "v1.0"_L1 && segments.size() > 2 && !segments.contains(u"."_s)
        && !segments.contains(u".."_s);
}

} // namespace

Result<std::optional<GraphPage>> nextPageOf(const QJsonObject &answer, const GraphClient &graph)
{
    const QJsonValue link = answer.value("@odata.nextLink"_L1);
    if (link.isUndefined() || link.isNull())
        return std::optional<GraphPage>();
    const QUrl url(link.toString(), QUrl::StrictMode);
    const bool isOurs = link.isString() && url.isValid() && graph.isGraph(url)
        && url.userInfo().isEmpty() && isOfVersion(url);
    if (!isOurs) {
        return Error{.kind = Error::Kind::ServiceFault,
                     .detail = u"Microsoft Graph's link to the next page leads elsewhere"_s};
    }
    return std::optional<GraphPage>({.path = url.path(), .query = url.query(QUrl::FullyEncoded)});
}

Async<GraphItems> itemsOf(GraphClient *graph, const GraphRequest &request, int mostPages,
                          const RequestContextPtr &context)
{
    return andThen(graph->get(request, context), graph, [=](const QJsonObject &answer) {
        if (!answer.value("value"_L1).isArray())
            return readyAsync<GraphItems>(GraphItems{.items = {answer}});
        const auto next = nextPageOf(answer, *graph);
        if (!next.ok())
            return readyAsync<GraphItems>(next.error());
        const GraphItems page{.items = answer.value("value"_L1).toArray(),
                              .isCut = next->has_value()};
        if (!page.isCut || mostPages <= 1)
            return readyAsync<GraphItems>(page);
        GraphRequest following = request;
        following.path = (*next)->path;
        following.query = QUrlQuery((*next)->query);
        return andThen(itemsOf(graph, following, mostPages - 1, context), graph,
                       [page](const GraphItems &rest) {
                           GraphItems all = rest;
                           all.items = page.items;
                           for (const auto &item : rest.items)
                               all.items.append(item);
                           return readyAsync<GraphItems>(all);
                       });
    });
}

} // namespace mcp
