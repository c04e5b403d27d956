// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/conformance_server.h"

#include <QPointer>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

QJsonObject capabilities()
{
    const QJsonObject list{{u"listChanged"_s, true}};
    return {{u"tools"_s, list},
            {u"prompts"_s, list},
            {u"resources"_s, QJsonObject{{u"subscribe"_s, true}}},
            {u"logging"_s, QJsonObject{}},
            {u"completions"_s, QJsonObject{}}};
}

} // namespace

ConformanceServer::ConformanceServer(QObject *parent)
    : QObject(parent)
    , m_server({.name = u"graph-valet-conformance"_s,
                .title = u"Fixtures of the conformance suite"_s,
                .version = QStringLiteral(GRAPH_VALET_VERSION),
                .instructions = u"For the conformance suite only."_s,
                .capabilities = capabilities()})
{
    m_around.client = [this](const RequestContextPtr &context) {
        return m_clients.value(context->connection);
    };
    m_around.announceToAll = [this](const ListChange &change) {
        for (Session *session : std::as_const(m_sessions))
            session->announce(change);
    };
    for (const QList<Tool> &tools : {contentTools(), notifyingTools(&m_around),
                                     askingTools(&m_around), roundTripTools(&m_around)}) {
        for (const Tool &tool : tools) {
            if (const auto added = m_tools.add(tool); !added.ok())
                qFatal("%s", qPrintable(added.error().detail));
        }
    }
    for (const Resource &resource : resources()) {
        if (const auto added = m_resources.add(resource); !added.ok())
            qFatal("%s", qPrintable(added.error().detail));
    }
    m_methods = resourceMethods(m_server);
    m_methods.insert(promptMethods(m_server));
    m_methods.insert(loggingAndCompletion(m_server));
}

ConformanceServer::~ConformanceServer()
{
    // They lead into the members above.
    qDeleteAll(std::exchange(m_sessions, {}));
}

void ConformanceServer::accept(LinkConnection *connection)
{
    Session::Parts parts;
    parts.server = m_server;
    parts.tools = &m_tools;
    parts.callTool = [](const Tool &tool, const QJsonObject &arguments,
                        const RequestContextPtr &context) {
        return tool.handler(arguments, context);
    };
    parts.resources = &m_resources;
    parts.readResource = [](const Resource &resource, const RequestContextPtr &context) {
        return resource.read(context);
    };
    parts.methods = m_methods;
    const QPointer<LinkConnection> link(connection);
    auto *session = new Session(
        std::move(parts), ClientIdentity{},
        [link](const QByteArray &line) {
            if (link)
                link->send(line);
        },
        this);
    m_clients.insert(session, new ClientRequests(session));
    m_sessions.append(session);
    connect(connection, &LinkConnection::lineReceived, session, &Session::receive);
    connect(connection, &LinkConnection::lineTooLong, session, &Session::receiveTooLong);
    connect(connection, &LinkConnection::closed, session, [this, session] {
        m_sessions.removeOne(session);
        m_clients.remove(session);
        session->deleteLater();
    });
}

} // namespace conformance
