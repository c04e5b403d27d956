// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A tool: what a model reads about it and what it does, in one place.

#pragma once

#include "app/base/async.h"
#include "mcp/protocol/area.h"
#include "mcp/protocol/request_context.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace mcp {

// Hints for the client's own approval prompts (MCP 2025-03-26); a wrong readOnly is a safety bug.
struct ToolAnnotations
{
    bool readOnly = false;
    bool destructive = true;
    bool idempotent = false;
    bool openWorld = true;
};

struct ToolResult
{
    QString text; // what the model reads; about 20 KB at most
    std::optional<QJsonObject> structured =
        {}; // the same facts, where the tool has an outputSchema
    bool isError = false;
};

struct Tool
{
    QString name; // PascalCase verb, at most 32 characters
    QString title;
    QString description; // about 200 characters; the first sentence says what and when
    QJsonObject inputSchema; // keywords: schema_check.h
    QJsonObject outputSchema = {}; // empty: none
    ToolAnnotations annotations = {};
    Area area = Area::Profile; // what of the account it is about; the person grants it per client
    // Called with arguments that fit the schema and after the person allowed the client its area. An
    // Error becomes an isError result by the room's table; a handler never words one itself.
    std::function<Async<ToolResult>(const QJsonObject &, const RequestContextPtr &)> handler;
};

} // namespace mcp
