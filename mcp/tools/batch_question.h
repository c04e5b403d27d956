// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several questions in one, as Graph's JSON batching has them: each is checked like one that is
// asked by itself. Pure. https://learn.microsoft.com/graph/json-batching

#pragma once

#include "mcp/protocol/area.h"
#include "mcp/tools/graph_question.h"

#include <QList>

namespace mcp {

struct BatchQuestion
{
    struct Part
    {
        QString id; // as the model wrote it
        GraphRequest request;
    };
    QList<Part> parts;
    Area area = Area::Other; // of all parts; the person grants one at a time
};

// Whether the path of CallGraph's arguments names a batch.
bool isBatch(const QJsonObject &arguments);
// BadRequest: which part is not asked, why, and what to do.
Result<BatchQuestion> batchQuestionOf(const QJsonObject &arguments,
                                      const OperationsShown &shown = {});

} // namespace mcp
