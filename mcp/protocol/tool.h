// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A tool: what a model reads about it and what it does, in one place.

#pragma once

#include "app/base/async.h"
#include "mcp/protocol/area.h"
#include "mcp/protocol/request_context.h"

#include <QJsonArray>
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
    QString text = {}; // what the model reads; about 20 KB at most
    std::optional<QJsonObject> structured =
        {}; // the same facts, where the tool has an outputSchema
    bool isError = false;
    // Contents as MCP has them, where one text is not enough; empty: the text.
    QJsonArray content = {};
    // Modern era only: instead of a result, what the client must find out first (MCP 2026-07-28,
    // "Multi Round-Trip Requests"): inputRequests, requestState.
    std::optional<QJsonObject> inputRequired = {};
};

struct Tool
{
    QString name; // PascalCase verb, at most 32 characters
    QString title;
    QString description; // about 200 characters; the first sentence says what and when
    QJsonObject inputSchema; // keywords: schema_check.h
    QJsonObject outputSchema = {}; // empty: none
    ToolAnnotations annotations = {};
    // It writes on this computer, but only reads at Microsoft: for the roles of an account it
    // reads.
    bool savesHere = false;
    Area area = Area::Profile; // what of the account it is about; the person grants it per client
    QStringList scopes =
        {}; // delegated permissions that its calls ask for, for those who read up on it
    // Where the area depends on what is asked for; an Error says why such a call cannot run, before
    // anybody is asked about it.
    std::function<Result<Area>(const QJsonObject &)> areaOf = {};
    // Client capabilities without which it cannot work, as MCP has them; a modern request that does
    // not declare them is refused.
    QJsonObject needs = {};
    // Called with arguments that fit the schema and after the person allowed the client its area.
    // An Error becomes an isError result by the room's table; a handler never words one itself.
    std::function<Async<ToolResult>(const QJsonObject &, const RequestContextPtr &)> handler;
};

} // namespace mcp
