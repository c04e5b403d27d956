// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/tool_gate.h"

#include "mcp/access/passage.h"

namespace mcp {

ToolGate::ToolGate(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

Async<ToolResult> ToolGate::call(const Tool &tool, const QJsonObject &arguments,
                                 const RequestContextPtr &context)
{
    // Before anybody is asked: a call that cannot run is no reason for a question.
    const QString problem = m_parts.tools->argumentProblem(tool, arguments);
    if (!problem.isEmpty())
        return readyAsync<ToolResult>(ToolResult{.text = problem, .isError = true});
    const Result<Area> area = tool.areaOf ? tool.areaOf(arguments) : Result<Area>(tool.area);
    if (!area.ok()) {
        return readyAsync<ToolResult>(
            ToolResult{.text = m_parts.wording(area.error(), CallStage::Work), .isError = true});
    }
    AccountUse<ToolResult> use{
        .name = tool.name,
        .area = *area,
        .isReading = tool.annotations.readOnly || tool.savesHere,
        .work = [handler = tool.handler,
                 arguments](const RequestContextPtr &bound) { return handler(arguments, bound); },
        .failure = [this](const Error &error, CallStage stage) -> Result<ToolResult> {
            return ToolResult{.text = m_parts.wording(error, stage), .isError = true};
        }};
    auto *passage = new Passage<ToolResult>(m_parts, std::move(use), context, this);
    return passage->start();
}

Async<QString> ToolGate::read(const Resource &resource, const RequestContextPtr &context)
{
    AccountUse<QString> use{
        .name = resource.uri,
        .area = resource.area,
        .isReading = true,
        .work = resource.read,
        .failure = [this](const Error &error, CallStage stage) -> Result<QString> {
            // The kind decides the code; no detail of ours goes on the wire.
            return Error{.kind = error.kind, .detail = m_parts.readWording(error, stage)};
        }};
    auto *passage = new Passage<QString>(m_parts, std::move(use), context, this);
    return passage->start();
}

} // namespace mcp
