// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The files and folders of data/drive.json, large ones made up here. Private to Drive.

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace sandbox {

struct StoredItem
{
    QString drive;
    QString id;
    QString parent; // id; empty: the root
    QString name;
    bool isFolder = false;
    QString mimeType;
    QByteArray bytes;
    QString summary; // of a hit of Microsoft Search
    QString modified;
    QString by; // key of a person, or an address of somebody else
    QStringList sharedWith; // keys
    QString remoteDrive; // of a shortcut
    QString remoteItem;
};

struct StoredDrive
{
    QString id;
    QString type;
    QString owner; // key; empty: a site
    QStringList members;
    QString webUrl;
    QString siteId;
    QList<StoredItem> items;

    const StoredItem *find(const QString &itemId) const;
    const StoredItem *root() const;
    QList<const StoredItem *> childrenOf(const QString &itemId) const;
    // Names from below the root to the item.
    QStringList pathOf(const StoredItem &item) const;
    bool isSeenBy(const StoredItem &item, const QString &personKey) const;
};

const QList<StoredDrive> &storedDrives();

} // namespace sandbox
