// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/teams_text.h"

#include "mcp/tools/html_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"
#include "mcp/tools/text_piece.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 120;
constexpr qsizetype previewLimit = 200;
constexpr qsizetype idLimit = 300;
constexpr qsizetype namesLimit = 8;

QString lineOf(const QJsonObject &object, QLatin1StringView property, qsizetype limit = nameLimit)
{
    return outsideLine(object.value(property).toString(), limit);
}

QString idLine(const QJsonObject &object)
{
    return u"\n  id: "_s + lineOf(object, "id"_L1, idLimit);
}

// Of microsoft.graph.chatMessageFromIdentitySet: a person, or an app that posts.
QString senderOf(const QJsonObject &message)
{
    const QJsonValue from = message.value("from"_L1);
    for (const auto kind : {"user"_L1, "application"_L1, "device"_L1}) {
        QString name = outsideLine(from[kind]["displayName"_L1].toString(), nameLimit);
        if (!name.isEmpty())
            return name;
    }
    return u"(unknown)"_s;
}

QString textOf(const QJsonValue &body)
{
    const QString content = body["content"_L1].toString();
    return body["contentType"_L1] == "html"_L1 ? htmlText(content) : outsideText(content);
}

// "#microsoft.graph.membersAddedEventMessageDetail" becomes "members added".
QString eventOf(const QJsonObject &message)
{
    const QJsonValue detail = message.value("eventDetail"_L1);
    static const QRegularExpression rule(
        u"\\A#microsoft\\.graph\\.([A-Za-z]{1,80})EventMessageDetail\\z"_s);
    static const QRegularExpression capital(u"([A-Z])"_s);
    QString words = rule.match(detail["@odata.type"_L1].toString()).captured(1);
    words.replace(capital, u" \\1"_s);
    QString event = words.isEmpty() ? u"event"_s : words.toLower().trimmed();
    const QString name = outsideLine(detail["chatDisplayName"_L1].toString(), nameLimit);
    return name.isEmpty() ? event : event + u": "_s + name;
}

bool isEvent(const QJsonObject &message)
{
    return message.value("eventDetail"_L1).isObject();
}

QString kindOf(const QJsonObject &chat)
{
    const QString kind = lineOf(chat, "chatType"_L1, 20);
    return kind == "oneOnOne"_L1 ? u"one-on-one"_s : kind;
}

// By what a chat without a topic goes.
QString othersIn(const QJsonObject &chat, const QString &ownId)
{
    QStringList names;
    const bool isPair = chat.value("chatType"_L1) == "oneOnOne"_L1;
    for (const auto &one : chat.value("members"_L1).toArray()) {
        const QJsonObject member = one.toObject();
        if (!ownId.isEmpty() && member.value("userId"_L1) == ownId)
            continue;
        const QString name = lineOf(member, "displayName"_L1);
        const QString address = lineOf(member, "email"_L1);
        names.append(isPair && !address.isEmpty() ? u"%1 <%2>"_s.arg(name, address)
                         : name.isEmpty()         ? u"(unknown)"_s
                                                  : name);
    }
    if (names.isEmpty())
        return u"(nobody else)"_s;
    const qsizetype more = names.size() - namesLimit;
    return names.mid(0, namesLimit).join(u", "_s)
        + (more > 0 ? u" and %1 more"_s.arg(more) : QString());
}

bool isUnread(const QJsonObject &chat, const QJsonObject &last, const QString &ownId)
{
    const auto time = [](const QJsonValue &value) {
        return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    };
    const QDateTime written = time(last.value("createdDateTime"_L1));
    const QDateTime read = time(chat["viewpoint"_L1]["lastMessageReadDateTime"_L1]);
    return written.isValid() && read.isValid() && written > read
        && (ownId.isEmpty() || last["from"_L1]["user"_L1]["id"_L1] != ownId);
}

QString previewOf(const QJsonObject &last)
{
    if (last.isEmpty())
        return u"\n  no message yet"_s;
    QString text = u"\n  "_s + personTime(last.value("createdDateTime"_L1).toString()) + u"  "_s;
    if (isEvent(last))
        return text + u'(' + eventOf(last) + u')';
    text += senderOf(last) + u": "_s;
    if (last.value("isDeleted"_L1).toBool())
        return text + u"(deleted)"_s;
    const QString preview = outsideLine(textOf(last.value("body"_L1)), previewLimit);
    return text + (preview.isEmpty() ? u"(no text)"_s : preview);
}

