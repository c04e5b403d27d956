// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A method of MCP beside those that every session has (tools, resources, subscriptions).

#pragma once

#include "app/base/async.h"
#include "mcp/protocol/request_context.h"

#include <QJsonObject>

#include <functional>

namespace mcp {

struct ServerMethod
{
    // In which era it exists; in the other one it is an unknown method.
    enum class Eras { Both, Legacy, Modern };

    Eras eras = Eras::Both;
    // The whole result, as Era::complete() makes it for context->era. The request's params are in
    // the context. An Error becomes a JSON-RPC error with its detail.
    std::function<Async<QJsonObject>(const RequestContextPtr &)> handler;

    // Which requests it answers; empty: all. The others go to what every session does.
    std::function<bool(const QJsonObject &params)> appliesTo = {};

    bool existsIn(bool isModern) const
    {
        return eras == Eras::Both || (eras == Eras::Modern) == isModern;
    }
};

} // namespace mcp
