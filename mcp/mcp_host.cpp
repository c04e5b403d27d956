// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/mcp_host.h"

#include "app/base/log.h"
#include "mcp/access/approvals.h"
#include "mcp/access/role_rule.h"
#include "mcp/access/tool_gate.h"
#include "mcp/graph/graph_client.h"
#include "mcp/local/client_resolver.h"
#include "mcp/protocol/known_lists.h"
#include "mcp/protocol/session.h"
#include "mcp/protocol/tool_registry.h"
#include "mcp/tools/all_resources.h"
#include "mcp/tools/all_tools.h"
#include "mcp/tools/model_messages.h"

#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Clients that load tools only when needed search this text and the tools' names.
QString instructions()
{
    return u"Graph Valet gives access to Microsoft Graph for the person who is signed in on this "
           "computer: their Microsoft 365 (Office 365) work or school account in Microsoft Entra "
           "ID (Azure AD). Use its tools for questions about the person's own Microsoft account: "
           "who am I, my name, e-mail, job title, department, office, phone; am I available, busy "
           "or in a meeting (Teams presence); colleagues: who is, address, phone, title, manager, "
           "reports; mail (Outlook); calendar, agenda, when others are busy or all are free to "
           "meet; files in OneDrive and SharePoint; Teams chats and channels; what have I to do, "
           "what is due or overdue (To Do and Planner tasks); OneNote pages; Microsoft Search. The "
           "profile can also be attached as the resource graph://me. FindGraphOperation names what "
           "else Microsoft Graph has. The person signs in once in their browser; you never need a "
           "token or password and must never ask for one. When a tool says that the person has to "
           "do something, tell them and call it again afterwards."_s;
}

// The lists change with another release only, but relays and their clients outlive that. Nobody
// tells us when what a resource holds changes: no subscribe.
QJsonObject capabilities()
{
    const QJsonObject list{{u"listChanged"_s, true}};
    return {{u"tools"_s, list}, {u"resources"_s, list}};
}

ToolRegistry registryOf(const QList<Tool> &tools, const AreaSet &areas)
{
    ToolRegistry registry;
    for (const Tool &tool : tools) {
        if (!areas.contains(tool.area))
            continue;
        const auto added = registry.add(tool);
        if (!added.ok()) // the test of all tools fails first
            qCCritical(lcMcp) << "left out" << added.error().detail;
    }
    return registry;
}

ResourceRegistry resourcesOf(GraphClient *graph)
{
    ResourceRegistry registry;
    for (const Resource &resource : allResources(graph)) {
        const auto added = registry.add(resource);
        if (!added.ok()) // the test of all resources fails first
            qCCritical(lcMcp) << "left out" << added.error().detail;
    }
    return registry;
}

} // namespace

class McpHost::Private
{
public:
    struct Client
    {
        QPointer<LinkConnection> connection;
        Session *session = nullptr; // child of the host
        QDateTime since;
        QDateTime lastCall;
    };

    Private(const Parts &hostParts, const QUrl &graphUrl, ApprovalMode mode)
        : parts(hostParts)
        , graph(parts.tokens)
        , tools(allTools(&graph, parts.downloadFolder, operationsShown))
        , registry(registryOf(tools, Offer().areas))
        , resources(resourcesOf(&graph))
        , approvals(parts.prompt, parts.approvals, mode)
        , activity(parts.activity)
        , gate({.tools = &registry,
                .approvals = &approvals,
                .activity = &activity,
                .tokens = parts.tokens,
                .wording = &modelMessage,
                .readWording = &readMessage,
                .grace = parts.callLimit / 45})
    {
        graph.setGraphUrl(graphUrl);
    }

    Client *find(const Session *session)
    {
        const auto found = std::find_if(clients.begin(), clients.end(), [session](const auto &one) {
            return one.session == session;
        });
        return found == clients.end() ? nullptr : &*found;
    }

    Parts parts;
    GraphClient graph;
    std::shared_ptr<OperationsShown> operationsShown = std::make_shared<OperationsShown>();
    QList<Tool> tools; // also those that are not offered
    ToolRegistry registry;
    ResourceRegistry resources;
    Approvals approvals;
    AccessActivity activity;
    ToolGate gate;
    KnownLists lists{registry, resources};
    ClientResolver resolver;
    QList<Client> clients;
};

