// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Graph's driveItems as lines for a model. Names, people and places were written by others.
// https://learn.microsoft.com/graph/api/resources/driveitem

#pragma once

#include <QJsonObject>
#include <QString>

namespace mcp {

// A few lines for one item of a list. isInOwnDrive: as in DriveItemId. withPlace: says where it is.
QString fileRow(const QJsonObject &item, bool isInOwnDrive, bool withPlace);
// "file", "folder", ...; of what search finds Graph does not say it.
QString fileKind(const QJsonObject &item);
// "2026-11-21 18:45 +01:00 by Nestor Wilke <NestorW@contoso.com>"
QString lastChange(const QJsonObject &item);
// "9 kB"
QString dataSize(qint64 bytes);

} // namespace mcp
