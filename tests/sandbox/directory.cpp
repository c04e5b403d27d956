// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/directory.h"

#include "tests/sandbox/directory_people.h"
#include "tests/sandbox/directory_search.h"
#include "tests/sandbox/odata_query.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::FormFields;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QString usersPath = u"/v1.0/users"_s;
const QString peoplePath = u"/v1.0/me/people"_s;
// https://learn.microsoft.com/graph/permissions-reference, User.ReadBasic.All
const QStringList basicProfile{u"displayName"_s, u"givenName"_s, u"id"_s,
                               u"mail"_s,        u"surname"_s,   u"userPrincipalName"_s};
const QStringList userParameters{u"$select"_s, u"$search"_s, u"$top"_s};

const QRegularExpression &pathPattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/(me|users/([^/]+))(?:/(manager|directReports|presence))?$"_s);
    return pattern;
}

QJsonObject userFor(const Person &reader, const Person &person)
{
    QJsonObject user = person.user;
    for (auto it = person.more.begin(); it != person.more.end(); ++it)
        user.insert(it.key(), it.value());
    for (const QString &name : {u"department"_s, u"companyName"_s, u"userType"_s}) {
        if (!user.contains(name))
            user.insert(name, QJsonValue::Null);
    }
    if (person.key == reader.key)
        return user;
    for (auto it = user.begin(); it != user.end(); ++it) {
        if (!basicProfile.contains(it.key()))
            it.value() = it.value().isArray() ? QJsonValue(QJsonArray()) : QJsonValue();
    }
    return user;
}

GraphAnswer unsupported(const QString &message)
{
    return badRequest(u"Request_UnsupportedQuery"_s, message);
}

GraphAnswer nobody()
{
    return {.status = 404,
            .code = u"Request_ResourceNotFound"_s,
            .message = u"Resource does not exist or one of its queried reference-property "
                       "objects are not present."_s};
}

std::optional<GraphAnswer> problemOf(const std::optional<DirectorySearch> &search)
{
    if (!search)
        return badRequest(u"BadRequest"_s, u"Syntax error in the search or filter clause."_s);
    for (const QString &property : search->properties()) {
        if (!basicProfile.contains(property)) {
            return GraphAnswer{.status = 403,
                               .code = u"Authorization_RequestDenied"_s,
                               .message = u"Insufficient privileges to complete the operation."_s};
        }
    }
    return std::nullopt;
}

GraphAnswer usersOf(const HttpRequest &request, const QUrl &graph, const Person &reader)
{
    // Here $filter has "or", which ODataQuery does not know.
    FormFields fields = request.query();
    const QString filter = test_support::fieldValue(fields, u"$filter"_s);
    fields.removeIf([](const auto &field) { return field.first == u"$filter"; });
    const ODataQuery query(fields, userParameters);
    if (query.problem())
        return *query.problem();
    std::optional<DirectorySearch> search;
    if (query.has(u"$search"_s)) {
        if (request.header("ConsistencyLevel") != "eventual") {
            return unsupported(u"Request with $search query parameter only works through MSGraph "
                               "with a special request header: 'ConsistencyLevel: eventual'"_s);
        }
        search = DirectorySearch::ofSearch(query.value(u"$search"_s));
        if (const auto problem = problemOf(search))
            return *problem;
    } else if (!filter.isNull()) {
        search = DirectorySearch::ofFilter(filter);
        if (const auto problem = problemOf(search))
            return *problem;
    }
    QList<QJsonObject> found;
    for (const DirectoryPerson &one : directoryPeople()) {
        if (!search || search->finds(one.person.user))
            found.append(userFor(reader, one.person));
    }
    QUrl url = graph;
    url.setPath(usersPath);
    return query.answer(found, url);
}

// https://learn.microsoft.com/graph/api/resources/person
QJsonObject relevantPerson(const DirectoryPerson &one)
{
    const QJsonObject &user = one.person.user;
    QJsonArray phones;
    for (const auto &number : user["businessPhones"_L1].toArray())
        phones.append(QJsonObject{{u"type"_s, u"business"_s}, {u"number"_s, number}});
    const QString address = user["mail"_L1].toString();
    const bool isGuest = one.person.username().contains(u"#EXT#"_s);
    return {{u"id"_s, one.person.objectId()},
            {u"displayName"_s, user["displayName"_L1]},
            {u"givenName"_s, user["givenName"_L1]},
            {u"surname"_s, user["surname"_L1]},
            {u"birthday"_s, QString()},
            {u"personNotes"_s, QString()},
            {u"isFavorite"_s, false},
            {u"jobTitle"_s, user["jobTitle"_L1]},
            {u"companyName"_s, QJsonValue::Null},
            {u"yomiCompany"_s, QString()},
            {u"department"_s, one.person.more["department"_L1]},
            {u"officeLocation"_s, user["officeLocation"_L1]},
            {u"profession"_s, QString()},
            {u"userPrincipalName"_s, one.person.username()},
            {u"imAddress"_s, u"sip:"_s + address},
            {u"scoredEmailAddresses"_s,
             QJsonArray{QJsonObject{{u"address"_s, address}, {u"relevanceScore"_s, 8}}}},
            {u"phones"_s, phones},
            {u"personType"_s,
             QJsonObject{{u"class"_s, u"Person"_s},
                         {u"subclass"_s, isGuest ? u"GuestUser"_s : u"OrganizationUser"_s}}}};
}

