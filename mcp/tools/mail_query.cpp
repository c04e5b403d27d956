// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/mail_query.h"

#include "mcp/tools/outlook_place.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/tool_parts.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int mostWords = 20;

struct Days
{
    std::optional<QDate> since;
    std::optional<QDate> until;
};

Result<Days> daysOf(const QJsonObject &arguments)
{
    Days days;
    for (const auto &[name, day] :
         {std::pair("since"_L1, &days.since), {"until"_L1, &days.until}}) {
        const QJsonValue value = arguments.value(name);
        if (value.isUndefined())
            continue;
        *day = dateOf(value.toString());
        if (!*day) {
            return badArgument(u"\"%1\" is not a date like 2026-11-26"_s.arg(name));
        }
    }
    if (days.since && days.until && *days.since > *days.until) {
        return badArgument(u"\"since\" is a later day than \"until\""_s);
    }
    return days;
}

// Empty: it was not asked for.
Result<QStringList> wordsOf(const QJsonObject &arguments, QLatin1StringView name)
{
    const QStringList words = searchWords(arguments.value(name).toString());
    if (words.isEmpty() && arguments.contains(name)) {
        return badArgument(u"\"%1\" has no words to search for"_s.arg(name));
    }
    return words;
}

// https://learn.microsoft.com/graph/search-query-parameter, "Using search on message collections"
QString searchOf(QStringList terms, const QStringList &sender, const QJsonObject &arguments,
                 const Days &days)
{
    for (const QString &word : sender)
        terms.append(u"from:"_s + word);
    if (days.since)
        terms.append(u"received>="_s + days.since->toString(Qt::ISODate));
    if (days.until)
        terms.append(u"received<="_s + days.until->toString(Qt::ISODate));
    if (arguments.value("hasAttachments"_L1).toBool())
        terms.append(u"hasAttachments:true"_s);
    return u'"' + terms.join(u' ') + u'"';
}

// The sorted property comes first, or Graph calls the filter inefficient
// (https://learn.microsoft.com/graph/api/user-list-messages, "Using filter and orderby").
QString filterOf(const QJsonObject &arguments, const Days &days)
{
    const QDate since = days.since.value_or(QDate(1970, 1, 1));
    QStringList terms{u"receivedDateTime ge "_s + beginOfDay(since)};
    if (days.until)
        terms.append(u"receivedDateTime lt "_s + beginOfDay(days.until->addDays(1)));
    if (arguments.value("unread"_L1).toBool())
        terms.append(u"isRead eq false"_s);
    if (arguments.value("hasAttachments"_L1).toBool())
        terms.append(u"hasAttachments eq true"_s);
    return terms.join(u" and "_s);
}

} // namespace

QStringList searchWords(const QString &text)
{
    QStringList words;
    QString word;
    const auto endWord = [&] {
        while (!word.isEmpty() && QStringView(u"@.-_'").contains(word.back()))
            word.chop(1);
        // Operators of KQL are words in capitals.
        if (!word.isEmpty() && words.size() < mostWords)
            words.append(word.toLower());
        word.clear();
    };
    for (const QChar c : text) {
        const bool inside = !word.isEmpty() && QStringView(u"@.-_'").contains(c);
        if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || inside)
            word.append(c);
        else
            endWord();
    }
    endWord();
    return words;
}

QString mailPath(const QString &folderId)
{
    return folderId.isEmpty() ? u"/v1.0/me/messages"_s
                              : u"/v1.0/me/mailFolders/%1/messages"_s.arg(folderId);
}

Result<MailQuery> mailQueryOf(const QJsonObject &arguments)
{
    const auto days = daysOf(arguments);
    if (!days.ok())
        return days.error();
    const auto words = wordsOf(arguments, "text"_L1);
    if (!words.ok())
        return words.error();
    const auto sender = wordsOf(arguments, "from"_L1);
    if (!sender.ok())
        return sender.error();
    MailQuery query;
    query.request.scopes = {u"Mail.Read"_s};
    query.request.path = mailPath(wellKnownMailFolder(arguments.value("folder"_L1).toString()));
    QUrlQuery &parameters = query.request.query;
    parameters.addQueryItem(
        u"$select"_s, u"id,subject,from,receivedDateTime,isRead,hasAttachments,bodyPreview"_s);
    parameters.addQueryItem(u"$top"_s,
                            QString::number(arguments.value("limit"_L1).toInt(usualMails)));
    if (!words->isEmpty() || !sender->isEmpty()) {
        parameters.addQueryItem(u"$search"_s, searchOf(*words, *sender, arguments, *days));
        query.onlyUnread = arguments.value("unread"_L1).toBool();
    } else {
        parameters.addQueryItem(u"$filter"_s, filterOf(arguments, *days));
        parameters.addQueryItem(u"$orderby"_s, u"receivedDateTime desc"_s);
    }
    return query;
}

} // namespace mcp
