// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What many tools have in common.

#pragma once

#include "mcp/protocol/tool.h"
#include "mcp/tools/tool_schema.h"

#include <QJsonDocument>

namespace mcp {

// Of tools that change nothing; what they read comes from outside.
constexpr ToolAnnotations onlyReads{
    .readOnly = true, .destructive = false, .idempotent = true, .openWorld = true};

// A small fixed shape: the same facts as text and structured.
inline ToolResult factsResult(const QJsonObject &facts)
{
    return {.text = QString::fromUtf8(QJsonDocument(facts).toJson(QJsonDocument::Compact)),
            .structured = facts};
}

// detail: which argument and why, for the model to read; nothing of what others wrote.
inline Error badArgument(const QString &detail)
{
    return {.kind = Error::Kind::BadRequest, .detail = detail, .cause = Cause::ArgumentWrong};
}

} // namespace mcp
