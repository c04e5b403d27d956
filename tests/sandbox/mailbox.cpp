// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/mailbox.h"

#include "tests/sandbox/odata_query.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::HttpRequest;

namespace sandbox {
namespace {

const QStringList listParameters{u"$select"_s, u"$filter"_s, u"$orderby"_s, u"$top"_s,
                                 u"$search"_s};

const QRegularExpression &pathPattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/me/(?:mailFolders/([^/]+)/)?messages(?:/([^/]+))?$"_s);
    return pattern;
}

const QRegularExpression &foldersPattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/me/mailFolders(?:/([^/]+)/childFolders)?$"_s);
    return pattern;
}

QJsonArray dataOf(const Person &person, const QString &name)
{
    QFile file(u":/sandbox/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(person.key).toArray();
}

// Its id, also where it is asked for by its well-known name; empty: there is none.
QString folderId(const Person &person, const QString &idOrWord)
{
    for (const auto &folder : dataOf(person, u"mail_folders.json"_s)) {
        if (folder["id"_L1] == idOrWord || folder["word"_L1] == idOrWord)
            return folder["id"_L1].toString();
    }
    return {};
}

// https://learn.microsoft.com/graph/api/resources/mailfolder
QList<QJsonObject> foldersIn(const Person &person, const QString &parent)
{
    const QJsonArray all = dataOf(person, u"mail_folders.json"_s);
    QList<QJsonObject> found;
    for (const auto &folder : all) {
        if (folder["parent"_L1] != parent)
            continue;
        const auto count = std::count_if(all.begin(), all.end(), [&](const QJsonValue &other) {
            return other["parent"_L1] == folder["id"_L1];
        });
        found.append({{u"id"_s, folder["id"_L1]},
                      {u"displayName"_s, folder["name"_L1]},
                      {u"parentFolderId"_s, parent.isEmpty() ? u"AAMkAGUzY2Nz-Froot="_s : parent},
                      {u"childFolderCount"_s, int(count)},
                      {u"isHidden"_s, false}});
    }
    return found;
}

QJsonObject recipient(const QJsonValue &person)
{
    return {{u"emailAddress"_s, QJsonObject{{u"name"_s, person[0]}, {u"address"_s, person[1]}}}};
}

QJsonArray recipients(const QJsonValue &people)
{
    QJsonArray all;
    for (const auto &person : people.toArray())
        all.append(recipient(person));
    return all;
}

// Longer than one answer of ours.
QString inventory()
{
    QString text = u"Hi Adele,\n\nhere is the inventory of the shop in Zürich.\n\n"_s;
    for (int shelf = 1; shelf <= 1200; ++shelf) {
        text += u"Shelf %1: %2 boxes of article %3\n"_s.arg(shelf, 3, 10, QChar(u'0'))
                    .arg(shelf * 7 % 23)
                    .arg(4000 + shelf * 31 % 997);
    }
    return text + u"\nAlex"_s;
}

QJsonObject bodyOf(const QString &html, const QString &text, bool asText)
{
    return {{u"contentType"_s, asText ? u"text"_s : u"html"_s},
            {u"content"_s, asText ? text : html}};
}

QJsonArray attachmentsOf(const QJsonArray &attachments, const QString &id)
{
    QJsonArray all;
    for (const auto &one : attachments) {
        QJsonObject attachment = one.toObject();
        attachment.insert(u"@odata.type"_s, u"#microsoft.graph.fileAttachment"_s);
        attachment.insert(u"id"_s, QString(id + u"BEgAQA="_s));
        all.append(attachment);
    }
    return all;
}

// https://learn.microsoft.com/graph/api/resources/message
QJsonObject graphMessage(const QJsonObject &mail, bool asText)
{
    const QString id = mail["id"_L1].toString();
    QString text = mail["text"_L1].toString();
    QString html = mail["html"_L1].toString();
    QString unique = mail["unique"_L1].toString();
    if (text == u"@INVENTORY") {
        text = unique = inventory();
        html = u"<pre>"_s + text + u"</pre>"_s;
    }
    const QJsonArray attachments = attachmentsOf(mail["attachments"_L1].toArray(), id);
    const bool hasAttachments =
        std::any_of(attachments.begin(), attachments.end(),
                    [](const QJsonValue &one) { return !one["isInline"_L1].toBool(); });
    return {{u"id"_s, id},
            {u"subject"_s, mail["subject"_L1]},
            {u"from"_s, recipient(mail["from"_L1])},
            {u"sender"_s, recipient(mail["from"_L1])},
            {u"toRecipients"_s, recipients(mail["to"_L1])},
            {u"ccRecipients"_s, recipients(mail["cc"_L1])},
            {u"receivedDateTime"_s, mail["received"_L1]},
            {u"sentDateTime"_s, mail["received"_L1]},
            {u"isRead"_s, mail["isRead"_L1]},
            {u"isDraft"_s, mail["folder"_L1] == u"drafts"_s},
            {u"hasAttachments"_s, hasAttachments},
            {u"importance"_s, u"normal"_s},
            {u"conversationId"_s, mail["conversation"_L1]},
            {u"bodyPreview"_s, text.simplified().left(255)},
            {u"body"_s, bodyOf(html, text, asText)},
            {u"uniqueBody"_s, bodyOf(html, unique, asText)},
            {u"attachments"_s, attachments},
            {u"webLink"_s, u"https://outlook.office365.com/owa/?ItemID=%1&exvsurl=1"_s.arg(id)}};
}

bool matchesTerm(const QJsonObject &message, const QString &term)
{
    const auto person = [](const QJsonValue &recipient) {
        return recipient["emailAddress"_L1]["name"_L1].toString() + u' '
            + recipient["emailAddress"_L1]["address"_L1].toString();
    };
    const QString sender = person(message["from"_L1]);
    const QString day = message["receivedDateTime"_L1].toString().left(10);
    if (term.startsWith(u"from:"_s))
        return sender.contains(term.mid(5), Qt::CaseInsensitive);
    if (term.startsWith(u"received>="_s))
        return day >= term.mid(10);
    if (term.startsWith(u"received<="_s))
        return day <= term.mid(10);
    if (term == u"hasAttachments:true")
        return message["hasAttachments"_L1].toBool();
    const QString all = message["subject"_L1].toString() + u' '
        + message["body"_L1]["content"_L1].toString() + u' ' + sender;
    return all.contains(term, Qt::CaseInsensitive);
}

QList<QJsonObject> searched(const QList<QJsonObject> &all, const QString &search)
{
    const QStringList terms = search.mid(1).chopped(1).split(u' ', Qt::SkipEmptyParts);
    QList<QJsonObject> found;
    for (const QJsonObject &message : all) {
        if (std::all_of(terms.begin(), terms.end(),
                        [&](const QString &term) { return matchesTerm(message, term); }))
            found.append(message);
    }
    return found;
}

} // namespace

