// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Composition of the MCP side: sessions, tool registry, access, Graph. app/ makes one and feeds it
// connections; everything below is this room's business.

#pragma once

#include "auth/token_source.h"
#include "mcp/access/access_prompt.h"
#include "mcp/access/area_choice.h"
#include "mcp/catalogue/hidden_operations.h"
#include "mcp/local/client_identity.h"
#include "mcp/local/link_connection.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace mcp {

struct ConnectedClient
{
    ClientIdentity identity;
    QDateTime since; // UTC
    QDateTime lastCall; // UTC, invalid: none yet
};

// What the person and their organisation let all AI clients see.
struct Offer
{
    AreaSet areas = areasOf(AreaPreset::Standard);
    OperationsShown operations = {};
};

class McpHost : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        auth::TokenSource *tokens = nullptr;
        AccessPrompt *prompt = nullptr;
        ApprovalStore *approvals = nullptr;
        // The account that a client's calls use; empty function: the default one.
        std::function<QString(const ClientIdentity &)> principalFor = {};
        ActivityRecorder *activity = nullptr; // may be null
        // Where AI clients may have files saved: a path without links; empty: nowhere.
        std::function<QString()> downloadFolder = {};
        // What one call may take: token, sign-in, approval, Graph, retries.
        std::chrono::milliseconds callLimit{45'000};
    };
    // parts outlive the host. graphUrl: origin without a path; empty while not configured.
    McpHost(const Parts &parts, const QUrl &graphUrl, ApprovalMode mode, QObject *parent = nullptr);
    ~McpHost() override;

    // Starts a session on a connection of role mcp.
    void accept(LinkConnection *connection);
    // Names the lists of this release and offer for relays that outlive it (LocalServer::setLists).
    QByteArray listsText() const;
    QList<ConnectedClient> clients() const;
    void setGraphUrl(const QUrl &graphUrl);
    void setApprovalMode(ApprovalMode mode);
    // Which tools there are. Clients are told where their list changes by it.
    void setOffer(const Offer &offer);
    // Whether an account without any app role of ours may be used at all.
    void setRoleRequired(bool isRequired);
    // Why AI clients may do nothing with this account; nullopt where they may, or it is not known.
    std::optional<Error> roleProblem(const QString &principal) const;

Q_SIGNALS:
    void clientsChanged();
    // listsText() is another one.
    void listsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mcp
