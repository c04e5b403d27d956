// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What many tools have in common.

#pragma once

#include "mcp/protocol/tool.h"

#include <QJsonDocument>

namespace mcp {

// Of tools that change nothing; what they read comes from outside.
constexpr ToolAnnotations onlyReads{
    .readOnly = true, .destructive = false, .idempotent = true, .openWorld = true};

inline QJsonObject noArguments()
{
    return {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"), QJsonObject{}},
            {QStringLiteral("additionalProperties"), false}};
}

// A small fixed shape: the same facts as text and structured.
inline ToolResult factsResult(const QJsonObject &facts)
{
    return {.text = QString::fromUtf8(QJsonDocument(facts).toJson(QJsonDocument::Compact)),
            .structured = facts};
}

} // namespace mcp
