// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/people_query.h"

#include "mcp/protocol/plain_text.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int longestAddress = 254; // RFC 5321, 4.5.3.1.3
const QString userProperties =
    u"id,displayName,mail,userPrincipalName,jobTitle,department,officeLocation"_s;
const QString personProperties =
    u"id,displayName,userPrincipalName,scoredEmailAddresses,jobTitle,department,officeLocation,"
    "phones,personType"_s;

// The value may have signs that mean something in a query.
void addItem(GraphRequest *request, const QString &name, const QString &value)
{
    request->query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
}

QString searchClause(const QString &property, const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u"\"%1:"_s.arg(property) + escaped + u'"';
}

QString literal(const QString &text)
{
    QString doubled = text;
    return u'\'' + doubled.replace(u'\'', u"''"_s) + u'\'';
}

} // namespace

bool isObjectId(const QString &text)
{
    return text.size() == 36 && !QUuid::fromString(text).isNull();
}

bool isAddress(const QString &text)
{
    return text.size() <= longestAddress && text.count(u'@') == 1 && !text.startsWith(u'@')
        && !text.endsWith(u'@') && withoutHiddenCharacters(text, false) == text
        && std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

bool hasWord(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

GraphRequest usersNamed(const QString &text)
{
    const QString words = text.simplified();
    GraphRequest request{.path = u"/v1.0/users"_s, .isEventual = true};
    addItem(&request, u"$search"_s,
            searchClause(u"displayName"_s, words) + u" OR "_s + searchClause(u"mail"_s, words)
                + u" OR "_s + searchClause(u"userPrincipalName"_s, words));
    addItem(&request, u"$select"_s, userProperties);
    addItem(&request, u"$top"_s, u"25"_s);
    return request;
}

GraphRequest usersAt(const QString &address)
{
    GraphRequest request{.path = u"/v1.0/users"_s};
    addItem(&request, u"$filter"_s,
            u"mail eq "_s + literal(address) + u" or userPrincipalName eq "_s + literal(address));
    addItem(&request, u"$select"_s, userProperties + u",businessPhones,mobilePhone"_s);
    return request;
}

GraphRequest userWithId(const QString &id)
{
    GraphRequest request{.path = id.isEmpty() ? u"/v1.0/me"_s : u"/v1.0/users/"_s + id};
    addItem(&request, u"$select"_s, userProperties + u",businessPhones,mobilePhone"_s);
    return request;
}

GraphRequest relevantPeople()
{
    GraphRequest request{.path = u"/v1.0/me/people"_s};
    addItem(&request, u"$filter"_s, u"personType/class eq 'Person'"_s);
    addItem(&request, u"$select"_s, personProperties);
    addItem(&request, u"$top"_s, u"25"_s);
    return request;
}

GraphRequest peopleNamed(const QString &text)
{
    QString words = text.simplified();
    words.remove(u'"').remove(u'\\'); // nothing says how they would be escaped here
    GraphRequest request{.path = u"/v1.0/me/people"_s, .isDirectoryWide = true};
    addItem(&request, u"$search"_s, u'"' + words + u'"');
    addItem(&request, u"$select"_s, personProperties);
    addItem(&request, u"$top"_s, u"100"_s);
    return request;
}

} // namespace mcp