McpHost::McpHost(const Parts &parts, const QUrl &graphUrl, ApprovalMode mode, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(parts, graphUrl, mode))
{
}

McpHost::~McpHost()
{
    // Sessions cancel their calls, which lead into the parts below; so they go first.
    for (const auto &client : std::exchange(d->clients, {}))
        delete client.session;
}

void McpHost::accept(LinkConnection *connection)
{
    Session::Parts parts;
    parts.server = {.name = u"graph-valet"_s,
                    .title = u"Graph Valet"_s,
                    .version = QStringLiteral(GRAPH_VALET_VERSION),
                    .instructions = instructions(),
                    .capabilities = capabilities()};
    parts.tools = &d->registry;
    parts.callTool = [this](const Tool &tool, const QJsonObject &arguments,
                            const RequestContextPtr &context) {
        return d->gate.call(tool, arguments, context);
    };
    parts.resources = &d->resources;
    parts.readResource = [this](const Resource &resource, const RequestContextPtr &context) {
        return d->gate.read(resource, context);
    };
    parts.principal = [this](const ClientIdentity &client) {
        return d->parts.principalFor ? d->parts.principalFor(client)
                                     : d->parts.tokens->defaultPrincipal();
    };
    parts.changed = d->lists.changedSince(connection->seenLists());
    parts.workLimit = d->parts.callLimit - d->parts.callLimit / 45;

    const QPointer<LinkConnection> link(connection);
    auto *session = new Session(
        std::move(parts), d->resolver.identityOf(connection->peer()),
        [link](const QByteArray &line) {
            if (link)
                link->send(line);
        },
        this);
    d->clients.append({.connection = connection,
                       .session = session,
                       .since = QDateTime::currentDateTimeUtc(),
                       .lastCall = {}});

    connect(connection, &LinkConnection::lineReceived, session, &Session::receive);
    connect(connection, &LinkConnection::lineTooLong, session, &Session::receiveTooLong);
    const auto gone = [this, session] {
        if (!d->find(session))
            return;
        d->clients.removeIf([session](const auto &one) { return one.session == session; });
        session->deleteLater(); // the end may come from inside one of its own calls
        Q_EMIT clientsChanged();
    };
    connect(connection, &LinkConnection::closed, session, gone);
    connect(connection, &QObject::destroyed, session, gone);
    connect(session, &Session::clientNamed, this, &McpHost::clientsChanged);
    connect(session, &Session::accountUsed, this, [this, session] {
        if (auto *client = d->find(session))
            client->lastCall = QDateTime::currentDateTimeUtc();
    });
    Q_EMIT clientsChanged();
}

QByteArray McpHost::listsText() const
{
    return d->lists.text();
}

QList<ConnectedClient> McpHost::clients() const
{
    QList<ConnectedClient> list;
    for (const auto &client : std::as_const(d->clients)) {
        list.append({.identity = client.session->client(),
                     .since = client.since,
                     .lastCall = client.lastCall});
    }
    return list;
}

void McpHost::setGraphUrl(const QUrl &graphUrl)
{
    d->graph.setGraphUrl(graphUrl);
}

void McpHost::setApprovalMode(ApprovalMode mode)
{
    d->approvals.setMode(mode);
}

void McpHost::setOffer(const Offer &offer)
{
    *d->operationsShown = offer.operations;
    d->gate.setAreas(offer.areas);
    d->registry = registryOf(d->tools, offer.areas);
    const KnownLists before = std::exchange(d->lists, KnownLists(d->registry, d->resources));
    const auto changes = d->lists.changedSince(before.text());
    if (changes.isEmpty())
        return;
    Q_EMIT listsChanged();
    for (const auto &client : std::as_const(d->clients)) {
        for (const ListChange &change : changes)
            client.session->announce(change);
    }
}

void McpHost::setRoleRequired(bool isRequired)
{
    d->gate.setRoleRequired(isRequired);
}

std::optional<Error> McpHost::roleProblem(const QString &principal) const
{
    const auto roles = d->parts.tokens->rolesOf(principal);
    return roles ? refusalByRole(*roles, d->gate.isRoleRequired(), true) : std::nullopt;
}

} // namespace mcp
