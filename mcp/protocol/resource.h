// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A resource: what a client may attach to a conversation, and how it is read, in one place.

#pragma once

#include "app/base/async.h"
#include "mcp/protocol/area.h"
#include "mcp/protocol/request_context.h"

#include <QString>

#include <functional>

namespace mcp {

struct Resource
{
    QString uri; // graph://...; a scheme that no client fetches by itself
    QString name; // for programs, and for people whose client knows no titles
    QString title;
    QString description; // about 200 characters; the first sentence says what it is
    QString mimeType = QStringLiteral("application/json");
    Area area = Area::Profile; // what of the account it is about; the person grants it per client
    // Its text, of mimeType, at most about 20 KB. Called after the person allowed the client. An
    // Error becomes a JSON-RPC error in the words of the room's table.
    std::function<Async<QString>(const RequestContextPtr &)> read;
};

} // namespace mcp
