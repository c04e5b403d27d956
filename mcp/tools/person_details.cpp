// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/person_details.h"

#include "mcp/graph/graph_batch.h"
#include "mcp/graph/graph_error.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/people_query.h"
#include "mcp/tools/people_text.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype mostReports = 40;
const QString reportProperties = u"id,displayName,mail,userPrincipalName,jobTitle"_s;

// https://learn.microsoft.com/graph/api/user-list-directreports: "User.Read and User.ReadBasic.All"
const QStringList ownScopes{u"User.Read"_s, u"User.ReadBasic.All"_s, u"Presence.Read"_s};
const QStringList othersScopes{u"User.Read"_s, u"User.ReadBasic.All"_s, u"People.Read"_s,
                               u"Presence.Read.All"_s};

GraphRequest with(GraphRequest request, const QStringList &scopes)
{
    request.scopes = scopes;
    return request;
}

// Everything but the profile, in the order in which it is shown. The manager of others needs
// User.Read.All, which only an administrator grants; where one did, Graph answers.
QList<GraphRequest> relationsOf(const QJsonObject &user, bool isMe)
{
    const QStringList &scopes = isMe ? ownScopes : othersScopes;
    const QString path = isMe ? u"/v1.0/me"_s : u"/v1.0/users/"_s + user.value("id"_L1).toString();
    GraphRequest manager{.path = path + u"/manager"_s, .scopes = scopes};
    manager.query.addQueryItem(u"$select"_s, reportProperties);
    GraphRequest reports{.path = path + u"/directReports"_s, .scopes = scopes};
    reports.query.addQueryItem(u"$select"_s, reportProperties);
    reports.query.addQueryItem(u"$top"_s, u"100"_s);
    QList<GraphRequest> all{manager, reports, {.path = path + u"/presence"_s, .scopes = scopes}};
    const QString mail = user.value("mail"_L1).toString();
    if (!isMe && isAddress(mail))
        all.append(with(peopleNamed(mail), scopes));
    return all;
}

const QString notShown = u"not shown with these permissions"_s;

QString refusalText(const Error &error, const QString &ifNothing)
{
    return error.kind == Error::Kind::NotFound ? ifNothing : notShown;
}

QString managerText(const Result<QJsonObject> &manager)
{
    if (!manager.ok())
        return refusalText(manager.error(), u"none"_s);
    return userRow(*manager);
}

QString reportsText(const Result<QJsonObject> &answer)
{
    if (!answer.ok())
        return refusalText(answer.error(), u"none"_s);
    const QJsonArray all = answer->value("value"_L1).toArray();
    QStringList rows;
    for (const auto &one : all) {
        if (rows.size() == mostReports)
            break;
        rows.append(userRow(one.toObject()));
    }
    if (rows.isEmpty())
        return u"none"_s;
    const bool isCut = all.size() > rows.size();
    const bool goesOn = answer->contains("@odata.nextLink"_L1);
    return (goesOn ? u"more than %1"_s : u"%1"_s).arg(all.size())
        + (isCut || goesOn ? u", the first %1 of them\n"_s.arg(rows.size()) : u"\n"_s)
        + rows.join(u'\n');
}

QString presenceLine(const Result<QJsonObject> &presence)
{
    if (!presence.ok())
        return refusalText(presence.error(), u"unknown"_s);
    const QString text = presenceText(*presence);
    return text.isEmpty() ? u"unknown"_s : text;
}

Result<ToolResult> answerOf(const QJsonObject &user, const GraphAnswers &relations)
{
    for (const auto &relation : relations) {
        if (!relation.ok() && !isRefusal(relation.error()))
            return relation.error();
    }
    KnownPeople known;
    if (relations.size() > 3 && relations.at(3).ok())
        known = knownPeople(relations.at(3)->value("value"_L1).toArray());
    const QString text = userFacts(completed(user, known)) + u"\nPresence in Teams: "_s
        + presenceLine(relations.at(2)) + u"\nManager: "_s + managerText(relations.at(0))
        + u"\nDirect reports: "_s + reportsText(relations.at(1));
    return ToolResult{.text = OutsideFence().around(u"an entry of a directory"_s, text)};
}

} // namespace

Async<ToolResult> personDetails(GraphClient *graph, const QString &person,
                                const RequestContextPtr &context)
{
    const bool isMe = person == "me"_L1;
    const bool isId = isObjectId(person);
    if (!isMe && !isId && !isAddress(person)) {
        return readyAsync<ToolResult>(badArgument(
            u"\"person\" is neither \"me\" nor an id or address as FindPeople lists them; to "
            "search by name use \"text\""_s));
    }
    const GraphRequest profile =
        isMe || isId ? userWithId(isMe ? QString() : person.toLower()) : usersAt(person);
    return andThen(
        graph->get(with(profile, isMe ? ownScopes : othersScopes), context), graph,
        [=](const QJsonObject &answer) {
            const QJsonObject user = isMe || isId ? answer : answer.value("value"_L1)[0].toObject();
            if (user.isEmpty()) {
                return readyAsync<ToolResult>(ToolResult{
                    .text = u"Nobody in the directory of the organisation has this address."_s});
            }
            if (!isObjectId(user.value("id"_L1).toString())) {
                return readyAsync<ToolResult>(
                    Error{.kind = Error::Kind::ServiceFault,
                          .detail = u"Microsoft Graph's answer about a user has no id"_s});
            }
            return andThen(getAll(graph, relationsOf(user, isMe), context), graph,
                           [user](const GraphAnswers &relations) {
                               return readyAsync<ToolResult>(answerOf(user, relations));
                           });
        });
}

QStringList personDetailScopes()
{
    QStringList all = othersScopes + ownScopes;
    all.removeDuplicates();
    return all;
}

} // namespace mcp
