// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/drive_items.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringEncoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sandbox {
namespace {

constexpr qsizetype inventorySize = 3 * 1024 * 1024;

QByteArray inventory()
{
    QByteArray text;
    text.reserve(inventorySize + 64);
    for (int line = 1; text.size() < inventorySize; ++line) {
        text += "2026-11-23 shelf " + QByteArray::number(line).rightJustified(6, '0') + ": "
            + QByteArray::number(line * 7 % 23) + " boxes of article "
            + QByteArray::number(4000 + line * 31 % 997) + '\n';
    }
    return text;
}

QByteArray madeUp(const QString &what, const QString &rest)
{
    if (what == u"@INVENTORY")
        return inventory();
    if (what == u"@UTF16")
        return "\xFF\xFE" + QByteArray(QStringEncoder(QStringEncoder::Utf16LE).encode(rest));
    if (what == u"@LATIN1")
        return rest.toLatin1();
    if (what == u"@BINARY")
        return QByteArray("begin\0\x01\x02\x03", 9).repeated(100);
    if (what == u"@PNG")
        return QByteArray("\x89PNG\r\n\x1A\n", 8) + QByteArray(2040, '\x5A');
    if (what == u"@PDF")
        return "%PDF-1.7\n" + QByteArray(5000, '\xE2') + "\n%%EOF\n";
    if (what == u"@EXE")
        return QByteArray("MZ\x90\0", 4) + QByteArray(700, '\0');
    // Documents of real programs; "@BROKEN" is one that was cut.
    const QString document = what == u"@XLSX" ? u"figures.xlsx"_s
        : what == u"@PPTX"                    ? u"plan.pptx"_s
        : what == u"@HANDBOOK"                ? u"handbook.docx"_s
                                              : u"report.docx"_s;
    QFile file(u":/sandbox/documents/"_s + document);
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return what == u"@BROKEN" ? bytes.left(bytes.size() / 2) : bytes;
}

QByteArray bytesOf(const QString &content)
{
    if (content.startsWith(u'@'))
        return madeUp(content.section(u' ', 0, 0), content.section(u' ', 1));
    return content.toUtf8();
}

QStringList texts(const QJsonValue &array)
{
    QStringList all;
    for (const auto &one : array.toArray())
        all.append(one.toString());
    return all;
}

// What a search shows of a file: what data/drive.json says, else how its text begins.
QString summaryOf(const QJsonObject &item, const QString &content)
{
    if (item.contains("summary"_L1))
        return item["summary"_L1].toString();
    if (content.isEmpty() || content.startsWith(u'@'))
        return {};
    return content.left(300) + u"<ddd/>"_s;
}

StoredItem itemOf(const QJsonObject &item, const QString &drive, const QString &number)
{
    const auto text = [&](QLatin1StringView name) {
        const QString value = item.value(name).toString();
        return number.isEmpty() ? value : QString(value).replace(u"%1"_s, number);
    };
    return {.drive = drive,
            .id = text("id"_L1) + number,
            .parent = text("parent"_L1),
            .name = text("name"_L1),
            .isFolder = item["folder"_L1].toBool(),
            .mimeType = text("mimeType"_L1),
            .bytes = bytesOf(text("content"_L1)),
            .summary = summaryOf(item, text("content"_L1)),
            .modified = text("modified"_L1),
            .by = text("by"_L1),
            .sharedWith = texts(item["sharedWith"_L1]),
            .remoteDrive = item["remote"_L1][0].toString(),
            .remoteItem = item["remote"_L1][1].toString()};
}

StoredDrive driveOf(const QJsonObject &data)
{
    StoredDrive drive{.id = data["id"_L1].toString(),
                      .type = data["driveType"_L1].toString(),
                      .owner = data["owner"_L1].toString(),
                      .members = texts(data["members"_L1]),
                      .webUrl = data["webUrl"_L1].toString(),
                      .siteId = data["siteId"_L1].toString(),
                      .items = {}};
    for (const auto &item : data["items"_L1].toArray()) {
        const int count = item["generate"_L1].toInt();
        for (int number = 1; number <= count; ++number) {
            const QString text = QString::number(number).rightJustified(2, u'0');
            drive.items.append(itemOf(item.toObject(), drive.id, text));
        }
        if (count == 0)
            drive.items.append(itemOf(item.toObject(), drive.id, {}));
    }
    return drive;
}

} // namespace

const QList<StoredDrive> &storedDrives()
{
    static const QList<StoredDrive> all = [] {
        QList<StoredDrive> drives;
        QFile file(u":/sandbox/drive.json"_s);
        if (file.open(QIODevice::ReadOnly)) {
            const QJsonObject data = QJsonDocument::fromJson(file.readAll()).object();
            for (const auto &drive : data["drives"_L1].toArray())
                drives.append(driveOf(drive.toObject()));
        }
        return drives;
    }();
    return all;
}

const StoredItem *StoredDrive::find(const QString &itemId) const
{
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const StoredItem &item) { return item.id == itemId; });
    return found == items.end() ? nullptr : &*found;
}

const StoredItem *StoredDrive::root() const
{
    return &items.first();
}

QList<const StoredItem *> StoredDrive::childrenOf(const QString &itemId) const
{
    QList<const StoredItem *> children;
    for (const StoredItem &item : items) {
        if (item.parent == itemId)
            children.append(&item);
    }
    std::stable_sort(children.begin(), children.end(),
                     [](const StoredItem *first, const StoredItem *second) {
                         return first->name.compare(second->name, Qt::CaseInsensitive) < 0;
                     });
    return children;
}

QStringList StoredDrive::pathOf(const StoredItem &item) const
{
    QStringList names;
    for (const StoredItem *one = &item; one && !one->parent.isEmpty(); one = find(one->parent))
        names.prepend(one->name);
    return names;
}

bool StoredDrive::isSeenBy(const StoredItem &item, const QString &personKey) const
{
    if (members.contains(personKey))
        return true;
    for (const StoredItem *one = &item; one; one = find(one->parent)) {
        if (one->sharedWith.contains(personKey))
            return true;
    }
    return false;
}

} // namespace sandbox
