// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// JSON-RPC errors: the codes of the wire, and the one table from Error::Kind to a code. A failure
// that a model can act on is no wire error but a tool result with isError (mcp/tools). Pure.

#pragma once

#include "app/base/error.h"

#include <QJsonObject>
#include <QString>

namespace mcp {

namespace wire {

// JSON-RPC 2.0, section 5.1
inline constexpr int parseError = -32700;
inline constexpr int invalidRequest = -32600;
inline constexpr int methodNotFound = -32601;
inline constexpr int invalidParams = -32602;
inline constexpr int internalError = -32603;
// MCP up to 2025-11-25, "Resources"; later ones use invalidParams
inline constexpr int resourceNotFound = -32002;
// MCP 2026-07-28, "Error Codes"
inline constexpr int missingClientCapability = -32021;
inline constexpr int unsupportedProtocolVersion = -32022;
// Our own, outside the range -32768 to -32000 that JSON-RPC reserves.
inline constexpr int busy = 1001;
inline constexpr int cancelled = 1002;
inline constexpr int notAllowed = 1003;
inline constexpr int unavailable = 1004;

} // namespace wire

struct WireError
{
    int code = wire::internalError;
    QString message = {}; // English, one sentence
    QJsonObject data = {}; // left out when empty
};

QJsonObject toJson(const WireError &error);
WireError wireErrorOf(const Error &error);

} // namespace mcp
