// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The open subscriptions/listen streams of one connection (MCP 2026-07-28): what each of them asked
// for, and who is to be told of a change. Pure.

#pragma once

#include "mcp/protocol/list_change.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

namespace mcp {

class Subscriptions
{
public:
    // capabilities: of the server, as it announces them.
    explicit Subscriptions(QJsonObject capabilities);

    // What of the wanted SubscriptionFilter the server can keep; nothing else is ever sent.
    QJsonObject open(const QJsonValue &requestId, const QJsonObject &wanted);
    void close(const QJsonValue &requestId);
    // Ids of the streams that asked for this.
    QList<QJsonValue> interestedIn(const ListChange &change) const;
    // Whether the server ever tells of such a change.
    bool isOffered(ListChange::What what) const;

private:
    struct Stream
    {
        QJsonValue id;
        QJsonObject filter;
    };
    QJsonObject m_capabilities;
    QHash<QString, Stream> m_streams; // by idKey
};

} // namespace mcp
