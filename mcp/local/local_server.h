// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Listens for relays and console clients of the same user; checks uid and hello, counts clients
// (256), and hands each connection on by its role. Knows nothing of MCP.

#pragma once

#include "app/base/result.h"
#include "mcp/local/link_connection.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace mcp {

class LocalServer : public QObject
{
    Q_OBJECT
public:
    explicit LocalServer(QObject *parent = nullptr);
    // helloLimit: how long a connection may take for its hello; 5 s in the other constructor.
    explicit LocalServer(std::chrono::milliseconds helloLimit, QObject *parent = nullptr);
    ~LocalServer() override;

    // path: valet_link::Locations::socket. The caller holds the profile's lock and has made the
    // folder. A stale socket file is removed.
    Result<Done> listen(const QString &path);
    // What the hello says of the lists of tools and resources (McpHost::listsText).
    void setLists(const QByteArray &lists);
    bool isListening() const;
    // Stops listening; connections stay until they close. The socket file is gone afterwards.
    void close();

Q_SIGNALS:
    void mcpConnected(mcp::LinkConnection *connection);
    void consoleConnected(mcp::LinkConnection *connection);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mcp
