// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/content_location.h"

#include "mcp/graph/graph_connections.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {

Result<QUrl> contentLocation(const QByteArray &header, const QUrl &graphUrl)
{
    QUrl url = QUrl::fromEncoded(header, QUrl::StrictMode);
    const bool isSandbox = url.scheme() == "http"_L1 && isLoopback(url)
        && graphUrl.scheme() == "http"_L1 && isLoopback(graphUrl);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty()
        || (url.scheme() != "https"_L1 && !isSandbox)) {
        return Error{.kind = Error::Kind::ServiceFault,
                     .detail =
                         u"Microsoft Graph's link to a file leads where none may come from"_s};
    }
    url.setFragment({});
    return url;
}

std::optional<ContentRange> contentRange(const QByteArray &header)
{
    static const QRegularExpression pattern(
        u"\\Abytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)\\z"_s);
    const auto match = pattern.match(QString::fromLatin1(header));
    if (!match.hasMatch())
        return std::nullopt;
    ContentRange range{.first = match.captured(1).toLongLong(),
                       .last = match.captured(2).toLongLong(),
                       .size = std::nullopt};
    if (match.captured(3) != u"*")
        range.size = match.captured(3).toLongLong();
    if (range.last < range.first || (range.size && *range.size <= range.last))
        return std::nullopt;
    return range;
}

} // namespace mcp