// What a message answers is an attachment whose content is JSON in a text.
QString quoteOf(const QJsonValue &attachment)
{
    const QJsonObject quoted =
        QJsonDocument::fromJson(attachment["content"_L1].toString().toUtf8()).object();
    return u"> "_s + senderOf({{u"from"_s, quoted.value("messageSender"_L1)}}) + u": "_s
        + lineOf(quoted, "messagePreview"_L1, previewLimit);
}

QString reactionsOf(const QJsonArray &reactions)
{
    QMap<QString, int> counts;
    for (const auto &one : reactions)
        ++counts[outsideLine(one["reactionType"_L1].toString(), 20)];
    QStringList all;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        all.append(it.key() + u' ' + QString::number(it.value()));
    return all.join(u", "_s);
}

QString shortened(const QString &text)
{
    const TextPiece piece = textPiece(text, 0);
    if (!piece.next)
        return text;
    return piece.text.trimmed()
        + u"\n… (%1 more characters, to be read in Teams)"_s.arg(text.size() - *piece.next);
}

QString contentOf(const QJsonObject &message)
{
    QStringList lines;
    QStringList names;
    for (const auto &one : message.value("attachments"_L1).toArray()) {
        const QString type = one["contentType"_L1].toString();
        if (type == "messageReference"_L1) {
            lines.append(quoteOf(one));
            continue;
        }
        const QString name = outsideLine(one["name"_L1].toString(), nameLimit);
        names.append(!name.isEmpty()                  ? name
                         : type.contains(".card."_L1) ? u"(card)"_s
                                                      : u"(without a name)"_s);
    }
    if (const QString subject = lineOf(message, "subject"_L1, previewLimit); !subject.isEmpty())
        lines.append(u"Subject: "_s + subject);
    if (const QString text = textOf(message.value("body"_L1)); !text.isEmpty())
        lines.append(shortened(text));
    if (!names.isEmpty())
        lines.append(u"Attachments: "_s + names.join(u"; "_s));
    if (const QString reactions = reactionsOf(message.value("reactions"_L1).toArray());
        !reactions.isEmpty())
        lines.append(u"Reactions: "_s + reactions);
    return lines.isEmpty() ? u"(no text)"_s : lines.join(u'\n');
}

} // namespace

QString chatRow(const QJsonObject &chat, const QString &ownId)
{
    const QString topic = lineOf(chat, "topic"_L1);
    const QJsonObject last = chat.value("lastMessagePreview"_L1).toObject();
    QString row =
        (topic.isEmpty() ? othersIn(chat, ownId) : topic) + u"  ("_s + kindOf(chat) + u')';
    if (isUnread(chat, last, ownId))
        row += u"  unread"_s;
    return row + previewOf(last) + idLine(chat);
}

QString teamRow(const QJsonObject &team)
{
    const QString name = lineOf(team, "displayName"_L1);
    const bool isArchived = team.value("isArchived"_L1).toBool();
    return name + (isArchived ? u"  (archived)"_s : QString()) + idLine(team);
}

QString channelRow(const QJsonObject &channel)
{
    QString row = lineOf(channel, "displayName"_L1);
    const QString kind = lineOf(channel, "membershipType"_L1, 20);
    if (!kind.isEmpty() && kind != "standard"_L1)
        row += u"  ("_s + kind + u')';
    const QString description = lineOf(channel, "description"_L1, previewLimit);
    if (!description.isEmpty())
        row += u"\n  "_s + description;
    return row + idLine(channel);
}

QString chatMessageRow(const QJsonObject &message)
{
    const QString time = personTime(message.value("createdDateTime"_L1).toString()) + u"  "_s;
    if (isEvent(message))
        return time + u'(' + eventOf(message) + u')';
    QString row = time + senderOf(message);
    if (message.value("deletedDateTime"_L1).isString())
        return row + u"  (deleted)"_s;
    if (message.value("lastEditedDateTime"_L1).isString())
        row += u"  (edited)"_s;
    const QString importance = lineOf(message, "importance"_L1, 20);
    if (importance == "high"_L1 || importance == "urgent"_L1)
        row += u"  ("_s + importance + u')';
    return row + u"\n  "_s + contentOf(message).replace(u'\n', u"\n  "_s);
}

QString channelMessageRow(const QJsonObject &message)
{
    return isEvent(message) ? chatMessageRow(message) : chatMessageRow(message) + idLine(message);
}

} // namespace mcp
