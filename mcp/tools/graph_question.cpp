// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/graph_question.h"

#include "mcp/catalogue/operation_at.h"
#include "mcp/catalogue/operation_effect.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype longestSegment = 1024;

const QStringList &knownParameters()
{
    static const QStringList names{
        u"$select"_s,     u"$filter"_s,       u"$search"_s,    u"$orderby"_s,   u"$top"_s,
        u"$skip"_s,       u"$expand"_s,       u"$count"_s,     u"$skiptoken"_s, u"$skipToken"_s,
        u"$deltatoken"_s, u"startDateTime"_s, u"endDateTime"_s};
    return names;
}

// Path and query as they came, without the version.
struct Parts
{
    QString path;
    QString query;
};

Result<Parts> partsOf(const QString &text)
{
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7F)
            return badArgument(u"\"path\" has control characters"_s);
    }
    if (text.contains(u'#') || text.contains(u'\\'))
        return badArgument(u"\"path\" must have no # and no backslash; write # as %23"_s);
    const auto question = text.indexOf(u'?');
    Parts parts{.path = question < 0 ? text : text.left(question),
                .query = question < 0 ? QString() : text.mid(question + 1)};
    if (parts.path.startsWith("/beta/"_L1))
        return badArgument(u"only v1.0 of Microsoft Graph is called, not beta"_s);
    if (parts.path.startsWith("/v1.0/"_L1))
        parts.path = parts.path.mid(5);
    if (!parts.path.startsWith(u'/') || parts.path.startsWith("//"_L1))
        return badArgument(u"\"path\" has to begin with one /, such as /me/messages"_s);
    return parts;
}

// Decoded once. What would be another path when it is decoded again, by whoever stands in between,
// is refused.
Result<QStringList> segmentsOf(const QString &path)
{
    QStringList segments;
    for (const QString &raw : path.mid(1).split(u'/')) {
        const QString segment = QUrl::fromPercentEncoding(raw.toUtf8());
        const bool isEncodedAgain = QUrl::fromPercentEncoding(segment.toUtf8()) != segment;
        const bool isBad = segment.isEmpty() || segment.size() > longestSegment || segment == "."_L1
            || segment == ".."_L1 || segment.contains(u'/') || segment.contains(u'\\')
            || isEncodedAgain || segment.contains(QChar::ReplacementCharacter)
            || std::any_of(segment.begin(), segment.end(),
                           [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7F; });
        if (isBad)
            return badArgument(u"\"path\" has a part that no path of Microsoft Graph has"_s);
        segments.append(segment);
    }
    return segments;
}

Result<QUrlQuery> queryOf(const QString &text, const OperationsShown &shown)
{
    QUrlQuery query;
    for (const QString &item : text.split(u'&', Qt::SkipEmptyParts)) {
        const QString name = QUrl::fromPercentEncoding(item.section(u'=', 0, 0).toUtf8());
        // '+' is itself to Graph, and a space in a form; people mean the space.
        const QString value =
            QUrl::fromPercentEncoding(item.section(u'=', 1).replace(u'+', u' ').toUtf8());
        if (!knownParameters().contains(name)) {
            return badArgument(u"the query has a parameter that is not sent; these are: %1"_s.arg(
                knownParameters().join(u", "_s)));
        }
        if (query.hasQueryItem(name))
            return badArgument(u"the query has %1 twice"_s.arg(name));
        if (name == "$expand"_L1 && !shown.areSecrets && leadsToSecret(u'/' + value + u'/'))
            return badArgument(u"$expand leads to what is not shown to AI clients"_s);
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    return query;
}

Result<Operation> operationOf(const QStringList &segments, const QString &method,
                              const OperationsShown &shown)
{
    const QList<Operation> all = operationsAt(OperationCatalogue::bundled(), segments);
    if (all.isEmpty()) {
        return badArgument(
            u"Microsoft Graph v1.0 has no such path; FindGraphOperation finds those that it has"_s);
    }
    // As strict as the strictest that it could be.
    for (const Operation &one : all) {
        if (hidingOf(one) == Hiding::Secret && !shown.areSecrets)
            return badArgument(u"its answer is a secret, which AI clients are not shown"_s);
    }
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Operation &one) { return one.method == method; });
    if (found == all.end()) {
        const bool isChange =
            method != "GET"_L1 || all.size() > 1 || effectOf(all.first()) == Effect::Writes;
        return badArgument(isChange ? u"this path cannot be read by %1"_s.arg(method)
                                    : u"this path is read by POST with a body"_s);
    }
    if (effectOf(*found) == Effect::Writes)
        return badArgument(u"this changes something, and CallGraph only reads"_s);
    if (!isShown(*found, shown)) {
        return badArgument(
            u"every permission for this needs an administrator, so it is not called"_s);
    }
    const QLatin1StringView path = found->path;
    // It searches all parts of the account at once, which people grant one by one.
    if (path == "/search/query"_L1) {
        return badArgument(u"search each part by itself: SearchMicrosoft365 does that, or $search "
                           "on /me/messages, /me/drive/root/search(q='...')"_s);
    }
    if (path.endsWith("/content"_L1) || path.endsWith("/$value"_L1) || path.endsWith("/$count"_L1)
        || path.contains("/content("_L1)) {
        return badArgument(
            u"the answer to this is a file or a bare number; CallGraph reads JSON only "
            "(for a number: $count=true on the list)"_s);
    }
    return *found;
}

