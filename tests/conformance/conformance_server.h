// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sessions of the conformance server: the product's own, with the fixtures in their parts.

#pragma once

#include "mcp/local/link_connection.h"
#include "tests/conformance/fixtures.h"

namespace conformance {

class ConformanceServer : public QObject
{
    Q_OBJECT
public:
    explicit ConformanceServer(QObject *parent = nullptr);
    ~ConformanceServer() override;

    // Starts a session on a connection of role mcp.
    void accept(mcp::LinkConnection *connection);

private:
    Surroundings m_around;
    mcp::ServerInfo m_server;
    mcp::ToolRegistry m_tools{mcp::ListRules::ProtocolOnly};
    mcp::ResourceRegistry m_resources{mcp::ListRules::ProtocolOnly};
    Methods m_methods;
    QHash<const QObject *, ClientRequests *> m_clients; // by session
    QList<mcp::Session *> m_sessions; // children
};

} // namespace conformance
