// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/teams_message.h"

#include "tests/sandbox/sandbox_people.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace sandbox {
namespace {

QString idOf(const QString &time)
{
    return QString::number(QDateTime::fromString(time, Qt::ISODateWithMs).toMSecsSinceEpoch());
}

QJsonValue fromOf(const QJsonValue &from)
{
    if (from.isUndefined() || from.isNull())
        return QJsonValue::Null;
    QJsonObject identities{{u"application"_s, QJsonValue::Null},
                           {u"device"_s, QJsonValue::Null},
                           {u"user"_s, QJsonValue::Null}};
    if (from.isObject())
        identities[u"application"_s] =
            QJsonObject{{u"id"_s, u"64f0a4c5-2a6d-4d2c-8a3e-6f0f3d4e5b6a"_s},
                        {u"displayName"_s, from["app"_L1]},
                        {u"applicationIdentityType"_s, u"bot"_s}};
    else
        identities[u"user"_s] = teamsUser(from);
    return identities;
}

QJsonArray mentionsOf(const QJsonValue &mentions)
{
    QJsonArray all;
    for (const auto &mention : mentions.toArray()) {
        QJsonObject mentioned{{u"application"_s, QJsonValue::Null},
                              {u"device"_s, QJsonValue::Null},
                              {u"user"_s, QJsonValue::Null},
                              {u"conversation"_s, QJsonValue::Null}};
        if (mention[0].isNull())
            mentioned[u"conversation"_s] = QJsonObject{{u"displayName"_s, mention[1]},
                                                       {u"conversationIdentityType"_s, u"team"_s}};
        else
            mentioned[u"user"_s] = teamsUser(mention[0]);
        all.append(QJsonObject{
            {u"id"_s, all.size()}, {u"mentionText"_s, mention[1]}, {u"mentioned"_s, mentioned}});
    }
    return all;
}

QJsonArray reactionsOf(const QJsonValue &reactions, const QString &time)
{
    QJsonArray all;
    for (const auto &reaction : reactions.toArray())
        all.append(QJsonObject{{u"reactionType"_s, reaction[0]},
                               {u"displayName"_s, u"Like"_s},
                               {u"createdDateTime"_s, time},
                               {u"user"_s, fromOf(reaction[1])}});
    return all;
}

QJsonObject attachment(const QString &id, const QString &type)
{
    return {{u"id"_s, id},
            {u"contentType"_s, type},
            {u"contentUrl"_s, QJsonValue::Null},
            {u"content"_s, QJsonValue::Null},
            {u"name"_s, QJsonValue::Null},
            {u"thumbnailUrl"_s, QJsonValue::Null},
            {u"teamsAppId"_s, QJsonValue::Null}};
}

// What a reply quotes: a text that holds JSON.
QJsonObject referenceTo(const QJsonObject &quoted)
{
    const QString id = quoted["id"_L1].toString();
    const QJsonObject content{{u"messageId"_s, id},
                              {u"messagePreview"_s, u"Hi Adele, is the budget with you?"_s},
                              {u"messageSender"_s, quoted["from"_L1]}};
    QJsonObject reference = attachment(id, u"messageReference"_s);
    reference[u"content"_s] =
        QString::fromUtf8(QJsonDocument(content).toJson(QJsonDocument::Compact));
    return reference;
}

QJsonArray attachmentsOf(const QJsonObject &message, const QList<QJsonObject> &before)
{
    QJsonArray all;
    if (const QString quoted = message["quotes"_L1].toString(); !quoted.isEmpty()) {
        for (const QJsonObject &one : before) {
            if (one["id"_L1] == idOf(quoted))
                all.append(referenceTo(one));
        }
    }
    for (const auto &name : message["files"_L1].toArray()) {
        QJsonObject file = attachment(u"5f1c"_s + QString::number(all.size()), u"reference"_s);
        file[u"contentUrl"_s] =
            QString(u"https://contoso-my.sharepoint.com/personal/files/"_s + name.toString());
        file[u"name"_s] = name;
        all.append(file);
    }
    if (const QString type = message["card"_L1].toString(); !type.isEmpty()) {
        QJsonObject card = attachment(u"74d20c7f34aa4a7fb74e2b30004247c5"_s, type);
        card[u"content"_s] = u"{\"type\":\"AdaptiveCard\",\"body\":[]}"_s;
        all.append(card);
    }
    return all;
}

// Longer than a row of ours, though not than Teams allows.
QString inventory()
{
    QString html = u"<p>Hi Adele,</p><table>"_s;
    for (int shelf = 1; shelf <= 500; ++shelf)
        html += u"<tr><td>Shelf %1</td><td>%2 boxes of article %3</td></tr>"_s
                    .arg(shelf, 3, 10, QChar(u'0'))
                    .arg(shelf * 7 % 23)
                    .arg(4000 + shelf * 31 % 997);
    return html + u"</table><p>Alex</p>"_s;
}

QJsonObject bodyOf(const QJsonObject &message)
{
    if (message.contains("text"_L1))
        return {{u"contentType"_s, u"text"_s}, {u"content"_s, message["text"_L1]}};
    QString html = message["html"_L1].toString();
    if (html == u"@LONG")
        html = inventory();
    if (message.contains("event"_L1))
        html = u"<systemEventMessage/>"_s;
    if (message.contains("card"_L1))
        html = u"<attachment id=\"74d20c7f34aa4a7fb74e2b30004247c5\"></attachment>"_s;
    return {{u"contentType"_s, u"html"_s}, {u"content"_s, html}};
}

QJsonValue orNull(const QJsonValue &value)
{
    return value.isUndefined() ? QJsonValue(QJsonValue::Null) : value;
}

QJsonObject graphMessage(const QJsonObject &message, const QList<QJsonObject> &before)
{
    const QString time = message["at"_L1].toString();
    const bool isEvent = message.contains("event"_L1);
    QJsonValue detail = orNull(message["event"_L1]);
    if (isEvent) {
        QJsonObject event = detail.toObject();
        event.insert(u"initiator"_s, fromOf(u"megan"_s));
        detail = event;
    }
    const QJsonValue edited = orNull(message["edited"_L1]);
    return {{u"id"_s, idOf(time)},
            {u"replyToId"_s, QJsonValue::Null},
            {u"etag"_s, idOf(time)},
            // As long as nobody prefers include-unknown-enum-members.
            {u"messageType"_s, isEvent ? u"unknownFutureValue"_s : u"message"_s},
            {u"createdDateTime"_s, time},
            {u"lastModifiedDateTime"_s, edited.isNull() ? QJsonValue(time) : edited},
            {u"lastEditedDateTime"_s, edited},
            {u"deletedDateTime"_s, orNull(message["deleted"_L1])},
            {u"subject"_s, orNull(message["subject"_L1])},
            {u"summary"_s, QJsonValue::Null},
            {u"importance"_s, message["importance"_L1].toString(u"normal"_s)},
            {u"locale"_s, u"en-us"_s},
            {u"webUrl"_s, QJsonValue::Null},
            {u"policyViolation"_s, QJsonValue::Null},
            {u"eventDetail"_s, detail},
            {u"from"_s, fromOf(message["from"_L1])},
            {u"body"_s, bodyOf(message)},
            {u"attachments"_s, attachmentsOf(message, before)},
            {u"mentions"_s, mentionsOf(message["mentions"_L1])},
            {u"reactions"_s, reactionsOf(message["reactions"_L1], time)},
            {u"messageHistory"_s, QJsonArray()}};
}

// More than a page of them, one a day.
QJsonArray smallTalk(int count)
{
    static const QStringList keys{u"alex"_s, u"megan"_s, u"nestor"_s};
    const QDateTime first(QDate(2026, 9, 15), QTime(7, 30), QTimeZone::utc());
    QJsonArray all;
    for (int i = 0; i < count; ++i)
        all.append(QJsonObject{{u"at"_s, first.addDays(i).toString(u"yyyy-MM-ddTHH:mm:ss.250Z"_s)},
                               {u"from"_s, keys.at(i % 3)},
                               {u"html"_s, u"<div><p>Note %1 of the day</p></div>"_s.arg(i + 1)}});
    return all;
}

} // namespace

