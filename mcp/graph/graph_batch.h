// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several things read at once, in as few round trips as Graph allows:
//
//   requests ─┬─ of services that count calls at one time (mailbox, OneNote), and with a body
//             │  ─► one by one, in line
//             └─ all others ─► POST /$batch, twenty in each ─┬─ answered ─► here
//                                                            └─ 401, 429, 5xx, challenged ─►
//                                                   one by one, with the retries of any GET
//
// https://learn.microsoft.com/graph/json-batching

#pragma once

#include "mcp/graph/graph_client.h"

#include <QList>

namespace mcp {

using GraphAnswers = QList<Result<QJsonObject>>;

// In their order; an error of one is that one's alone. Never an Error.
Async<GraphAnswers> getAll(GraphClient *client, const QList<GraphRequest> &requests,
                           const RequestContextPtr &context);

} // namespace mcp
