// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/teams.h"

#include "tests/sandbox/odata_query.h"
#include "tests/sandbox/teams_message.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString chatsPath = u"/v1.0/me/chats"_s;
const QString teamsPath = u"/v1.0/me/joinedTeams"_s;

QRegularExpressionMatch matchOf(const QString &pattern, const QString &path)
{
    return QRegularExpression(u'^' + pattern + u'$').match(path);
}
QRegularExpressionMatch chatMessagesIn(const QString &path)
{
    return matchOf(u"/v1\\.0/chats/([^/]+)/messages"_s, path);
}
QRegularExpressionMatch channelsIn(const QString &path)
{
    return matchOf(u"/v1\\.0/teams/([^/]+)/channels"_s, path);
}
QRegularExpressionMatch channelMessagesIn(const QString &path)
{
    return matchOf(u"/v1\\.0/teams/([^/]+)/channels/([^/]+)/messages(?:/([^/]+)/replies)?"_s, path);
}

// More than a page of them for one person.
void addMany(QJsonArray *all, const QString &name, const QJsonValue &many)
{
    for (int i = 1; i <= many[name].toInt(); ++i) {
        const QString number = u"%1"_s.arg(i, 4, 10, QChar(u'0'));
        QJsonObject one{{u"members"_s, QJsonArray{many["person"_L1], u"alex"_s}}};
        if (name == u"teams") {
            one.insert(u"id"_s, QString(u"7ea70000-0000-4000-8000-00000000"_s + number));
            one.insert(u"name"_s, QString(u"Project "_s + number));
        } else {
            one.insert(u"id"_s,
                       QString(u"19:c4a7c4a7c4a7c4a7c4a7c4a7c4a7"_s + number + u"@thread.v2"_s));
            one.insert(u"type"_s, u"group"_s);
            one.insert(u"topic"_s, QString(u"Customer "_s + number));
            one.insert(u"created"_s, u"2026-01-07T09:00:00Z"_s);
        }
        all->append(one);
    }
}

QJsonArray dataOf(const QString &name)
{
    QFile file(u":/sandbox/teams.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject data = QJsonDocument::fromJson(file.readAll()).object();
    QJsonArray all = data.value(name).toArray();
    addMany(&all, name, data.value("many"_L1));
    return all;
}

QJsonObject withId(const QJsonArray &all, const QString &id)
{
    for (const auto &one : all) {
        if (one["id"_L1] == id)
            return one.toObject();
    }
    return {};
}

bool isMember(const QJsonValue &of, const Person &person)
{
    return of["members"_L1].toArray().contains(person.key);
}

// https://learn.microsoft.com/graph/api/resources/aaduserconversationmember
QJsonObject memberOf(const QJsonValue &member, const QString &conversation)
{
    const QJsonObject user = teamsUser(member);
    return {{u"@odata.type"_s, u"#microsoft.graph.aadUserConversationMember"_s},
            {u"id"_s,
             QString::fromLatin1((conversation + user["id"_L1].toString()).toUtf8().toBase64())},
            {u"roles"_s, QJsonArray{u"owner"_s}},
            {u"displayName"_s, user["displayName"_L1]},
            {u"userId"_s, user["id"_L1]},
            {u"email"_s, teamsAddress(member)},
            {u"visibleHistoryStartDateTime"_s, u"0001-01-01T00:00:00Z"_s}};
}

// https://learn.microsoft.com/graph/api/resources/chatmessageinfo
QJsonValue previewOf(const QList<QJsonObject> &messages)
{
    if (messages.isEmpty())
        return QJsonValue::Null;
    const QJsonObject &last = messages.first();
    QJsonObject preview;
    for (const QString &name :
         {u"id"_s, u"createdDateTime"_s, u"messageType"_s, u"eventDetail"_s, u"from"_s, u"body"_s})
        preview.insert(name, last.value(name));
    preview.insert(u"isDeleted"_s, !last["deletedDateTime"_L1].isNull());
    return preview;
}

QString newestOf(const QJsonObject &chat)
{
    return chat["lastMessagePreview"_L1]["createdDateTime"_L1].toString();
}

QList<QJsonObject> objectsOf(const QJsonArray &all)
{
    QList<QJsonObject> objects;
    for (const auto &one : all)
        objects.append(one.toObject());
    return objects;
}

struct PageSizes
{
    int usual = 20;
    int most = 50; // by $top
    int cap = 1000; // whatever $top says
};

// Graph goes on by a token that only it can read.
GraphAnswer page(const QList<QJsonObject> &all, const HttpRequest &request, const QUrl &graph,
                 const ODataQuery &query, const PageSizes &sizes)
{
    const int top = query.has(u"$top"_s) ? query.value(u"$top"_s).toInt() : sizes.usual;
    if (top < 1 || top > sizes.most) {
        return badRequest(u"BadRequest"_s,
                          u"The limit of '%1' for Top query has been exceeded."_s.arg(sizes.most));
    }
    int skip = 0;
    if (query.has(u"$skiptoken"_s)) {
        const QByteArray token = QByteArray::fromBase64(query.value(u"$skiptoken"_s).toLatin1());
        if (!token.startsWith("[{\"token\":\"+RID:~>>?"))
            return badRequest(u"BadRequest"_s, u"Invalid skip token."_s);
        skip = token.mid(token.lastIndexOf('#') + 1).chopped(3).toInt();
    }
    const int count = qMin(top, sizes.cap);
    QJsonArray value;
    for (const QJsonObject &one : all.mid(skip, count)) {
        GraphAnswer selected = query.selected(one);
        if (selected.status != 200)
            return selected;
        value.append(selected.body);
    }
    QJsonObject body{{u"@odata.count"_s, value.size()}, {u"value"_s, value}};
    if (skip + count < all.size()) {
        // Its base64 has letters that change when a link is taken apart carelessly.
        const QByteArray token =
            "[{\"token\":\"+RID:~>>?\xc3\xbf#" + QByteArray::number(skip + count) + "\"}]";
        QUrlQuery next;
        for (const auto &[name, text] : request.query()) {
            if (name != u"$skiptoken")
                next.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(text)));
        }
        next.addQueryItem(
            u"$skiptoken"_s,
            QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(token.toBase64()))));
        QUrl link = graph;
        link.setPath(request.path());
        link.setQuery(next);
        body.insert(u"@odata.nextLink"_s, QString::fromLatin1(link.toEncoded()));
    }
    return {.body = body};
}

