// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Hits of Microsoft Search as a model reads them, with ids that the other tools take. What others
// wrote in them is cleaned, not yet fenced. Pure.
// https://learn.microsoft.com/graph/api/resources/searchhit

#pragma once

#include "mcp/tools/search_kind.h"

#include <QJsonObject>
#include <QString>
#include <QTimeZone>

namespace mcp {

// A few lines for one microsoft.graph.searchHit. zone: of events.
QString searchRow(SearchKind kind, const QJsonObject &hit, const QTimeZone &zone);

// Without the marks of Graph for what was found and left out.
QString plainSummary(const QString &summary);
// Search names mails and events as Exchange Web Services do, in plain base64; Graph's own paths
// have '-' for '/' and '_' for '+', which is not what base64url has.
// https://learn.microsoft.com/office/dev/add-ins/outlook/use-rest-api, "Get the item ID"
QString graphIdOf(const QString &hitId);

} // namespace mcp
