// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/search.h"

#include "tests/sandbox/calendar.h"
#include "tests/sandbox/drive.h"
#include "tests/sandbox/mailbox.h"
#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QStringList ofExchange{u"message"_s, u"event"_s};
const QStringList ofSharePoint{u"driveItem"_s, u"site"_s, u"list"_s};

QJsonObject searchData()
{
    QFile file(u":/sandbox/search.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject requestIn(const HttpRequest &request)
{
    return QJsonDocument::fromJson(request.body).object()["requests"_L1][0].toObject();
}

QStringList typesIn(const HttpRequest &request)
{
    QStringList types;
    for (const auto &type : requestIn(request).value("entityTypes"_L1).toArray())
        types.append(type.toString());
    return types;
}

// As Exchange Web Services write it: plain base64.
QString exchangeId(const QString &id)
{
    return QString(id).replace(u'-', u'/').replace(u'_', u'+');
}

QJsonObject some(const QJsonObject &entity, const QStringList &properties)
{
    QJsonObject part;
    for (const QString &name : properties) {
        if (entity.contains(name))
            part.insert(name, entity.value(name));
    }
    return part;
}

QJsonObject hit(const QString &id, const QString &summary, const QString &type,
                QJsonObject resource)
{
    resource.insert(u"@odata.type"_s, QString(u"#microsoft.graph."_s + type));
    return {{u"hitId"_s, id}, {u"rank"_s, 1}, {u"summary"_s, summary}, {u"resource"_s, resource}};
}

QList<QJsonObject> messageHits(const Person &person)
{
    QList<QJsonObject> all;
    for (const QJsonObject &message : Mailbox::messages(person, true)) {
        all.append(
            hit(exchangeId(message["id"_L1].toString()), message["bodyPreview"_L1].toString(),
                u"message"_s,
                some(message,
                     {u"receivedDateTime"_s, u"sentDateTime"_s, u"hasAttachments"_s, u"subject"_s,
                      u"bodyPreview"_s, u"importance"_s, u"sender"_s, u"from"_s, u"webLink"_s})));
    }
    return all;
}

QJsonObject searchedTime(const QJsonValue &time)
{
    return {{u"dateTime"_s, QString(time["dateTime"_L1].toString().left(19) + u'Z')},
            {u"timeZone"_s, u"UTC"_s}};
}

QList<QJsonObject> eventHits(const Person &person)
{
    QList<QJsonObject> all;
    for (const QJsonObject &event : Calendar::events(person, true)) {
        QJsonObject resource = some(event, {u"subject"_s, u"hasAttachments"_s, u"isAllDay"_s});
        resource.insert(u"start"_s, searchedTime(event["start"_L1]));
        resource.insert(u"end"_s, searchedTime(event["end"_L1]));
        const bool isPrivate = event["sensitivity"_L1] == u"private"_s;
        resource.insert(u"sensitivity"_s, isPrivate ? u"Private"_s : u"Normal"_s);
        resource.insert(u"type"_s,
                        event["type"_L1] == u"singleInstance"_s ? u"Single"_s : u"Occurrence"_s);
        all.append(hit(exchangeId(event["id"_L1].toString()), event["bodyPreview"_L1].toString(),
                       u"event"_s, resource));
    }
    return all;
}

QList<QJsonObject> siteHits(const QString &type)
{
    QList<QJsonObject> all;
    for (const auto &site : searchData().value("sites"_L1).toArray()) {
        if (site["type"_L1] != type)
            continue;
        QJsonObject resource{{u"id"_s, site["id"_L1]},
                             {u"displayName"_s, site["name"_L1]},
                             {u"description"_s, site["description"_L1]},
                             {u"lastModifiedDateTime"_s, site["modified"_L1]},
                             {u"webUrl"_s, site["url"_L1]}};
        if (type == u"list"_s)
            resource.insert(u"parentReference"_s, QJsonObject{{u"siteId"_s, site["site"_L1]}});
        all.append(hit(site["id"_L1].toString(), {}, type, resource));
    }
    return all;
}

// https://learn.microsoft.com/graph/search-concept-chat-messages
QList<QJsonObject> chatHits(const Person &person)
{
    QList<QJsonObject> all;
    for (const auto &message : searchData()["chats"_L1][person.key].toArray()) {
        QJsonObject channel;
        if (message.toObject().contains("channel"_L1))
            channel = {{u"teamId"_s, message["team"_L1]}, {u"channelId"_s, message["channel"_L1]}};
        const QJsonObject sender{{u"emailAddress"_s,
                                  QJsonObject{{u"name"_s, message["from"_L1][0]},
                                              {u"address"_s, message["from"_L1][1]}}}};
        QJsonObject resource{{u"id"_s, message["id"_L1]},
                             {u"createdDateTime"_s, message["created"_L1]},
                             {u"lastModifiedDateTime"_s, message["created"_L1]},
                             {u"subject"_s, message["subject"_L1].toString()},
                             {u"importance"_s, u"normal"_s},
                             {u"from"_s, sender},
                             {u"channelIdentity"_s, channel},
                             {u"etag"_s, message["id"_L1]}};
        if (channel.isEmpty())
            resource.insert(u"chatId"_s, message["chat"_L1]);
        all.append(hit(message["hit"_L1].toString(), message["summary"_L1].toString(),
                       u"chatMessage"_s, resource));
    }
    return all;
}

// What stands in it, without the names of its properties.
QString wordsIn(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    QStringList all;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() != "@odata.type"_L1)
            all.append(wordsIn(it.value()));
    }
    return all.join(u'\n');
}

