// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/tool_gate.h"

#include "mcp/access/passage.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

qint64 utf8Size(const QString &text)
{
    return text.toUtf8().size();
}

qint64 bytesOf(const ToolResult &result)
{
    if (result.content.isEmpty())
        return utf8Size(result.text);
    return QJsonDocument(result.content).toJson(QJsonDocument::Compact).size();
}

} // namespace

ToolGate::ToolGate(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

std::optional<Error> ToolGate::pauseProblem() const
{
    const auto pause = m_parts.pause ? m_parts.pause() : std::nullopt;
    if (!pause)
        return std::nullopt;
    return Error{.kind = Error::Kind::Denied,
                 .detail = QStringLiteral("the person has paused all AI clients"),
                 .cause = Cause::Paused};
}

void ToolGate::heedPause()
{
    if (const auto problem = pauseProblem())
        Q_EMIT paused(*problem);
}

Async<ToolResult> ToolGate::call(const Tool &tool, const QJsonObject &arguments,
                                 const RequestContextPtr &context)
{
    auto call = m_parts.activity->began(
        *context, tool.name, [&] { return tool.inWords ? tool.inWords(arguments) : tool.title; });
    const auto refuse = [&](const QString &text, const Error &error) {
        const ToolResult result{.text = text, .isError = true};
        m_parts.activity->ended(call, *context, bytesOf(result), error);
        return readyAsync<ToolResult>(result);
    };
    // Before anybody is asked: a call that cannot run is no reason for a question.
    const QString problem = m_parts.tools->argumentProblem(tool, arguments);
    if (!problem.isEmpty()) {
        return refuse(problem,
                      {.kind = Error::Kind::BadRequest,
                       .detail = u"the arguments do not fit"_s,
                       .cause = Cause::ArgumentWrong});
    }
    const Result<Area> area = tool.areaOf ? tool.areaOf(arguments) : Result<Area>(tool.area);
    if (!area.ok())
        return refuse(m_parts.wording(area.error(), CallStage::Work), area.error());
    AccountUse<ToolResult> use{
        .name = tool.name,
        .call = std::move(call),
        .area = *area,
        .isReading = tool.annotations.readOnly || tool.savesHere,
        .work = [handler = tool.handler,
                 arguments](const RequestContextPtr &bound) { return handler(arguments, bound); },
        .failure = [this](const Error &error, CallStage stage) -> Result<ToolResult> {
            return ToolResult{.text = m_parts.wording(error, stage), .isError = true};
        },
        .bytes = &bytesOf};
    auto *passage = new Passage<ToolResult>(m_parts, std::move(use), context, this);
    return passage->start();
}

Async<QString> ToolGate::read(const Resource &resource, const RequestContextPtr &context)
{
    AccountUse<QString> use{
        .name = resource.uri,
        .call = m_parts.activity->began(
            *context, resource.uri,
            [&] {
                return QCoreApplication::translate("ToolGate", "Attach “%1”").arg(resource.title);
            }),
        .area = resource.area,
        .isReading = true,
        .work = resource.read,
        .failure = [this](const Error &error, CallStage stage) -> Result<QString> {
            // The kind decides the code; no detail of ours goes on the wire.
            return Error{.kind = error.kind, .detail = m_parts.readWording(error, stage)};
        },
        .bytes = &utf8Size};
    auto *passage = new Passage<QString>(m_parts, std::move(use), context, this);
    return passage->start();
}

} // namespace mcp
