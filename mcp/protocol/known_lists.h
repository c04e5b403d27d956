// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which lists of tools and resources a client has seen. A relay outlives the tray process that
// answered it: it keeps this text and brings it to the next one, which may be of another release
// and then tells the client what changed. Pure.

#pragma once

#include "mcp/protocol/list_change.h"

#include <QByteArray>
#include <QList>

namespace mcp {

class ResourceRegistry;
class ToolRegistry;

class KnownLists
{
public:
    KnownLists(const ToolRegistry &tools, const ResourceRegistry &resources);

    // For the hello line; ASCII, short. Equal lists have equal texts, whatever the release.
    QByteArray text() const { return m_tools + '.' + m_resources; }
    // What is another list than in a text of whatever release; empty where seen is, because a new
    // client has seen nothing.
    QList<ListChange> changedSince(const QByteArray &seen) const;

private:
    QByteArray m_tools;
    QByteArray m_resources;
};

} // namespace mcp
