// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/outlook_place.h"

#include "app/base/gather.h"
#include "mcp/graph/graph_page.h"
#include "mcp/tools/outlook_id.h"
#include "mcp/tools/outside_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {
namespace {

constexpr int mostPages = 3; // of one folder
constexpr int mostLevels = 5;
constexpr int mostParents = 50; // folders of one level whose folders are read
constexpr int atOnce = 4;
constexpr qsizetype nameLimit = 200;
constexpr qsizetype mostShown = 60;

struct Level
{
    OutlookPlaces all; // of this level and those above
    OutlookPlaces parents; // of this level, with folders in them
};

GraphRequest foldersRequest(const QString &path)
{
    GraphRequest request{.path = path, .scopes = {u"Mail.Read"_s}, .freshFor = 1min};
    request.query.addQueryItem(u"$select"_s, u"id,displayName,childFolderCount"_s);
    request.query.addQueryItem(u"$top"_s, u"100"_s);
    return request;
}

void addFolders(Level *level, const QJsonArray &folders, const QString &above)
{
    for (const auto &folder : folders) {
        const QString id = folder["id"_L1].toString();
        if (!isOutlookId(id))
            continue;
        const OutlookPlace place{.id = id, .path = above + folder["displayName"_L1].toString()};
        level->all.append(place);
        if (folder["childFolderCount"_L1].toInt() > 0 && level->parents.size() < mostParents)
            level->parents.append(place);
    }
}

Async<OutlookPlaces> withFoldersBelow(GraphClient *graph, const Level &level, int depth,
                                      const RequestContextPtr &context)
{
    if (level.parents.isEmpty() || depth >= mostLevels)
        return readyAsync<OutlookPlaces>(level.all);
    std::vector<std::function<Async<GraphItems>()>> jobs;
    for (const OutlookPlace &parent : level.parents) {
        const GraphRequest request =
            foldersRequest(u"/v1.0/me/mailFolders/%1/childFolders"_s.arg(parent.id));
        jobs.emplace_back([=] { return itemsOf(graph, request, mostPages, context); });
    }
    return andThen(gather(graph, jobs, atOnce), graph, [=](const Results<GraphItems> &found) {
        Level next{.all = level.all, .parents = {}};
        for (qsizetype i = 0; i < level.parents.size(); ++i) {
            const Result<GraphItems> &below = found.at(size_t(i));
            if (!below.ok())
                return readyAsync<OutlookPlaces>(below.error());
            addFolders(&next, below->items, level.parents.at(i).path + u'/');
        }
        return withFoldersBelow(graph, next, depth + 1, context);
    });
}

bool isSame(const QString &first, const QString &second)
{
    return first.compare(second, Qt::CaseInsensitive) == 0;
}

bool endsSo(const QString &path, const QString &name)
{
    return path.endsWith(u'/' + name, Qt::CaseInsensitive);
}

QString listOf(const OutlookPlaces &places, const QString &what)
{
    QStringList rows;
    for (const OutlookPlace &place : places.mid(0, mostShown)) {
        const QString note = outsideLine(place.note, nameLimit);
        rows.append(outsideLine(place.path, nameLimit)
                    + (note.isEmpty() ? QString() : u"  (%1)"_s.arg(note)));
    }
    QString text = OutsideFence().around(u"names of %1s"_s.arg(what), rows.join(u'\n'));
    if (places.size() > mostShown)
        text += u"\n%1 more are not shown."_s.arg(places.size() - mostShown);
    return text;
}

} // namespace

QString wellKnownMailFolder(const QString &name)
{
    static const QStringList known{u"inbox"_s,   u"sentitems"_s,    u"drafts"_s,
                                   u"archive"_s, u"deleteditems"_s, u"junkemail"_s};
    const QString word = QString(name).remove(u' ').toLower();
    return known.contains(word) ? word : QString();
}

Async<OutlookPlaces> mailFolders(GraphClient *graph, const RequestContextPtr &context)
{
    const auto top = itemsOf(graph, foldersRequest(u"/v1.0/me/mailFolders"_s), mostPages, context);
    return andThen(top, graph, [=](const GraphItems &found) {
        Level level;
        addFolders(&level, found.items, {});
        return withFoldersBelow(graph, level, 1, context);
    });
}

Async<OutlookPlaces> calendars(GraphClient *graph, const QStringList &scopes,
                               const RequestContextPtr &context)
{
    GraphRequest request{.path = u"/v1.0/me/calendars"_s, .scopes = scopes, .freshFor = 1min};
    request.query.addQueryItem(u"$select"_s, u"id,name,owner"_s);
    request.query.addQueryItem(u"$top"_s, u"100"_s);
    return andThen(itemsOf(graph, request, mostPages, context), graph, [](const GraphItems &found) {
        OutlookPlaces all;
        for (const auto &calendar : found.items) {
            const QString id = calendar["id"_L1].toString();
            if (isOutlookId(id)) {
                all.append({.id = id,
                            .path = calendar["name"_L1].toString(),
                            .note = calendar["owner"_L1]["name"_L1].toString()});
            }
        }
        return readyAsync<OutlookPlaces>(all);
    });
}

PlaceFound placeNamed(const QString &name, const OutlookPlaces &places, const QString &what)
{
    OutlookPlaces found;
    // A whole path is meant before the end of another one.
    std::copy_if(places.begin(), places.end(), std::back_inserter(found),
                 [&](const OutlookPlace &place) { return isSame(place.path, name); });
    if (found.isEmpty()) {
        std::copy_if(places.begin(), places.end(), std::back_inserter(found),
                     [&](const OutlookPlace &place) { return endsSo(place.path, name); });
    }
    if (found.size() == 1)
        return {.id = found.first().id};
    if (found.isEmpty())
        return {.words =
                    u"No %1 has that name; these are there:\n"_s.arg(what) + listOf(places, what)};
    return {.words = u"More than one %1 has that name:\n"_s.arg(what) + listOf(found, what)};
}

} // namespace mcp
