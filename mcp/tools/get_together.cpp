// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/get_together.h"

namespace mcp {

Async<GraphAnswers> getTogether(GraphClient *graph, const QList<GraphRequest> &requests,
                                const RequestContextPtr &context)
{
    struct Open
    {
        GraphAnswers answers;
        qsizetype count = 0;
    };
    const auto open = std::make_shared<Open>();
    open->count = requests.size();
    open->answers.fill(Error{}, requests.size());
    const Promised<GraphAnswers> promised;
    for (qsizetype i = 0; i < requests.size(); ++i) {
        whenDone(graph->get(requests.at(i), context), graph,
                 [open, promised, i](const Result<QJsonObject> &answer) {
                     open->answers[i] = answer;
                     if (--open->count == 0)
                         promised.answer(open->answers);
                 });
    }
    return promised.future();
}

} // namespace mcp
