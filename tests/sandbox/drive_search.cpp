// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/drive_search.h"

#include "tests/sandbox/odata_query.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace sandbox {
namespace {

constexpr int usualSize = 25;
constexpr int mostSize = 500;

// A hit tells less than the item itself: nothing of "file" or "folder", no path.
QJsonObject hitOf(const QJsonObject &item, int rank)
{
    QJsonObject resource{{u"@odata.type"_s, u"#microsoft.graph.driveItem"_s}};
    for (const QString &name :
         {u"id"_s, u"name"_s, u"size"_s, u"fileSystemInfo"_s, u"createdBy"_s, u"createdDateTime"_s,
          u"lastModifiedBy"_s, u"lastModifiedDateTime"_s, u"webUrl"_s})
        resource.insert(name, item.value(name));
    QJsonObject parent;
    for (const QString &name : {u"driveId"_s, u"id"_s, u"siteId"_s})
        parent.insert(name, item["parentReference"_L1][name]);
    resource.insert(u"parentReference"_s, parent);
    return {{u"hitId"_s, item["id"_L1]},
            {u"rank"_s, rank},
            {u"summary"_s, u"<c0>"_s + item["name"_L1].toString() + u"</c0><ddd/>"_s},
            {u"resource"_s, resource}};
}

} // namespace

GraphAnswer driveSearch(const QByteArray &body,
                        const std::function<QList<QJsonObject>(const QString &words)> &itemsWith)
{
    const QJsonArray requests = QJsonDocument::fromJson(body).object()["requests"_L1].toArray();
    if (requests.size() != 1)
        return badRequest(u"BadRequest"_s, u"One search request is expected."_s);
    const QJsonObject request = requests[0].toObject();
    static const QStringList known{u"entityTypes"_s, u"query"_s, u"from"_s, u"size"_s};
    const QStringList names = request.keys();
    for (const QString &name : names) {
        if (!known.contains(name))
            return badRequest(u"BadRequest"_s, u"Unknown property: "_s + name);
    }
    if (request["entityTypes"_L1].toArray() != QJsonArray{u"driveItem"_s})
        return badRequest(u"BadRequest"_s, u"Only driveItem is known here."_s);
    const QString words = request["query"_L1]["queryString"_L1].toString();
    // KQL has a meaning for these, which the sandbox does not know.
    if (words.trimmed().isEmpty() || words.contains(u':') || words.contains(u'"')
        || words.contains(u'('))
        return badRequest(u"BadRequest"_s, u"The query string is not valid."_s);
    const int from = request["from"_L1].toInt(0);
    const int size = request["size"_L1].toInt(usualSize);
    if (from < 0 || size < 1 || size > mostSize)
        return badRequest(u"BadRequest"_s, u"Invalid paging."_s);
    const QList<QJsonObject> all = itemsWith(words);
    QJsonArray hits;
    for (qsizetype i = from; i < qMin(all.size(), qsizetype(from) + size); ++i)
        hits.append(hitOf(all.at(i), int(i) + 1));
    QJsonObject container{{u"total"_s, all.size()},
                          {u"moreResultsAvailable"_s, from + size < all.size()}};
    // Where there is nothing, Graph sends no hits at all.
    if (!hits.isEmpty())
        container.insert(u"hits"_s, hits);
    const QJsonArray terms = QJsonArray::fromStringList(words.toLower().split(u' '));
    return {.body = {{u"value"_s,
                      QJsonArray{QJsonObject{{u"searchTerms"_s, terms},
                                             {u"hitsContainers"_s, QJsonArray{container}}}}}}};
}

} // namespace sandbox
