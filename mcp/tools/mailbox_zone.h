// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The time zone that a person chose for their mailbox: meetings are planned in it, wherever the
// computer is. https://learn.microsoft.com/graph/api/user-get-mailboxsettings

#pragma once

#include "mcp/graph/graph_client.h"

#include <QTimeZone>

namespace mcp {

// The permission that it needs.
inline QString mailboxZoneScope()
{
    return QStringLiteral("MailboxSettings.Read");
}

// Where the mailbox names none, or one that nobody knows: the computer's. scopes: all that the call
// will need, so that the person is asked once; mailboxZoneScope() is among them. Errors: those of
// GraphClient.
Async<QTimeZone> mailboxZone(GraphClient *graph, const RequestContextPtr &context,
                             const QStringList &scopes);

} // namespace mcp
