// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A file as Microsoft Search names it. Private to Drive.
// https://learn.microsoft.com/graph/search-concept-files

#pragma once

#include <QJsonObject>

namespace sandbox {

// microsoft.graph.searchHit of a microsoft.graph.driveItem. summary: its words, marked up.
QJsonObject driveHit(const QJsonObject &item, const QString &summary);

} // namespace sandbox
