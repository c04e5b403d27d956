// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/file_text.h"

#include "mcp/tools/drive_item_id.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/person_time.h"

#include <QLocale>
#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qsizetype nameLimit = 250;
constexpr qsizetype personLimit = 120;
constexpr qsizetype placeLimit = 400;

QString personOf(const QJsonValue &identities)
{
    const QJsonValue user = identities["user"_L1];
    const QString name = outsideLine(user["displayName"_L1].toString(), personLimit);
    const QString mail = outsideLine(user["email"_L1].toString(), personLimit);
    if (!name.isEmpty() && !mail.isEmpty() && name != mail)
        return u"%1 <%2>"_s.arg(name, mail);
    if (!name.isEmpty() || !mail.isEmpty())
        return name.isEmpty() ? mail : name;
    return outsideLine(identities["application"_L1]["displayName"_L1].toString(), personLimit);
}

// Host and folders of the item's address in the browser. Office documents have one that names the
// site and the editor only.
QString placeOf(const QJsonObject &item)
{
    const QUrl url(item.value("webUrl"_L1).toString(), QUrl::StrictMode);
    const QString path = url.path(QUrl::FullyDecoded);
    const QString folder = path.contains("/_layouts/"_L1) ? path.section(u"/_layouts/"_s, 0, 0)
                                                          : path.section(u'/', 0, -2);
    return url.isValid() ? outsideLine(url.host() + folder, placeLimit) : QString();
}

} // namespace

QString fileKind(const QJsonObject &item)
{
    const QJsonObject remote = item.value("remoteItem"_L1).toObject();
    const QJsonObject there = remote.isEmpty() ? item : remote;
    if (there.contains("folder"_L1))
        return remote.isEmpty() ? u"folder"_s : u"shared folder"_s;
    if (there.contains("package"_L1))
        return u"notebook"_s;
    const bool isFile =
        there.contains("file"_L1) || item.value("name"_L1).toString().lastIndexOf(u'.') > 0;
    if (!isFile)
        return u"item"_s;
    return remote.isEmpty() ? u"file"_s : u"shared file"_s;
}

QString dataSize(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, bytes < 10'000'000 ? 0 : 1,
                                          QLocale::DataSizeSIFormat);
}

QString lastChange(const QJsonObject &item)
{
    QString text = personTime(item.value("lastModifiedDateTime"_L1).toString());
    const QString person = personOf(item.value("lastModifiedBy"_L1));
    if (!person.isEmpty())
        text += u" by "_s + person;
    return text;
}

QString fileRow(const QJsonObject &item, bool isInOwnDrive, bool withPlace)
{
    QString row =
        fileKind(item) + u"  "_s + outsideLine(item.value("name"_L1).toString(), nameLimit);
    const QJsonValue children = item["folder"_L1]["childCount"_L1];
    if (children.isDouble())
        row += u"  (%1 items)"_s.arg(children.toInteger());
    else if (item.value("size"_L1).isDouble() && !item.contains("remoteItem"_L1))
        row += u"  (%1)"_s.arg(dataSize(item.value("size"_L1).toInteger()));
    row += u"\n  "_s + lastChange(item);
    if (const QString place = withPlace ? placeOf(item) : QString(); !place.isEmpty())
        row += u"\n  in "_s + place;
    const auto id = DriveItemId::ofItem(item, isInOwnDrive);
    return row + u"\n  id: "_s + (id ? id->text() : u"(none that can be used)"_s);
}

} // namespace mcp
