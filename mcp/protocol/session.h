// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One MCP connection: lines in, lines out through a function; it knows no transport and no Graph.
// Both eras are served on the same connection, chosen per message:
//
//   line ─► parseLine ─► request with modern _meta ....... modern, whatever came before
//                    ├─► initialize ...................... sets the legacy era of the connection
//                    ├─► other request ................... legacy era; none yet: -32602
//                    └─► notification .................... never answered
//
// Requests run concurrently. Each gets exactly one answer, except one that its client cancelled.

#pragma once

#include "mcp/protocol/message.h"
#include "mcp/protocol/outbox.h"
#include "mcp/protocol/progress_reporter.h"
#include "mcp/protocol/resource_registry.h"
#include "mcp/protocol/server_method.h"
#include "mcp/protocol/subscriptions.h"
#include "mcp/protocol/tool_registry.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace mcp {

class Session : public QObject
{
    Q_OBJECT
public:
    static constexpr int inFlightLimit = 256; // also of the entries of one batch

    struct Parts
    {
        ServerInfo server;
        const ToolRegistry *tools = nullptr; // outlives the session
        const ResourceRegistry *resources = nullptr; // outlives the session
        // Runs a tool to its end, however long the person takes; an Error is a protocol error.
        std::function<Async<ToolResult>(const Tool &, const QJsonObject &,
                                        const RequestContextPtr &)>
            callTool;
        // Reads a resource likewise; an Error becomes a protocol error with its detail.
        std::function<Async<QString>(const Resource &, const RequestContextPtr &)> readResource;
        std::function<QString(const ClientIdentity &)>
            principal; // whom a request of now is made for
        // By name; one of these goes before a method that every session has.
        QHash<QString, ServerMethod> methods = {};
        // What changed since this client last looked, on an earlier connection of its relay.
        QList<ListChange> changed = {};
        std::chrono::milliseconds workLimit{44'000}; // becomes RequestContext::deadline
    };
    using Send = Outbox::Send;

    Session(Parts parts, const ClientIdentity &client, Send send, QObject *parent = nullptr);
    // Cancels what is in flight.
    ~Session() override;

    void receive(const QByteArray &line);
    // The transport dropped a line that was longer than its limit.
    void receiveTooLong();

    // Tells the client, where it wants to know and is ready to listen.
    void announce(const ListChange &change);
    // A message of our own; its answer comes as responseReceived.
    void send(const QJsonObject &message) { m_out.write(message); }

    const ClientIdentity &client() const { return m_client; }
    int inFlight() const { return int(m_calls.size()); }

Q_SIGNALS:
    void clientNamed();
    void accountUsed(); // a tool was called, or a resource read
    void responseReceived(const mcp::Response &response);

private:
    using BatchPtr = Outbox::BatchPtr;
    struct Call
    {
        QJsonValue id;
        std::shared_ptr<RequestContext> context;
        std::unique_ptr<ProgressReporter> progress; // null: the client wants none
        BatchPtr batch;
    };
    using CallPtr = std::shared_ptr<Call>;

    void handle(const Message &message, const BatchPtr &batch);
    void handleRequest(const Request &request, const BatchPtr &batch);
    void handleNotification(const Notification &notification);
    // Of the server's own methods; null: none for this request.
    const ServerMethod *ownMethod(const Request &request, bool isModern) const;
    // What changed: session_changes.cpp
    void beReady();
    void forgetChange(ListChange::What what);
    void listen(const Request &request, const Era &era, const BatchPtr &batch);
    // The methods: session_methods.cpp
    void initialize(const Request &request, const BatchPtr &batch);
    void discover(const Request &request, const Era &era, const BatchPtr &batch);
    void listTools(const Request &request, const Era &era, const BatchPtr &batch);
    void callTool(const Request &request, const Era &era, const BatchPtr &batch);
    void listResources(const Request &request, const Era &era, const BatchPtr &batch);
    void listResourceTemplates(const Request &request, const Era &era, const BatchPtr &batch);
    void readResource(const Request &request, const Era &era, const BatchPtr &batch);
    void callMethod(const Request &request, const Era &era, const BatchPtr &batch,
                    const ServerMethod &method);
    bool refusesCursor(const Request &request, const BatchPtr &batch);

    // Null: refused.
    CallPtr begin(const Request &request, const Era &era, const BatchPtr &batch);
    void finish(const CallPtr &call, const QJsonObject &object);
    void cancel(const QJsonValue &id);
    void takeClientInfo(const QJsonObject &info);

    Parts m_parts;
    ClientIdentity m_client;
    Outbox m_out;
    std::optional<Era> m_legacy; // as negotiated by initialize
    QJsonObject m_capabilities; // of the client, as it said with initialize
    bool m_isReady = false; // a legacy client that takes notifications by now
    Subscriptions m_subscriptions;
    QList<ListChange> m_changed; // not seen by the client yet
    QHash<QString, CallPtr> m_calls; // by idKey
};

} // namespace mcp