// All words somewhere in it; "from:" in its sender. That is all of KQL that is known here.
bool matches(const QJsonObject &hit, const QString &query)
{
    const QString sender = wordsIn(hit["resource"_L1]["from"_L1]);
    const QString all = wordsIn(hit);
    const QStringList terms = query.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(terms.begin(), terms.end(), [&](const QString &term) {
        return term.startsWith(u"from:"_s) ? sender.contains(term.mid(5), Qt::CaseInsensitive)
                                           : all.contains(term, Qt::CaseInsensitive);
    });
}

std::optional<GraphAnswer> problemOf(const HttpRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QJsonObject asked = requestIn(request);
    const QStringList types = typesIn(request);
    const auto all = [&types](const QStringList &known) {
        return !types.isEmpty()
            && std::all_of(types.begin(), types.end(),
                           [&](const QString &type) { return known.contains(type); });
    };
    const bool isAlone = types.size() == 1
        && (ofExchange.contains(types.first()) || types.first() == u"chatMessage"_s);
    if (!request.header("Content-Type").startsWith("application/json"))
        return badRequest(u"BadRequest"_s, u"Content-Type"_s);
    if (body.keys() != QStringList{u"requests"_s} || body["requests"_L1].toArray().size() != 1)
        return badRequest(u"BadRequest"_s, u"Only one search request is supported."_s);
    for (const QString &name : asked.keys()) {
        if (!QStringList{u"entityTypes"_s, u"query"_s, u"from"_s, u"size"_s}.contains(name))
            return badRequest(u"BadRequest"_s, u"Unknown property %1."_s.arg(name));
    }
    if (!isAlone && !all(ofSharePoint))
        return badRequest(u"BadRequest"_s, u"This combination of entityTypes is not supported."_s);
    if (asked["query"_L1]["queryString"_L1].toString().trimmed().isEmpty())
        return badRequest(u"BadRequest"_s, u"Query string cannot be empty."_s);
    const int size = asked["size"_L1].toInt(25);
    if (asked["from"_L1].toInt() < 0 || size < 1 || size > (all(ofExchange) ? 25 : 500))
        return badRequest(u"BadRequest"_s, u"Invalid from or size."_s);
    return std::nullopt;
}

} // namespace

bool Search::isPath(const QString &path)
{
    return path == u"/v1.0/search/query";
}

QStringList Search::scopesFor(const QString &path)
{
    return isPath(path) ? QStringList{u"Mail.Read"_s, u"Calendars.Read"_s, u"Files.Read.All"_s,
                                      u"Sites.Read.All"_s, u"Chat.Read"_s}
                        : QStringList();
}

bool Search::mayRead(const HttpRequest &request, const QStringList &scopes)
{
    const QStringList types = typesIn(request);
    return std::all_of(types.begin(), types.end(), [&](const QString &type) {
        if (type == u"message"_s)
            return scopes.contains(u"Mail.Read"_s);
        if (type == u"event"_s)
            return scopes.contains(u"Calendars.Read"_s);
        if (type == u"chatMessage"_s)
            return scopes.contains(u"Chat.Read"_s) && scopes.contains(u"ChannelMessage.Read.All"_s);
        return scopes.contains(u"Sites.Read.All"_s)
            || (type == u"driveItem"_s && scopes.contains(u"Files.Read.All"_s));
    });
}

QList<QJsonObject> Search::hits(const Person &person, const QString &entityType)
{
    if (entityType == u"message"_s)
        return messageHits(person);
    if (entityType == u"event"_s)
        return eventHits(person);
    if (entityType == u"driveItem"_s)
        return Drive::hits(person);
    if (entityType == u"chatMessage"_s)
        return chatHits(person);
    return siteHits(entityType);
}

GraphAnswer Search::answer(const HttpRequest &request, const QUrl &, const Person &person)
{
    if (const auto problem = problemOf(request))
        return *problem;
    const QJsonObject asked = requestIn(request);
    const QString query = asked["query"_L1]["queryString"_L1].toString();
    const int from = asked["from"_L1].toInt();
    const int size = asked["size"_L1].toInt(25);
    QList<QJsonObject> found;
    for (const QString &type : typesIn(request)) {
        for (const QJsonObject &hit : hits(person, type)) {
            if (matches(hit, query))
                found.append(hit);
        }
    }
    QJsonArray page;
    for (const QJsonObject &hit : found.mid(from, size))
        page.append(hit);
    QJsonObject container{{u"total"_s, int(found.size())},
                          {u"moreResultsAvailable"_s, from + size < found.size()}};
    if (!page.isEmpty())
        container.insert(u"hits"_s, page);
    return {.body = {{u"value"_s,
                      QJsonArray{QJsonObject{{u"searchTerms"_s, QJsonArray{query}},
                                             {u"hitsContainers"_s, QJsonArray{container}}}}}}};
}

} // namespace sandbox