QJsonObject teamsUser(const QJsonValue &person)
{
    const Person *known = personByKey(person.toString());
    return {{u"id"_s, known ? QJsonValue(known->objectId()) : person[2]},
            {u"displayName"_s, known ? QJsonValue(known->displayName()) : person[0]},
            {u"userIdentityType"_s, u"aadUser"_s}};
}

QString teamsAddress(const QJsonValue &person)
{
    const Person *known = personByKey(person.toString());
    return known ? known->user["mail"_L1].toString() : person[1].toString();
}

QList<QJsonObject> teamsMessages(const QJsonObject &where)
{
    QJsonArray written = where["messages"_L1].toArray();
    for (const auto &one : smallTalk(where["generate"_L1].toInt()))
        written.append(one);
    QList<QJsonObject> all;
    for (const auto &one : written) {
        QJsonObject message = graphMessage(one.toObject(), all);
        if (one["replies"_L1].isArray()) {
            QJsonArray replies;
            for (const QJsonObject &reply : teamsMessages({{u"messages"_s, one["replies"_L1]}}))
                replies.append(reply);
            message.insert(u"replies"_s, replies);
        }
        all.append(message);
    }
    std::stable_sort(
        all.begin(), all.end(), [](const QJsonObject &first, const QJsonObject &second) {
            return first["createdDateTime"_L1].toString() > second["createdDateTime"_L1].toString();
        });
    return all;
}

} // namespace sandbox
