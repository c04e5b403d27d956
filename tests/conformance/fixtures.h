// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the official conformance suite of MCP expects of a server under test: tools, resources,
// prompts and methods with the very names and texts of its scenarios.

#pragma once

#include "mcp/protocol/server_method.h"
#include "mcp/protocol/session.h"
#include "tests/conformance/client_requests.h"
#include "tests/conformance/request_state.h"

namespace conformance {

// What the fixtures need of the server that offers them. Outlives all sessions.
struct Surroundings
{
    RequestState state;
    // The questions to the client of a request; never null while its session lives.
    std::function<ClientRequests *(const mcp::RequestContextPtr &)> client;
    std::function<void(const mcp::ListChange &)> announceToAll;
};

using Methods = QHash<QString, mcp::ServerMethod>;

// One pixel each.
QJsonObject imageContent();
QJsonObject audioContent();
QString imageBase64();
QJsonObject textContent(const QString &text);
QJsonObject userMessage(const QJsonObject &content);

// A tool without arguments.
mcp::Tool plainTool(const QString &name, const QString &description,
                    std::function<Async<mcp::ToolResult>(const mcp::RequestContextPtr &)> run);
Async<mcp::ToolResult> textResult(const QString &text);

QList<mcp::Tool> contentTools();
QList<mcp::Tool> notifyingTools(Surroundings *around);
QList<mcp::Tool> askingTools(Surroundings *around); // legacy: requests to the client
QList<mcp::Tool> roundTripTools(Surroundings *around); // modern: input_required
QList<mcp::Resource> resources();
Methods resourceMethods(const mcp::ServerInfo &server);
Methods promptMethods(const mcp::ServerInfo &server);
Methods loggingAndCompletion(const mcp::ServerInfo &server);

// The form of an elicitation, as in the specification.
QJsonObject form(const QString &message, const QJsonObject &properties,
                 const QStringList &required);

} // namespace conformance
