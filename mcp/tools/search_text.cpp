// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/search_text.h"

#include "mcp/tools/event_text.h"
#include "mcp/tools/mail_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 250;
constexpr qsizetype summaryLimit = 300;
constexpr qsizetype linkLimit = 500;
constexpr qsizetype idLimit = 512;

QString textOf(const QJsonValue &value, qsizetype limit)
{
    return outsideLine(value.toString(), limit);
}

QString summaryOf(const QJsonObject &hit)
{
    return outsideLine(plainSummary(hit.value("summary"_L1).toString()), summaryLimit);
}

void addLine(QStringList *lines, const QString &line)
{
    if (!line.isEmpty())
        lines->append(u"  "_s + line);
}

QString mailHitRow(const QJsonObject &hit)
{
    QJsonObject message = hit.value("resource"_L1).toObject();
    message.insert(u"id"_s, graphIdOf(hit.value("hitId"_L1).toString()));
    if (const QString summary = summaryOf(hit); !summary.isEmpty())
        message.insert(u"bodyPreview"_s, summary);
    return mailRow(message);
}

QString eventHitRow(const QJsonObject &hit, const QTimeZone &zone)
{
    QJsonObject event = hit.value("resource"_L1).toObject();
    event.insert(u"id"_s, graphIdOf(hit.value("hitId"_L1).toString()));
    // In capitals here only.
    for (const QString &name : {u"sensitivity"_s, u"type"_s})
        event.insert(name, event.value(name).toString().toLower());
    QStringList lines = eventRow(event, zone).split(u'\n');
    if (const QString summary = summaryOf(hit); !summary.isEmpty())
        lines.insert(lines.size() - 1, u"  "_s + summary); // the id comes last
    return lines.join(u'\n');
}

QString changeOf(const QJsonObject &item)
{
    const QJsonValue user = item["lastModifiedBy"_L1]["user"_L1];
    const QString name = textOf(user["displayName"_L1], nameLimit);
    const QString mail = textOf(user["email"_L1], nameLimit);
    QString change = u"changed "_s + personTime(textOf(item["lastModifiedDateTime"_L1], 40));
    if (!name.isEmpty())
        change += u" by "_s + (mail.isEmpty() ? name : u"%1 <%2>"_s.arg(name, mail));
    return change;
}

// An id as the tools for files take it: drive and item.
QString fileHitRow(const QJsonObject &hit)
{
    const QJsonObject item = hit.value("resource"_L1).toObject();
    QString facts = changeOf(item);
    if (item.contains("size"_L1)) {
        facts += u"; "_s
            + QLocale::c().formattedDataSize(item["size"_L1].toInteger(), 0,
                                             QLocale::DataSizeSIFormat);
    }
    QStringList lines{textOf(item["name"_L1], nameLimit)};
    addLine(&lines, facts);
    addLine(&lines, textOf(item["webUrl"_L1], linkLimit));
    addLine(&lines, summaryOf(hit));
    const QString drive = textOf(item["parentReference"_L1]["driveId"_L1], idLimit);
    const QString id = textOf(item["id"_L1], idLimit);
    addLine(&lines, u"id: "_s + (drive.isEmpty() ? id : drive + u'/' + id));
    return lines.join(u'\n');
}

QString siteHitRow(const QJsonObject &hit)
{
    const QJsonObject site = hit.value("resource"_L1).toObject();
    const bool isList = site["@odata.type"_L1].toString().endsWith(".list"_L1);
    const QString name = textOf(site["displayName"_L1], nameLimit);
    QStringList lines{(isList ? u"list "_s : u"site "_s)
                      + (name.isEmpty() ? textOf(site["name"_L1], nameLimit) : name)};
    addLine(&lines, textOf(site["description"_L1], summaryLimit));
    addLine(&lines, changeOf(site));
    addLine(&lines, textOf(site["webUrl"_L1], linkLimit));
    addLine(&lines, summaryOf(hit));
    QString id = u"id: "_s + textOf(site["id"_L1], idLimit);
    if (isList)
        id += u"  site: "_s + textOf(site["parentReference"_L1]["siteId"_L1], idLimit);
    addLine(&lines, id);
    return lines.join(u'\n');
}

QString chatHitRow(const QJsonObject &hit)
{
    const QJsonObject message = hit.value("resource"_L1).toObject();
    const QJsonObject channel = message.value("channelIdentity"_L1).toObject();
    QStringList lines{personTime(textOf(message["createdDateTime"_L1], 40)) + u"  from "_s
                      + mailPerson(message.value("from"_L1).toObject())};
    addLine(&lines, textOf(message["subject"_L1], nameLimit));
    addLine(&lines, summaryOf(hit));
    QStringList ids;
    const auto add = [&ids](const QString &label, const QJsonValue &id) {
        if (const QString text = textOf(id, idLimit); !text.isEmpty())
            ids.append(label + u": "_s + text);
    };
    add(u"message"_s, message["id"_L1]);
    add(u"chat"_s, message["chatId"_L1]);
    add(u"team"_s, channel["teamId"_L1]);
    add(u"channel"_s, channel["channelId"_L1]);
    addLine(&lines, ids.join(u"  "_s));
    return lines.join(u'\n');
}

} // namespace

QString searchRow(SearchKind kind, const QJsonObject &hit, const QTimeZone &zone)
{
    switch (kind) {
    case SearchKind::Mail: return mailHitRow(hit);
    case SearchKind::Events: return eventHitRow(hit, zone);
    case SearchKind::Files: return fileHitRow(hit);
    case SearchKind::Sites: return siteHitRow(hit);
    case SearchKind::Chats: return chatHitRow(hit);
    }
    return {};
}

QString plainSummary(const QString &summary)
{
    static const QRegularExpression found(u"</?c\\d>"_s);
    QString text = summary;
    text.remove(found);
    return text.replace(u"<ddd/>"_s, u"…"_s);
}

QString graphIdOf(const QString &hitId)
{
    return QString(hitId).replace(u'/', u'-').replace(u'+', u'_');
}

} // namespace mcp
