// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/note_pages.h"

#include "app/base/gather.h"
#include "mcp/graph/graph_page.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int sectionsAtMost = 10;
constexpr int pagesOfSections = 30;
constexpr int atOnce = 4;

bool isSectionId(const QString &id)
{
    static const QRegularExpression pattern(
        u"\\A\\d-[0-9A-Za-z-]{1,100}(?:![0-9A-Za-z-]{1,100}){0,2}\\z"_s);
    return pattern.match(id).hasMatch();
}

void addProperties(QUrlQuery *query)
{
    query->addQueryItem(u"$select"_s, u"id,title,lastModifiedDateTime"_s);
    query->addQueryItem(
        u"$expand"_s, u"parentSection($select=displayName),parentNotebook($select=displayName)"_s);
}

// Neither $orderby, because the last changed come first anyway, nor $top, with which Graph sends no
// link to the next page.
GraphRequest pagesRequest(const QString &path, const QStringList &words)
{
    GraphRequest request{.path = path, .scopes = {u"Notes.Read"_s}};
    addProperties(&request.query);
    QStringList terms;
    for (const QString &word : words) {
        terms.append(
            u"contains(tolower(title),'%1')"_s.arg(word.toLower().replace(u'\'', u"''"_s)));
    }
    if (!terms.isEmpty())
        request.query.addQueryItem(u"$filter"_s, terms.join(u" and "_s));
    return request;
}

Result<NotePages> newestOf(const Results<GraphItems> &sections)
{
    QList<QJsonObject> pages;
    for (const Result<GraphItems> &section : sections) {
        if (!section.ok())
            return section.error();
        for (const auto &page : section->items)
            pages.append(page.toObject());
    }
    std::stable_sort(pages.begin(), pages.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return first["lastModifiedDateTime"_L1].toString()
                             > second["lastModifiedDateTime"_L1].toString();
                     });
    QJsonArray newest;
    for (const QJsonObject &page : pages.mid(0, pagesOfSections))
        newest.append(page);
    return NotePages{.answer = {{u"value"_s, newest}}, .isOfSomeSections = true};
}

Async<NotePages> pagesOfNewestSections(GraphClient *graph, const QStringList &words,
                                       const RequestContextPtr &context)
{
    GraphRequest request{.path = u"/v1.0/me/onenote/sections"_s, .scopes = {u"Notes.Read"_s}};
    request.query.addQueryItem(u"$select"_s, u"id,lastModifiedDateTime"_s);
    request.query.addQueryItem(u"$orderby"_s, u"lastModifiedDateTime desc"_s);
    return andThen(itemsOf(graph, request, 1, context), graph, [=](const GraphItems &sections) {
        std::vector<std::function<Async<GraphItems>()>> jobs;
        for (const auto &section : sections.items) {
            const QString id = section["id"_L1].toString();
            if (!isSectionId(id) || jobs.size() == sectionsAtMost)
                continue;
            const GraphRequest pages =
                pagesRequest(u"/v1.0/me/onenote/sections/%1/pages"_s.arg(id), words);
            jobs.emplace_back([=] { return itemsOf(graph, pages, 1, context); });
        }
        return andThen(gather(graph, jobs, atOnce), graph, [](const Results<GraphItems> &found) {
            return readyAsync<NotePages>(newestOf(found));
        });
    });
}

} // namespace

GraphRequest notePagesRequest(const QStringList &words)
{
    return pagesRequest(u"/v1.0/me/onenote/pages"_s, words);
}

Async<NotePages> notePages(GraphClient *graph, const ListPlace &place, const QStringList &words,
                           const RequestContextPtr &context)
{
    const Promised<NotePages> promised;
    whenDone(graph->get(place.request({u"Notes.Read"_s}), context), graph,
             [=](const Result<QJsonObject> &answer) {
                 if (answer.ok()) {
                     promised.answer(NotePages{.answer = *answer});
                 } else if (answer.error().serviceCode != "20266"_L1) {
                     promised.answer(answer.error());
                 } else {
                     whenDone(
                         pagesOfNewestSections(graph, words, context), graph,
                         [promised](const Result<NotePages> &pages) { promised.answer(pages); });
                 }
             });
    return promised.future();
}

GraphRequest notePageRequest(const QString &id)
{
    GraphRequest request{.path = u"/v1.0/me/onenote/pages/"_s + id, .scopes = {u"Notes.Read"_s}};
    addProperties(&request.query);
    return request;
}

bool isNotePageId(const QString &id)
{
    return isSectionId(id) && id.contains(u'!');
}

} // namespace mcp
