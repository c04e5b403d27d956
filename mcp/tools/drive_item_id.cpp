// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/drive_item_id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString own = u"me"_s;

// Base64url with "!" in OneDrive's own places; nothing of which a path or a query is made.
bool isPart(const QString &part)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9!_-]{1,200}\\z"_s);
    return pattern.match(part).hasMatch();
}

} // namespace

std::optional<DriveItemId> DriveItemId::of(const QString &text)
{
    if (text == u"root")
        return DriveItemId{};
    const auto slash = text.indexOf(u'/');
    const QString drive = text.left(qMax(qsizetype(0), slash));
    const QString item = text.mid(slash + 1);
    if (!isPart(drive) || !isPart(item))
        return std::nullopt;
    return DriveItemId{.drive = drive == own ? QString() : drive, .item = item};
}

std::optional<DriveItemId> DriveItemId::ofItem(const QJsonObject &item, bool isInOwnDrive)
{
    const QJsonObject remote = item.value("remoteItem"_L1).toObject();
    const QJsonObject there = remote.isEmpty() ? item : remote;
    const bool isOwn = isInOwnDrive && remote.isEmpty();
    const DriveItemId id{.drive = isOwn ? QString()
                                        : there["parentReference"_L1]["driveId"_L1].toString(),
                         .item = there["id"_L1].toString()};
    if ((!isOwn && !isPart(id.drive)) || !isPart(id.item))
        return std::nullopt;
    return id;
}

QString DriveItemId::text() const
{
    if (item.isEmpty())
        return u"root"_s;
    return (drive.isEmpty() ? own : drive) + u'/' + item;
}

QString DriveItemId::path() const
{
    if (item.isEmpty())
        return u"/v1.0/me/drive/root"_s;
    return (drive.isEmpty() ? u"/v1.0/me/drive"_s : u"/v1.0/drives/"_s + drive) + u"/items/"_s
        + item;
}

QStringList DriveItemId::scopes() const
{
    return driveScopes(path());
}

bool isInOwnDrive(const QString &path)
{
    return path.startsWith("/v1.0/me/drive/"_L1);
}

QStringList driveScopes(const QString &path)
{
    return {isInOwnDrive(path) ? u"Files.Read"_s : u"Files.Read.All"_s};
}

} // namespace mcp