GraphAnswer forbidden()
{
    return {.status = 403,
            .code = u"Forbidden"_s,
            .message = u"The caller is not a member of this conversation."_s};
}

// https://learn.microsoft.com/graph/api/chat-list
GraphAnswer chatList(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    const ODataQuery query(request.query(),
                           {u"$expand"_s, u"$top"_s, u"$orderby"_s, u"$skiptoken"_s});
    if (query.problem())
        return *query.problem();
    const QStringList expanded = query.value(u"$expand"_s).split(u',', Qt::SkipEmptyParts);
    for (const QString &name : expanded) {
        if (name != u"members" && name != u"lastMessagePreview")
            return badRequest(u"BadRequest"_s, u"Cannot expand '%1'."_s.arg(name));
    }
    if (query.has(u"$orderby"_s)
        && query.value(u"$orderby"_s) != u"lastMessagePreview/createdDateTime desc")
        return badRequest(u"BadRequest"_s, u"OrderBy is not supported."_s);
    QList<QJsonObject> all = Teams::chats(person);
    for (QJsonObject &chat : all) {
        for (const QString &name : {u"members"_s, u"lastMessagePreview"_s}) {
            if (!expanded.contains(name))
                chat.remove(name);
        }
    }
    // A known issue of Graph: with members no more than 25 come.
    PageSizes sizes;
    if (expanded.contains(u"members"_s))
        sizes.cap = 25;
    return page(all, request, graph, query, sizes);
}