// The basic permissions leave out bodies; people are asked once for what they think of as reading.
QString scopeOf(const Operation &operation)
{
    if (operation.scope == "Mail.ReadBasic"_L1)
        return u"Mail.Read"_s;
    if (operation.scope == "Calendars.ReadBasic"_L1)
        return u"Calendars.Read"_s;
    if (operation.scope == "Chat.ReadBasic"_L1)
        return u"Chat.Read"_s;
    return operation.scope;
}

bool isDirectory(const QStringList &segments)
{
    static const QStringList collections{u"users"_s, u"groups"_s, u"devices"_s, u"applications"_s,
                                         u"servicePrincipals"_s};
    static const QStringList members{u"memberOf"_s, u"transitiveMemberOf"_s,
                                     u"members"_s,  u"transitiveMembers"_s,
                                     u"owners"_s,   u"directReports"_s};
    return (segments.size() == 1 && collections.contains(segments.first()))
        || std::any_of(segments.begin(), segments.end(),
                       [](const QString &segment) { return members.contains(segment); });
}

} // namespace

Result<GraphQuestion> graphQuestionOf(const QJsonObject &arguments, const OperationsShown &shown)
{
    const auto parts = partsOf(arguments.value("path"_L1).toString());
    if (!parts.ok())
        return parts.error();
    const auto segments = segmentsOf(parts->path);
    if (!segments.ok())
        return segments.error();
    if (!shown.areSecrets && leadsToSecret(u'/' + segments->join(u'/') + u'/'))
        return badArgument(u"its answer is a secret, which AI clients are not shown"_s);
    const bool isPost = arguments.contains("body"_L1);
    const auto operation = operationOf(*segments, isPost ? u"POST"_s : u"GET"_s, shown);
    if (!operation.ok())
        return operation.error();
    const auto query = queryOf(parts->query, shown);
    if (!query.ok())
        return query.error();
    GraphQuestion question{
        .operation = *operation,
        .request = {.path = u"/v1.0/"_s + segments->join(u'/'), .query = *query}};
    if (const QString scope = scopeOf(*operation); !scope.isEmpty())
        question.request.scopes = {scope};
    else
        question.request.scopes = {u"User.Read"_s};
    question.request.isEventual = isDirectory(*segments)
        && (query->hasQueryItem(u"$search"_s) || query->hasQueryItem(u"$count"_s));
    // Bodies of mails and events as text, and nothing else of what Prefer can do.
    question.request.prefer = "outlook.body-content-type=\"text\"";
    if (isPost) {
        const auto body = graphBodyOf(arguments.value("body"_L1).toString());
        if (!body.ok())
            return body.error();
        question.request.body = *body;
    }
    return question;
}

Result<QJsonObject> graphBodyOf(const QString &text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &problem);
    if (!document.isObject()) {
        return badArgument(problem.error == QJsonParseError::NoError
                               ? u"\"body\" is no JSON object"_s
                               : u"\"body\" is no JSON from character %1 on"_s.arg(
                                   QString::fromUtf8(text.toUtf8().left(problem.offset)).size()));
    }
    return document.object();
}

} // namespace mcp
