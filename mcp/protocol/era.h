// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What differs between the revisions of MCP, in one place. Legacy (2024-11-05 to 2025-11-25): a
// handshake per connection. Modern (2026-07-28): no handshake, each request says its revision in
// _meta. Handlers know none of this. Pure.

#pragma once

#include "mcp/protocol/wire_error.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace mcp {

struct Resource;
struct Tool;
struct ToolResult;

// Who this program says it is.
struct ServerInfo
{
    QString name;
    QString title;
    QString version;
    QString instructions = {}; // for the model: what this server is good for
    QJsonObject capabilities = {}; // ServerCapabilities, the same in every revision
};

class Era
{
public:
    enum class Revision { R2024_11_05, R2025_03_26, R2025_06_18, R2025_11_25, R2026_07_28 };

    // The answer to `initialize`: the revision that was asked for, or our newest legacy one.
    static Era negotiate(const QString &requested);
    static Era modern() { return Era(Revision::R2026_07_28); }

    // Whether a request says that it is of the modern era.
    static bool isModernRequest(const QJsonObject &params);
    // What is wrong with the _meta of a modern request; nullopt: nothing.
    static std::optional<WireError> modernMetaProblem(const QJsonObject &params);
    // For a request without _meta on a connection without a handshake.
    static WireError missingHandshake();
    // What of a tool's needs a modern request does not declare; nullopt: nothing.
    static std::optional<WireError> missingCapability(const QJsonObject &params,
                                                      const QJsonObject &needs);
    // Versions that server/discover names.
    static QStringList modernVersions();
    // clientInfo of a modern request, of initialize in a legacy one; empty where it says none.
    static QJsonObject clientInfoOf(const QJsonObject &params);
    // What the client says it can do, likewise.
    static QJsonObject clientCapabilitiesOf(const QJsonObject &params);

    Revision revision() const { return m_revision; }
    QString version() const;
    bool isModern() const { return m_revision == Revision::R2026_07_28; }
    bool allowsBatches() const { return m_revision == Revision::R2025_03_26; }
    bool allowsPing() const { return !isModern(); }

    QJsonObject initializeResult(const ServerInfo &server) const;
    QJsonObject discoverResult(const ServerInfo &server) const;
    QJsonObject listToolsResult(const ServerInfo &server, const QList<Tool> &tools) const;
    QJsonObject callToolResult(const ServerInfo &server, const ToolResult &result) const;
    QJsonObject listResourcesResult(const ServerInfo &server,
                                    const QList<Resource> &resources) const;
    // We have no templates.
    QJsonObject listResourceTemplatesResult(const ServerInfo &server) const;
    QJsonObject readResourceResult(const ServerInfo &server, const Resource &resource,
                                   const QString &text) const;
    WireError resourceNotFound(const QString &uri) const;
    QJsonObject toolToJson(const Tool &tool) const;
    QJsonObject resourceToJson(const Resource &resource) const;

    // step strictly increases per token.
    QJsonObject progressParams(const QJsonValue &token, int step, const QString &message) const;
    // First notification on a subscriptions/listen stream. kept: what of its filter we keep.
    static QJsonObject acknowledgedParams(const QJsonValue &requestId, const QJsonObject &kept);
    // Params of a notification on such a stream.
    static QJsonObject onStream(QJsonObject params, const QJsonValue &requestId);
    // A result with what every result of this era has.
    QJsonObject complete(const ServerInfo &server, QJsonObject result) const;
    // The same for a list, which clients may keep for a minute.
    QJsonObject completeList(const ServerInfo &server, const QJsonObject &result) const;

    friend bool operator==(const Era &, const Era &) = default;

private:
    explicit Era(Revision revision)
        : m_revision(revision)
    {
    }
    QJsonObject cacheable(QJsonObject result, int milliseconds) const;
    QJsonObject implementation(const ServerInfo &server) const;

    Revision m_revision;
};

} // namespace mcp
