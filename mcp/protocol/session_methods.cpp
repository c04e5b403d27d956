// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session does for each method; session.cpp decides that it is called.

#include "mcp/protocol/session.h"

#include "app/base/log.h"
#include "mcp/protocol/nearest_name.h"
#include "mcp/protocol/plain_text.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QString unknownTool(const QString &name, const QList<Tool> &tools)
{
    QString problem = u"unknown tool: %1"_s.arg(plainName(name, 64));
    QStringList known;
    for (const Tool &tool : tools)
        known.append(tool.name);
    if (const QString meant = nearestName(name, known); !meant.isEmpty())
        problem += u". Did you mean %1?"_s.arg(meant);
    return problem;
}

} // namespace

void Session::initialize(const Request &request, const BatchPtr &batch)
{
    if (batch) {
        m_out.refuse(request.id, wire::invalidRequest, u"initialize cannot be part of a batch"_s,
                     batch);
        return;
    }
    const QJsonValue version = request.params.value("protocolVersion"_L1);
    if (!version.isString()) {
        m_out.refuse(request.id, wire::invalidParams, u"params.protocolVersion is not a string"_s,
                     batch);
        return;
    }
    m_legacy = Era::negotiate(version.toString());
    m_capabilities = Era::clientCapabilitiesOf(request.params);
    m_isReady = false;
    takeClientInfo(Era::clientInfoOf(request.params));
    qCInfo(lcMcp) << "client" << m_client.claimedName << "asked for"
                  << plainName(version.toString(), 32) << "and got" << m_legacy->version();
    m_out.answer(resultMessage(request.id, m_legacy->initializeResult(m_parts.server)), batch);
}

void Session::discover(const Request &request, const Era &era, const BatchPtr &batch)
{
    m_out.answer(resultMessage(request.id, era.discoverResult(m_parts.server)), batch);
}

void Session::listTools(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (refusesCursor(request, batch))
        return;
    forgetChange(ListChange::What::Tools);
    m_out.answer(
        resultMessage(request.id, era.listToolsResult(m_parts.server, m_parts.tools->tools())),
        batch);
}

void Session::callTool(const Request &request, const Era &era, const BatchPtr &batch)
{
    const QJsonValue name = request.params.value("name"_L1);
    if (!name.isString()) {
        m_out.refuse(request.id, wire::invalidParams, u"params.name is not a string"_s, batch);
        return;
    }
    const QJsonValue arguments = request.params.value("arguments"_L1);
    // Missing arguments are none at all; clients leave them out.
    if (!arguments.isObject() && !arguments.isUndefined() && !arguments.isNull()) {
        m_out.refuse(request.id, wire::invalidParams, u"params.arguments is not an object"_s,
                     batch);
        return;
    }
    const Tool *tool = m_parts.tools->find(name.toString());
    if (!tool) {
        m_out.refuse(request.id, wire::invalidParams,
                     unknownTool(name.toString(), m_parts.tools->tools()), batch);
        return;
    }
    if (era.isModern()) {
        if (const auto missing = Era::missingCapability(request.params, tool->needs)) {
            m_out.answer(errorMessage(request.id, *missing), batch);
            return;
        }
    }
    const CallPtr call = begin(request, era, batch);
    if (!call)
        return;
    Q_EMIT accountUsed();
    whenDone(m_parts.callTool(*tool, arguments.toObject(), call->context), this,
             [this, call](const Result<ToolResult> &result) {
                 if (!result.ok()) {
                     finish(call, errorMessage(call->id, wireErrorOf(result.error())));
                     return;
                 }
                 finish(call,
                        resultMessage(call->id,
                                      call->context->era.callToolResult(m_parts.server, *result)));
             });
}

void Session::listResources(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (refusesCursor(request, batch))
        return;
    forgetChange(ListChange::What::Resources);
    m_out.answer(
        resultMessage(request.id,
                      era.listResourcesResult(m_parts.server, m_parts.resources->resources())),
        batch);
}

void Session::listResourceTemplates(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (refusesCursor(request, batch))
        return;
    m_out.answer(resultMessage(request.id, era.listResourceTemplatesResult(m_parts.server)), batch);
}

void Session::readResource(const Request &request, const Era &era, const BatchPtr &batch)
{
    const QJsonValue uri = request.params.value("uri"_L1);
    if (!uri.isString()) {
        m_out.refuse(request.id, wire::invalidParams, u"params.uri is not a string"_s, batch);
        return;
    }
    const Resource *resource = m_parts.resources->find(uri.toString());
    if (!resource) {
        m_out.answer(errorMessage(request.id, era.resourceNotFound(uri.toString())), batch);
        return;
    }
    const CallPtr call = begin(request, era, batch);
    if (!call)
        return;
    Q_EMIT accountUsed();
    whenDone(m_parts.readResource(*resource, call->context), this,
             [this, call, resource = *resource](const Result<QString> &text) {
                 if (!text.ok()) {
                     finish(call, errorMessage(call->id, wireErrorOf(text.error())));
                     return;
                 }
                 finish(call,
                        resultMessage(call->id,
                                      call->context->era.readResourceResult(m_parts.server,
                                                                            resource, *text)));
             });
}

void Session::callMethod(const Request &request, const Era &era, const BatchPtr &batch,
                         const ServerMethod &method)
{
    const CallPtr call = begin(request, era, batch);
    if (!call)
        return;
    whenDone(method.handler(call->context), this, [this, call](const Result<QJsonObject> &result) {
        finish(call,
               result.ok() ? resultMessage(call->id, *result)
                           : errorMessage(call->id, wireErrorOf(result.error())));
    });
}

// Every list is on one page, so no cursor was ever given out; an empty one is one too.
bool Session::refusesCursor(const Request &request, const BatchPtr &batch)
{
    const QJsonValue cursor = request.params.value("cursor"_L1);
    if (cursor.isUndefined() || cursor.isNull())
        return false;
    m_out.refuse(request.id, wire::invalidParams, u"params.cursor is not a cursor of this server"_s,
                 batch);
    return true;
}

} // namespace mcp