GraphAnswer channelList(const HttpRequest &request, const QUrl &graph, const QJsonObject &team)
{
    const ODataQuery query(request.query(), {u"$select"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> all;
    for (const auto &channel : team["channels"_L1].toArray()) {
        const QString id = channel["id"_L1].toString();
        all.append({{u"id"_s, id},
                    {u"createdDateTime"_s, u"2026-01-07T09:00:00.1Z"_s},
                    {u"displayName"_s, channel["name"_L1]},
                    {u"description"_s, channel["description"_L1]},
                    {u"email"_s, u""_s},
                    {u"isFavoriteByDefault"_s, QJsonValue::Null},
                    {u"membershipType"_s, channel["type"_L1]},
                    {u"tenantId"_s, u"2432b57b-0abd-43db-aa7b-16eadd115d34"_s},
                    {u"webUrl"_s,
                     u"https://teams.microsoft.com/l/channel/"_s
                         + QString::fromLatin1(QUrl::toPercentEncoding(id))}});
    }
    return page(all, request, graph, query, {.usual = 100, .most = 999});
}

GraphAnswer messageList(const QList<QJsonObject> &all, const HttpRequest &request,
                        const QUrl &graph, const QStringList &known)
{
    const ODataQuery query(request.query(), known);
    if (query.problem())
        return *query.problem();
    const QString order = query.value(u"$orderby"_s);
    if (!order.isEmpty() && order != u"createdDateTime desc"
        && order != u"lastModifiedDateTime desc")
        return badRequest(u"BadRequest"_s,
                          u"QueryOptions to order by '%1' is not supported."_s.arg(order));
    return page(all, request, graph, query, {});
}

} // namespace

QStringList Teams::scopesFor(const QString &path)
{
    if (path == chatsPath)
        return {u"Chat.ReadBasic"_s, u"Chat.Read"_s};
    if (path == teamsPath)
        return {u"Team.ReadBasic.All"_s};
    if (chatMessagesIn(path).hasMatch())
        return {u"Chat.Read"_s};
    if (channelsIn(path).hasMatch())
        return {u"Channel.ReadBasic.All"_s};
    if (channelMessagesIn(path).hasMatch())
        return {u"ChannelMessage.Read.All"_s};
    return {};
}

QList<QJsonObject> Teams::chats(const Person &person)
{
    QList<QJsonObject> all;
    for (const auto &chat : dataOf(u"chats"_s)) {
        if (!isMember(chat, person))
            continue;
        const QString id = chat["id"_L1].toString();
        QJsonArray members;
        for (const auto &member : chat["members"_L1].toArray())
            members.append(memberOf(member, id));
        const QString read = chat["read"_L1][person.key].toString(u"0001-01-01T00:00:00Z"_s);
        all.append({{u"id"_s, id},
                    {u"topic"_s, chat["topic"_L1]},
                    {u"createdDateTime"_s, chat["created"_L1]},
                    {u"lastUpdatedDateTime"_s, chat["created"_L1]},
                    {u"chatType"_s, chat["type"_L1]},
                    {u"webUrl"_s,
                     u"https://teams.microsoft.com/l/chat/"_s
                         + QString::fromLatin1(QUrl::toPercentEncoding(id)) + u"/0"_s},
                    {u"tenantId"_s, u"2432b57b-0abd-43db-aa7b-16eadd115d34"_s},
                    {u"onlineMeetingInfo"_s, QJsonValue::Null},
                    {u"viewpoint"_s,
                     QJsonObject{{u"isHidden"_s, false}, {u"lastMessageReadDateTime"_s, read}}},
                    {u"members"_s, members},
                    {u"lastMessagePreview"_s, previewOf(teamsMessages(chat.toObject()))}});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return newestOf(first) > newestOf(second);
                     });
    return all;
}

QList<QJsonObject> Teams::joinedTeams(const Person &person)
{
    QList<QJsonObject> all;
    for (const auto &team : dataOf(u"teams"_s)) {
        if (!isMember(team, person))
            continue;
        all.append({{u"id"_s, team["id"_L1]},
                    {u"displayName"_s, team["name"_L1]},
                    {u"description"_s, team["description"_L1]},
                    {u"isArchived"_s, false},
                    {u"tenantId"_s, u"2432b57b-0abd-43db-aa7b-16eadd115d34"_s}});
    }
    return all;
}

QList<QJsonObject> Teams::chatMessages(const QString &chat)
{
    return teamsMessages(withId(dataOf(u"chats"_s), chat));
}

QList<QJsonObject> Teams::channelMessages(const QString &channel)
{
    for (const auto &team : dataOf(u"teams"_s)) {
        const QJsonObject found = withId(team["channels"_L1].toArray(), channel);
        if (!found.isEmpty())
            return teamsMessages(found);
    }
    return {};
}

GraphAnswer Teams::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    const QString path = request.path();
    if (path == chatsPath)
        return chatList(request, graph, person);
    if (path == teamsPath) {
        const ODataQuery query(request.query(), {});
        return query.problem().value_or(
            page(joinedTeams(person), request, graph, query, {.usual = 1000, .most = 1000}));
    }
    if (const auto match = chatMessagesIn(path); match.hasMatch()) {
        const QJsonObject chat = withId(dataOf(u"chats"_s), match.captured(1));
        if (chat.isEmpty())
            return notFound(u"NotFound"_s);
        if (!isMember(chat, person))
            return forbidden();
        return messageList(teamsMessages(chat), request, graph,
                           {u"$top"_s, u"$orderby"_s, u"$skiptoken"_s});
    }
    const auto inTeam = channelsIn(path);
    const auto match = inTeam.hasMatch() ? inTeam : channelMessagesIn(path);
    const QJsonObject team = withId(dataOf(u"teams"_s), match.captured(1));
    if (team.isEmpty())
        return notFound(u"NotFound"_s);
    if (!isMember(team, person))
        return forbidden();
    if (inTeam.hasMatch())
        return channelList(request, graph, team);
    const QJsonObject channel = withId(team["channels"_L1].toArray(), match.captured(2));
    if (channel.isEmpty())
        return notFound(u"NotFound"_s);
    QList<QJsonObject> all = teamsMessages(channel);
    if (const QString id = match.captured(3); !id.isEmpty()) {
        const auto root = std::find_if(all.begin(), all.end(), [&](const QJsonObject &message) {
            return message["id"_L1] == id;
        });
        if (root == all.end())
            return notFound(u"NotFound"_s);
        all = objectsOf(root->value("replies"_L1).toArray());
    }
    for (QJsonObject &message : all)
        message.remove(u"replies"_s);
    return messageList(all, request, graph, {u"$top"_s, u"$skiptoken"_s});
}

} // namespace sandbox
