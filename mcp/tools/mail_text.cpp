// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/mail_text.h"

#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"

#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 120;
constexpr qsizetype subjectLimit = 250;
constexpr qsizetype previewLimit = 200;
constexpr qsizetype peopleLimit = 30;

QString subjectOf(const QJsonObject &message)
{
    const QString subject = outsideLine(message.value("subject"_L1).toString(), subjectLimit);
    return subject.isEmpty() ? u"(no subject)"_s : subject;
}

QString peopleOf(const QJsonValue &recipients)
{
    const QJsonArray all = recipients.toArray();
    QStringList people;
    for (const auto &one : all) {
        if (people.size() == peopleLimit) {
            people.append(u"and %1 more"_s.arg(all.size() - peopleLimit));
            break;
        }
        people.append(mailPerson(one.toObject()));
    }
    return people.join(u", "_s);
}

QString attachmentsOf(const QJsonValue &attachments)
{
    QStringList names;
    for (const auto &one : attachments.toArray()) {
        if (one["isInline"_L1].toBool())
            continue;
        const QString size = QLocale::c().formattedDataSize(one["size"_L1].toInteger(), 0,
                                                            QLocale::DataSizeSIFormat);
        names.append(u"%1 (%2, %3)"_s.arg(outsideLine(one["name"_L1].toString(), nameLimit),
                                          outsideLine(one["contentType"_L1].toString(), nameLimit),
                                          size));
    }
    return names.join(u"; "_s);
}

} // namespace

QString mailPerson(const QJsonObject &recipient)
{
    const QJsonObject address = recipient.value("emailAddress"_L1).toObject();
    const QString name = outsideLine(address.value("name"_L1).toString(), nameLimit);
    const QString mail = outsideLine(address.value("address"_L1).toString(), nameLimit);
    if (mail.isEmpty() || name == mail)
        return name.isEmpty() ? u"(unknown)"_s : name;
    return name.isEmpty() ? mail : u"%1 <%2>"_s.arg(name, mail);
}

QString mailRow(const QJsonObject &message)
{
    QString row = u"%1  from %2"_s.arg(personTime(message.value("receivedDateTime"_L1).toString()),
                                       mailPerson(message.value("from"_L1).toObject()));
    if (message.value("isRead"_L1) == false)
        row += u"  unread"_s;
    if (message.value("hasAttachments"_L1).toBool())
        row += u"  with attachments"_s;
    row += u"\n  "_s + subjectOf(message);
    const QString preview = outsideLine(message.value("bodyPreview"_L1).toString(), previewLimit);
    if (!preview.isEmpty())
        row += u"\n  "_s + preview;
    return row + u"\n  id: "_s + outsideLine(message.value("id"_L1).toString(), 512);
}

namespace {

QString mailHead(const QJsonObject &message)
{
    QStringList lines{u"Subject: "_s + subjectOf(message),
                      u"From: "_s + mailPerson(message.value("from"_L1).toObject())};
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines.append(label + u": "_s + value);
    };
    add(u"To"_s, peopleOf(message.value("toRecipients"_L1)));
    add(u"Cc"_s, peopleOf(message.value("ccRecipients"_L1)));
    add(message.value("isDraft"_L1).toBool() ? u"Draft of"_s : u"Received"_s,
        personTime(message.value("receivedDateTime"_L1).toString()));
    const bool isListed = message.contains("attachments"_L1);
    if (isListed)
        add(u"Attachments"_s, attachmentsOf(message.value("attachments"_L1)));
    else if (message.value("hasAttachments"_L1).toBool())
        add(u"Attachments"_s, u"some; read this mail alone to see them"_s);
    return lines.join(u'\n');
}

} // namespace

QString mailText(const QJsonObject &message, QLatin1StringView body)
{
    const QString text = outsideText(message[body]["content"_L1].toString());
    return mailHead(message) + u"\n\n"_s + (text.isEmpty() ? u"(no text)"_s : text);
}

} // namespace mcp
