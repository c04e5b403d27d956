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

} // namespace mcp
