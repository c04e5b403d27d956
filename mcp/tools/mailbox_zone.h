// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The time zone that a person chose for their mailbox: meetings are planned in it, wherever the
// computer is. https://learn.microsoft.com/graph/api/user-get-mailboxsettings

#pragma once

#include "mcp/graph/graph_client.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QTimeZone>

namespace mcp {

class MailboxZone
{
public:
    // graph outlives it.
    explicit MailboxZone(GraphClient *graph);

    // Known for a while by account. Where the mailbox names none, or one that nobody knows: the
    // computer's. scopes: all that the call will need, so that the person is asked once; scope() is
    // among them. Errors: those of GraphClient.
    Async<QTimeZone> of(const RequestContextPtr &context, const QStringList &scopes);

    static QString scope() { return QStringLiteral("MailboxSettings.Read"); }

private:
    struct Known
    {
        QTimeZone zone;
        QDeadlineTimer until;
    };

    GraphClient *m_graph;
    std::shared_ptr<QHash<QString, Known>> m_known; // outlives this in answers that are under way
};

} // namespace mcp
