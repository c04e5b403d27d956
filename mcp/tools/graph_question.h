// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a model asks of Graph in Graph's own terms, checked: an operation of the catalogue that only
// reads and may be shown, and a query without anything that does more. Pure.

#pragma once

#include "app/base/result.h"
#include "mcp/catalogue/hidden_operations.h"
#include "mcp/catalogue/operation_catalogue.h"
#include "mcp/graph/graph_client.h"

namespace mcp {

struct GraphQuestion
{
    Operation operation;
    GraphRequest request;
};

// arguments: of CallGraph, fitting its schema. BadRequest: why it is not called, and what to do.
Result<GraphQuestion> graphQuestionOf(const QJsonObject &arguments,
                                      const OperationsShown &shown = {});

// "body" of the arguments. BadRequest: it is no JSON object.
Result<QJsonObject> graphBodyOf(const QString &text);

} // namespace mcp