QJsonObject outsider(const QJsonValue &contact)
{
    QJsonObject person = relevantPerson({});
    person.insert(u"id"_s,
                  QString::fromLatin1(contact["address"_L1].toString().toUtf8().toHex().left(32)));
    person.insert(u"displayName"_s, contact["name"_L1]);
    person.insert(u"userPrincipalName"_s, QString());
    person.insert(u"imAddress"_s, QJsonValue::Null);
    person.insert(
        u"scoredEmailAddresses"_s,
        QJsonArray{QJsonObject{{u"address"_s, contact["address"_L1]}, {u"relevanceScore"_s, 5}}});
    person.insert(
        u"personType"_s,
        QJsonObject{{u"class"_s, contact["class"_L1].toString(u"Person"_s)},
                    {u"subclass"_s, contact["subclass"_L1].toString(u"PersonalContact"_s)}});
    for (const QString &name : {u"jobTitle"_s, u"department"_s, u"officeLocation"_s})
        person.insert(name, QJsonValue::Null);
    return person;
}

GraphAnswer relevantPeople(const HttpRequest &request, const QUrl &graph, const Person &reader)
{
    const ODataQuery query(request.query(),
                           {u"$select"_s, u"$filter"_s, u"$top"_s, u"$search"_s, u"$orderby"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> all;
    QStringList keys;
    for (const auto &one : relevantTo(reader.key)) {
        if (const DirectoryPerson *person = directoryPerson(one.toString())) {
            all.append(relevantPerson(*person));
            keys.append(person->person.key);
        } else {
            all.append(outsider(one));
        }
    }
    const bool isSearch = query.has(u"$search"_s);
    const bool isEverywhere = request.header("X-PeopleQuery-QuerySources") == "Mailbox,Directory";
    for (const DirectoryPerson &one : directoryPeople()) {
        if (isEverywhere && !keys.contains(one.person.key))
            all.append(relevantPerson(one));
    }
    if (isSearch) {
        const QString text = query.value(u"$search"_s);
        if (!text.startsWith(u'"') || !text.endsWith(u'"') || text.count(u'"') != 2)
            return badRequest(u"BadRequest"_s, u"Syntax error in $search."_s);
        const QString words = text.mid(1).chopped(1);
        all.removeIf([&](const QJsonObject &person) {
            const QString address = person["scoredEmailAddresses"_L1][0]["address"_L1].toString();
            return !address.contains(words, Qt::CaseInsensitive)
                && !DirectorySearch::matchesWords(person["displayName"_L1].toString(), words);
        });
    }
    QUrl url = graph;
    url.setPath(peoplePath);
    GraphAnswer answer = query.answer(all, url);
    if (isSearch) // which knows no $skip
        answer.body.remove(u"@odata.nextLink"_s);
    return answer;
}

GraphAnswer reportsOf(const HttpRequest &request, const QUrl &graph, const Person &reader,
                      const QString &key)
{
    const ODataQuery query(request.query(), {u"$select"_s, u"$top"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> reports;
    for (const DirectoryPerson &one : directoryPeople()) {
        if (one.managerKey == key)
            reports.append(userFor(reader, one.person));
    }
    QUrl url = graph;
    url.setPath(request.path());
    return query.answer(reports, url);
}

} // namespace

QStringList Directory::scopesFor(const QString &path)
{
    if (path == usersPath)
        return {u"User.ReadBasic.All"_s, u"User.Read.All"_s};
    if (path == peoplePath)
        return {u"People.Read"_s};
    const auto match = pathPattern().match(path);
    const QString what = match.captured(3);
    const bool isMe = match.captured(1) == u"me";
    if (!match.hasMatch() || (isMe && (what.isEmpty() || what == u"presence")))
        return {}; // the profile and the own presence are no part of this one
    if (what == u"presence")
        return {u"Presence.Read.All"_s};
    if (isMe) // https://learn.microsoft.com/graph/api/user-get, "Permissions"
        return {u"User.Read"_s, u"User.Read.All"_s};
    if (what == u"manager")
        return {u"User.Read.All"_s};
    return {u"User.ReadBasic.All"_s, u"User.Read.All"_s};
}

GraphAnswer Directory::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    if (request.path() == usersPath)
        return usersOf(request, graph, person);
    if (request.path() == peoplePath)
        return relevantPeople(request, graph, person);
    const auto match = pathPattern().match(request.path());
    const DirectoryPerson *whose = match.captured(1) == u"me"
        ? directoryPerson(person.key)
        : directoryPersonOf(match.captured(2));
    if (!whose)
        return nobody();
    const QString what = match.captured(3);
    if (what == u"directReports")
        return reportsOf(request, graph, person, whose->person.key);
    if (what == u"presence") {
        QJsonObject presence = whose->person.presence;
        presence.insert(u"id"_s, whose->person.objectId());
        return {.body = presence};
    }
    const DirectoryPerson *shown = what.isEmpty() ? whose : directoryPerson(whose->managerKey);
    if (!shown)
        return nobody();
    const ODataQuery query(request.query(), {u"$select"_s});
    return query.problem() ? *query.problem() : query.selected(userFor(person, shown->person));
}

} // namespace sandbox