QStringList Mailbox::scopesFor(const QString &path)
{
    return pathPattern().match(path).hasMatch() || foldersPattern().match(path).hasMatch()
        ? QStringList{u"Mail.Read"_s}
        : QStringList();
}

QList<QJsonObject> Mailbox::messages(const Person &person, bool asText)
{
    QList<QJsonObject> all;
    for (const auto &mail : dataOf(person, u"mail.json"_s)) {
        QJsonObject message = graphMessage(mail.toObject(), asText);
        message.insert(u"parentFolderId"_s, folderId(person, mail["folder"_L1].toString()));
        all.append(message);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const QJsonObject &first, const QJsonObject &second) {
                         return first["receivedDateTime"_L1].toString()
                             > second["receivedDateTime"_L1].toString();
                     });
    return all;
}

GraphAnswer Mailbox::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    if (const auto folders = foldersPattern().match(request.path()); folders.hasMatch()) {
        const QString parent = folders.captured(1);
        if (!parent.isEmpty() && folderId(person, parent).isEmpty())
            return notFound();
        const ODataQuery query(request.query(), {u"$select"_s, u"$top"_s});
        if (query.problem())
            return *query.problem();
        QUrl url = graph;
        url.setPath(request.path());
        return query.answer(
            foldersIn(person, parent.isEmpty() ? QString() : folderId(person, parent)), url);
    }
    const auto path = pathPattern().match(request.path());
    const bool asText = request.header("Prefer").contains("outlook.body-content-type=\"text\"");
    QList<QJsonObject> all = messages(person, asText);
    if (!path.captured(2).isEmpty()) {
        const ODataQuery query(request.query(), {u"$select"_s, u"$expand"_s});
        if (query.problem())
            return *query.problem();
        for (const QJsonObject &message : all) {
            if (message["id"_L1] == path.captured(2))
                return query.selected(message);
        }
        return notFound();
    }
    const ODataQuery query(request.query(), listParameters);
    if (query.problem())
        return *query.problem();
    if (query.has(u"$search"_s))
        all = searched(all, query.value(u"$search"_s));
    if (!path.captured(1).isEmpty()) {
        const QString folder = folderId(person, path.captured(1));
        if (folder.isEmpty())
            return notFound();
        all.removeIf(
            [&](const QJsonObject &message) { return message["parentFolderId"_L1] != folder; });
    }
    QUrl url = graph;
    url.setPath(request.path());
    return query.answer(all, url);
}

} // namespace sandbox
