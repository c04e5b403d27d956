// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/onenote.h"

#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString pagesPath = u"/v1.0/me/onenote/pages"_s;
const QString sectionsPath = u"/v1.0/me/onenote/sections"_s;
// Not $search: of consumers' notebooks only. Not $top: with it Graph sends no link to the next
// page.
const QStringList pageParameters{u"$select"_s, u"$expand"_s, u"$filter"_s};
const QStringList parents{u"parentSection"_s, u"parentNotebook"_s};

const QRegularExpression &pagePattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/me/onenote/pages/([0-9A-Za-z!-]+)(/content)?$"_s);
    return pattern;
}

const QRegularExpression &sectionPattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/me/onenote/sections/([0-9A-Za-z!-]+)/pages$"_s);
    return pattern;
}

QJsonArray notebooksOf(const Person &person)
{
    QFile file(u":/sandbox/onenote.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(person.key).toArray();
}

// Longer than one answer of ours.
QString inventory()
{
    QString html = u"<html><head><title>Inventory of Zürich</title></head><body><div>"_s;
    for (int shelf = 1; shelf <= 1000; ++shelf)
        html += u"<p>Shelf %1: %2 boxes</p>\n"_s.arg(shelf, 4, 10, QChar(u'0')).arg(shelf * 7 % 23);
    return html + u"</div></body></html>"_s;
}

// More than one page of Graph.
QJsonArray shifts()
{
    QJsonArray all;
    for (int week = 1; week <= 30; ++week) {
        const QString number = u"%1"_s.arg(week, 2, 10, QChar(u'0'));
        all.append(QJsonObject{
            {u"id"_s,
             u"1-f6b99b6857d7fcc61fe4381f000002%1!1-dfdf10b0-30d0-4364-855c-000000000003"_s.arg(
                 number)},
            {u"title"_s, u"Week %1"_s.arg(number)},
            {u"modified"_s, u"2026-09-%1T17:00:00Z"_s.arg(number)},
            {u"html"_s, u"<html><body><p>Early shift</p></body></html>"_s}});
    }
    return all;
}

QJsonArray pagesIn(const QJsonValue &section)
{
    return section["pages"_L1].isString() ? shifts() : section["pages"_L1].toArray();
}

QJsonObject named(const QJsonValue &parent)
{
    return {{u"id"_s, parent["id"_L1]}, {u"displayName"_s, parent["name"_L1]}};
}

// https://learn.microsoft.com/graph/api/resources/page
QJsonObject graphPage(const QJsonObject &page, const QJsonValue &section,
                      const QJsonValue &notebook)
{
    const QString self =
        u"https://graph.microsoft.com/v1.0/users/adele/onenote/pages/"_s + page["id"_L1].toString();
    return {{u"id"_s, page["id"_L1]},
            {u"self"_s, self},
            {u"createdDateTime"_s, u"2026-09-01T06:00:00Z"_s},
            {u"title"_s, page["title"_L1]},
            {u"createdByAppId"_s, QString()},
            {u"contentUrl"_s, QString(self + u"/content"_s)},
            {u"lastModifiedDateTime"_s, page["modified"_L1]},
            {u"parentSection"_s, named(section)},
            {u"parentNotebook"_s, named(notebook)}};
}

GraphAnswer expanded(GraphAnswer answer, const ODataQuery &query, const QList<QJsonObject> &all)
{
    const auto withParents = [&](QJsonObject page) {
        for (const QString &parent : parents) {
            page.remove(parent);
            for (const QJsonObject &one : all) {
                if (one["id"_L1] == page["id"_L1] && query.value(u"$expand"_s).contains(parent))
                    page.insert(parent, one[parent]);
            }
        }
        return page;
    };
    if (!answer.body.contains("value"_L1)) {
        answer.body = withParents(answer.body);
        return answer;
    }
    QJsonArray pages;
    for (const auto &page : answer.body["value"_L1].toArray())
        pages.append(withParents(page.toObject()));
    answer.body.insert(u"value"_s, pages);
    return answer;
}

GraphAnswer sectionsAnswer(const HttpRequest &request, const QUrl &url, const Person &person)
{
    const ODataQuery query(request.query(), {u"$select"_s, u"$orderby"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> all;
    for (const auto &notebook : notebooksOf(person)) {
        for (const auto &section : notebook["sections"_L1].toArray()) {
            QJsonObject one = named(section);
            one.insert(u"lastModifiedDateTime"_s, section["modified"_L1]);
            all.append(one);
        }
    }
    return query.answer(all, url);
}

GraphAnswer onePage(const HttpRequest &request, const Person &person, const QList<QJsonObject> &all)
{
    const auto path = pagePattern().match(request.path());
    const auto page = std::find_if(all.begin(), all.end(), [&](const QJsonObject &one) {
        return one["id"_L1] == path.captured(1);
    });
    if (page == all.end())
        return notFound(u"20102"_s);
    const bool isContent = !path.captured(2).isEmpty();
    const ODataQuery query(request.query(), isContent ? QStringList() : pageParameters.mid(0, 2));
    if (query.problem())
        return *query.problem();
    if (isContent)
        return {.html = OneNote::html(person, path.captured(1)).toUtf8()};
    return expanded(query.selected(*page), query, all);
}

} // namespace

QStringList OneNote::scopesFor(const QString &path)
{
    const bool isOurs = path == pagesPath || path == sectionsPath
        || pagePattern().match(path).hasMatch() || sectionPattern().match(path).hasMatch();
    return isOurs ? QStringList{u"Notes.Read"_s} : QStringList();
}

QList<QJsonObject> OneNote::pages(const Person &person)
{
    QList<QJsonObject> all;
    for (const auto &notebook : notebooksOf(person)) {
        for (const auto &section : notebook["sections"_L1].toArray()) {
            for (const auto &page : pagesIn(section))
                all.append(graphPage(page.toObject(), section, notebook));
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return first["lastModifiedDateTime"_L1].toString()
                             > second["lastModifiedDateTime"_L1].toString();
                     });
    return all;
}

QString OneNote::html(const Person &person, const QString &page)
{
    for (const auto &notebook : notebooksOf(person)) {
        for (const auto &section : notebook["sections"_L1].toArray()) {
            for (const auto &one : pagesIn(section)) {
                const QString html = one["html"_L1].toString();
                if (one["id"_L1] == page)
                    return html == u"@INVENTORY" ? inventory() : html;
            }
        }
    }
    return {};
}

GraphAnswer OneNote::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    QUrl url = graph;
    url.setPath(request.path());
    if (request.path() == sectionsPath)
        return sectionsAnswer(request, url, person);
    QList<QJsonObject> all = pages(person);
    if (pagePattern().match(request.path()).hasMatch())
        return onePage(request, person, all);
    if (request.path() == pagesPath && person.key == u"nestor"_s)
        return badRequest(u"20266"_s,
                          u"The number of maximum sections is exceeded for this request."_s);
    if (const auto section = sectionPattern().match(request.path()); section.hasMatch()) {
        all.removeIf([&](const QJsonObject &page) {
            return page["parentSection"_L1]["id"_L1] != section.captured(1);
        });
    }
    const ODataQuery query(request.query(), pageParameters);
    if (query.problem())
        return *query.problem();
    return expanded(query.answer(all, url), query, all);
}

} // namespace sandbox
