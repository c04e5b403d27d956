// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a file or folder is, as one id that a model carries: "<drive>/<item>", with "me" for the
// person's own OneDrive. Pure.

#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace mcp {

struct DriveItemId
{
    QString drive; // empty: the own OneDrive
    QString item; // empty: its root

    // nullopt: it has a letter that no such id has. "root" is the own OneDrive's.
    static std::optional<DriveItemId> of(const QString &text);
    // Of a driveItem that Graph sent; a shortcut leads to what it is for. isInOwnDrive: it was
    // listed there, whatever Graph calls that drive.
    static std::optional<DriveItemId> ofItem(const QJsonObject &item, bool isInOwnDrive);

    QString text() const;
    QString path() const; // "/v1.0/drives/b!x/items/01"
    // Files.Read is for the person's own files, Files.Read.All for all that they can reach; neither
    // needs an administrator.
    QStringList scopes() const;
};

// The same by the path of a request.
bool isInOwnDrive(const QString &path);
QStringList driveScopes(const QString &path);

} // namespace mcp
