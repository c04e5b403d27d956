// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several questions to Graph at the same time, where one answer needs them all.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QList>

namespace mcp {

using GraphAnswers = QList<Result<QJsonObject>>;

// What each was answered, in the order of requests; never an Error itself. graph outlives it.
Async<GraphAnswers> getTogether(GraphClient *graph, const QList<GraphRequest> &requests,
                                const RequestContextPtr &context);

// Graph refuses this question for good, and may still answer others: no permission, nothing there,
// not for such an account.
inline bool isRefusal(const Error &error)
{
    return error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::NotFound
        || error.kind == Error::Kind::BadRequest;
}

} // namespace mcp
