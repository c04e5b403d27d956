// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/drive.h"

#include "tests/sandbox/drive_items.h"
#include "tests/sandbox/drive_search.h"
#include "tests/sandbox/odata_query.h"

#include <QCryptographicHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::fieldValue;
using test_support::HttpRequest;

namespace sandbox {
namespace {

// Properties that Graph leaves out where an item has none of them, but knows.
const QStringList facets{u"file"_s, u"folder"_s, u"package"_s, u"remoteItem"_s,
                         u"root"_s, u"cTag"_s,   u"malware"_s};

const QRegularExpression &pathPattern()
{
    static const QRegularExpression pattern(
        u"^/v1\\.0/(?:me/drive|drives/([^/]+))/(?:root|items/([^/]+))"
        "(/children|/content|/search\\(q='((?:[^']|'')*)'\\))?$"_s);
    return pattern;
}

// A number that stays the same for the item.
QString numberOf(const StoredItem &item)
{
    return QString::fromLatin1(
        QCryptographicHash::hash((item.drive + item.id).toUtf8(), QCryptographicHash::Md5)
            .toHex()
            .toUpper());
}

QJsonObject identity(const QString &by)
{
    const Person *person = personByKey(by);
    if (!person)
        return {{u"user"_s, QJsonObject{{u"displayName"_s, by}, {u"email"_s, by}}}};
    return {{u"user"_s,
             QJsonObject{{u"displayName"_s, person->user["displayName"_L1]},
                         {u"email"_s, person->user["mail"_L1]},
                         {u"id"_s, person->objectId()}}}};
}

qint64 sizeOf(const StoredDrive &drive, const StoredItem &item)
{
    qint64 size = item.bytes.size();
    for (const StoredItem *child : drive.childrenOf(item.id))
        size += sizeOf(drive, *child);
    return size;
}

QString encodedPath(const QStringList &names)
{
    QString path;
    for (const QString &name : names)
        path += u'/' + QString::fromLatin1(QUrl::toPercentEncoding(name));
    return path;
}

QJsonObject parentOf(const StoredDrive &drive, const StoredItem &item)
{
    QJsonObject parent{
        {u"driveType"_s, drive.type}, {u"driveId"_s, drive.id}, {u"siteId"_s, drive.siteId}};
    if (const StoredItem *folder = drive.find(item.parent)) {
        const QStringList path = drive.pathOf(*folder);
        parent.insert(u"id"_s, folder->id);
        parent.insert(u"name"_s, path.isEmpty() ? u"Documents"_s : path.last());
        parent.insert(u"path"_s,
                      QString(u"/drives/"_s + drive.id + u"/root:"_s + encodedPath(path)));
    }
    return parent;
}

// https://learn.microsoft.com/graph/api/resources/driveitem
QJsonObject graphItem(const StoredDrive &drive, const StoredItem &item)
{
    const QString number = numberOf(item);
    const QJsonObject times{{u"createdDateTime"_s, item.modified},
                            {u"lastModifiedDateTime"_s, item.modified}};
    QJsonObject result{{u"id"_s, item.id},
                       {u"name"_s, item.name},
                       {u"size"_s, sizeOf(drive, item)},
                       {u"eTag"_s, u"\"{%1},2\""_s.arg(number)},
                       {u"createdBy"_s, identity(item.by)},
                       {u"createdDateTime"_s, item.modified},
                       {u"lastModifiedBy"_s, identity(item.by)},
                       {u"lastModifiedDateTime"_s, item.modified},
                       {u"fileSystemInfo"_s, times},
                       {u"parentReference"_s, parentOf(drive, item)},
                       {u"webUrl"_s, QString(drive.webUrl + encodedPath(drive.pathOf(item)))}};
    if (item.parent.isEmpty())
        result.insert(u"root"_s, QJsonObject{});
    if (item.isFolder) {
        const int count = int(drive.childrenOf(item.id).size());
        result.insert(u"folder"_s, QJsonObject{{u"childCount"_s, count}});
    } else if (!item.remoteItem.isEmpty()) {
        result.insert(u"remoteItem"_s,
                      QJsonObject{{u"id"_s, item.remoteItem},
                                  {u"folder"_s, QJsonObject{{u"childCount"_s, 1}}},
                                  {u"parentReference"_s,
                                   QJsonObject{{u"driveId"_s, item.remoteDrive},
                                               {u"driveType"_s, u"business"_s}}}});
    } else {
        result.insert(u"cTag"_s, u"\"c:{%1},1\""_s.arg(number));
        result.insert(u"file"_s, QJsonObject{{u"mimeType"_s, item.mimeType}});
    }
    return result;
}

QJsonObject withAllFacets(QJsonObject item)
{
    for (const QString &facet : facets) {
        if (!item.contains(facet))
            item.insert(facet, QJsonValue::Null);
    }
    return item;
}

QJsonObject withoutNulls(const QJsonObject &item)
{
    QJsonObject some;
    for (auto it = item.begin(); it != item.end(); ++it) {
        if (!it.value().isNull())
            some.insert(it.key(), it.value());
    }
    return some;
}

GraphAnswer listed(const QList<QJsonObject> &all, const HttpRequest &request, const QUrl &graph)
{
    const ODataQuery query(request.query(), {u"$select"_s, u"$top"_s, u"$orderby"_s});
    if (query.problem())
        return *query.problem();
    QList<QJsonObject> whole;
    for (const QJsonObject &item : all)
        whole.append(withAllFacets(item));
    QUrl url = graph;
    url.setPath(request.path());
    GraphAnswer answer = query.answer(whole, url);
    QJsonArray page;
    for (const auto &item : answer.body["value"_L1].toArray())
        page.append(withoutNulls(item.toObject()));
    if (answer.status == 200)
        answer.body.insert(u"value"_s, page);
    return answer;
}

GraphAnswer contentAnswer(const StoredItem &item, const HttpRequest &request)
{
    static const QStringList convertible{u"csv"_s,  u"doc"_s, u"docx"_s, u"odp"_s,
                                         u"ods"_s,  u"odt"_s, u"pps"_s,  u"ppt"_s,
                                         u"pptx"_s, u"rtf"_s, u"xls"_s,  u"xlsx"_s};
    if (item.isFolder || !item.remoteItem.isEmpty())
        return badRequest(u"invalidRequest"_s, u"The item has no content."_s);
    const QByteArray eTag = "\"{" + numberOf(item).toLatin1() + "},2\"";
    if (!request.rawQuery().isEmpty()) {
        const bool isPdf = fieldValue(request.query(), u"format"_s) == u"pdf";
        if (!isPdf || !convertible.contains(item.name.section(u'.', -1).toLower())) {
            return {.status = 406,
                    .code = u"notSupported"_s,
                    .message = u"The requested format is not supported for this file."_s};
        }
        return {.content = FileContent{.bytes = "%PDF-1.7\nof " + item.name.toUtf8(),
                                       .mimeType = "application/pdf",
                                       .eTag = eTag}};
    }
    return {.content = FileContent{
                .bytes = item.bytes, .mimeType = item.mimeType.toLatin1(), .eTag = eTag}};
}

bool matches(const StoredItem &item, const QString &text)
{
    const QString all = item.name + u' ' + QString::fromUtf8(item.bytes.left(4096));
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

bool isBelow(const StoredDrive &drive, const StoredItem &item, const StoredItem &folder)
{
    const StoredItem *one = &item;
    while (one && one->id != folder.id)
        one = drive.find(one->parent);
    return one;
}

QList<QJsonObject> found(const StoredDrive &drive, const StoredItem &folder, const QString &text,
                         const QString &personKey)
{
    QList<QJsonObject> all;
    for (const StoredItem &item : drive.items) {
        if (!item.parent.isEmpty() && item.remoteItem.isEmpty() && matches(item, text)
            && isBelow(drive, item, folder) && drive.isSeenBy(item, personKey))
            all.append(graphItem(drive, item));
    }
    return all;
}

GraphAnswer noSuchItem()
{
    return {
        .status = 404, .code = u"itemNotFound"_s, .message = u"The resource could not be found."_s};
}

} // namespace

QStringList Drive::scopesFor(const QString &path)
{
    const auto match = pathPattern().match(path);
    if (!match.hasMatch())
        return {};
    // Another's drive is nothing that "the user's files" covers.
    return match.captured(1).isEmpty() ? QStringList{u"Files.Read"_s, u"Files.Read.All"_s}
                                       : QStringList{u"Files.Read.All"_s};
}

QList<QJsonObject> Drive::items(const Person &person)
{
    QList<QJsonObject> all;
    for (const StoredDrive &drive : storedDrives()) {
        for (const StoredItem &item : drive.items) {
            if (drive.isSeenBy(item, person.key))
                all.append(graphItem(drive, item));
        }
    }
    return all;
}

QList<QJsonObject> Drive::hits(const Person &person)
{
    QList<QJsonObject> all;
    for (const StoredDrive &drive : storedDrives()) {
        for (const StoredItem &item : drive.items) {
            if (!item.parent.isEmpty() && item.remoteItem.isEmpty()
                && drive.isSeenBy(item, person.key))
                all.append(driveHit(graphItem(drive, item), item.summary));
        }
    }
    return all;
}

QByteArray Drive::contentOf(const QString &itemId)
{
    for (const StoredDrive &drive : storedDrives()) {
        if (const StoredItem *item = drive.find(itemId))
            return item->bytes;
    }
    return {};
}

QString Drive::driveOf(const QString &owner)
{
    for (const StoredDrive &drive : storedDrives()) {
        if (drive.owner == owner)
            return drive.id;
    }
    return {};
}

GraphAnswer Drive::answer(const HttpRequest &request, const QUrl &graph, const Person &person)
{
    const auto path = pathPattern().match(request.path());
    const QString driveId = path.captured(1).isEmpty() ? driveOf(person.key) : path.captured(1);
    for (const StoredDrive &drive : storedDrives()) {
        if (drive.id != driveId)
            continue;
        const StoredItem *item =
            path.captured(2).isEmpty() ? drive.root() : drive.find(path.captured(2));
        if (!item)
            return noSuchItem();
        if (!drive.isSeenBy(*item, person.key))
            return {.status = 403, .code = u"accessDenied"_s, .message = u"Access denied"_s};
        const QString what = path.captured(3);
        if (what == u"/content")
            return contentAnswer(*item, request);
        if (what == u"/children") {
            QList<QJsonObject> children;
            for (const StoredItem *child : drive.childrenOf(item->id))
                children.append(graphItem(drive, *child));
            return listed(children, request, graph);
        }
        if (!what.isEmpty()) {
            const QString text = QString(path.captured(4)).replace(u"''"_s, u"'"_s);
            return listed(found(drive, *item, text, person.key), request, graph);
        }
        const ODataQuery query(request.query(), {u"$select"_s});
        GraphAnswer one = query.problem() ? *query.problem()
                                          : query.selected(withAllFacets(graphItem(drive, *item)));
        one.body = withoutNulls(one.body);
        return one;
    }
    return noSuchItem();
}

} // namespace sandbox
