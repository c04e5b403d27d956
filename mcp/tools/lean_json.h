// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// JSON of Graph without what no model needs: OData's notes to clients, addresses that are keys, and
// characters that hide.

#pragma once

#include <QJsonObject>

namespace mcp {

// Without "@odata.…" other than @odata.type and @odata.count, and without addresses that open a
// file to whoever has them ("@microsoft.graph.downloadUrl"); texts are cleaned.
QJsonValue leanJson(const QJsonValue &value);
// In one line.
QString leanText(const QJsonValue &value);

} // namespace mcp
