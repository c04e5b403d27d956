// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A mail folder or a calendar as people name it. Graph takes ids only, so all of them are read, and
// remembered for a while.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QList>

namespace mcp {

struct OutlookPlace
{
    QString id;
    QString path; // "Projects/Fair"; names are the person's, or whoever shares it
    QString note = {}; // whose it is
};

using OutlookPlaces = QList<OutlookPlace>;

// "inbox", "sentitems", ... as Graph names them in every language; empty: name is none of these.
// https://learn.microsoft.com/graph/api/resources/mailfolder
QString wellKnownMailFolder(const QString &name);

// With the folders in them, as deep as people nest them.
Async<OutlookPlaces> mailFolders(GraphClient *graph, const RequestContextPtr &context);
// Also those that others share with the person. scopes: asked for at once.
Async<OutlookPlaces> calendars(GraphClient *graph, const QStringList &scopes,
                               const RequestContextPtr &context);

struct PlaceFound
{
    QString id = {}; // empty: none, or several
    QString words = {}; // then for the model: what there is instead
};

// The one that is called that, or whose path ends so; upper and lower case are the same. what:
// "mail folder".
PlaceFound placeNamed(const QString &name, const OutlookPlaces &places, const QString &what);

} // namespace mcp
