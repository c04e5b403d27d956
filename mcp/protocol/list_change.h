// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a server can tell its clients without being asked: that a list, or what a resource holds,
// is another one now. Pure.

#pragma once

#include <QJsonObject>
#include <QString>

namespace mcp {

struct ListChange
{
    enum class What { Tools, Resources, Prompts, Contents };

    What what = What::Tools;
    QString uri = {}; // of the resource whose contents changed; else empty

    // MCP, "List Changed Notification", "Subscriptions".
    QString method() const;
    QJsonObject params() const;
};

} // namespace mcp
