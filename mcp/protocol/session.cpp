// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/session.h"

#include "app/base/log.h"
#include "mcp/protocol/plain_text.h"

using namespace Qt::StringLiterals;

namespace mcp {

Session::Session(Parts parts, const ClientIdentity &client, Send send, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_client(client)
    , m_out(std::move(send))
    , m_subscriptions(m_parts.server.capabilities)
    , m_changed(m_parts.changed)
{
}

Session::~Session()
{
    const auto calls = std::exchange(m_calls, {});
    for (const CallPtr &call : calls) {
        call->progress.reset();
        call->context->cancellation->cancel();
    }
}

void Session::receive(const QByteArray &line)
{
    const ParsedLine parsed = parseLine(line);
    if (!parsed.isBatch) {
        handle(parsed.messages.first(), nullptr);
        return;
    }
    // Batches came with 2025-03-26 and went with 2025-06-18.
    if (!m_legacy || !m_legacy->allowsBatches()) {
        m_out.refuse(QJsonValue::Undefined, wire::invalidRequest, u"this revision has no batches"_s,
                     {});
        return;
    }
    if (parsed.messages.size() > inFlightLimit) {
        m_out.refuse(QJsonValue::Undefined, wire::invalidRequest,
                     u"a batch has at most %1 entries"_s.arg(inFlightLimit), {});
        return;
    }
    const auto batch = std::make_shared<Outbox::Batch>();
    for (const Message &message : parsed.messages) {
        if (std::holds_alternative<Request>(message) || std::holds_alternative<Invalid>(message))
            ++batch->open;
        handle(message, batch);
    }
    m_out.close(*batch);
}

void Session::receiveTooLong()
{
    m_out.refuse(QJsonValue::Undefined, wire::invalidRequest, u"the line is longer than 4 MiB"_s,
                 {});
}

void Session::handle(const Message &message, const BatchPtr &batch)
{
    if (const auto *request = std::get_if<Request>(&message))
        handleRequest(*request, batch);
    else if (const auto *notification = std::get_if<Notification>(&message))
        handleNotification(*notification);
    else if (const auto *response = std::get_if<Response>(&message))
        Q_EMIT responseReceived(*response);
    else if (const auto *invalid = std::get_if<Invalid>(&message))
        m_out.answer(errorMessage(invalid->id, invalid->error), batch);
}

void Session::handleRequest(const Request &request, const BatchPtr &batch)
{
    if (m_calls.contains(idKey(request.id))) {
        m_out.refuse(request.id, wire::invalidRequest, u"a request with this id is in flight"_s,
                     batch);
        return;
    }
    const bool isModern = Era::isModernRequest(request.params);
    if (request.method == "initialize"_L1 && !isModern) {
        // At any time: some clients discover first and then fall back.
        initialize(request, batch);
        return;
    }
    if (isModern) {
        if (batch) {
            m_out.refuse(request.id, wire::invalidRequest, u"this revision has no batches"_s,
                         batch);
            return;
        }
        if (const auto problem = Era::modernMetaProblem(request.params)) {
            m_out.answer(errorMessage(request.id, *problem), batch);
            return;
        }
        if (m_client.claimedName.isEmpty())
            takeClientInfo(Era::clientInfoOf(request.params));
    }
    if (request.method == "ping"_L1 && !isModern) {
        m_out.answer(resultMessage(request.id, {}), batch);
        return;
    }

    using Handler = void (Session::*)(const Request &, const Era &, const BatchPtr &);
    enum class Since { Legacy, Modern };
    struct Method
    {
        Since since;
        Handler handler;
    };
    static const QHash<QString, Method> methods{
        {u"tools/list"_s, {Since::Legacy, &Session::listTools}},
        {u"tools/call"_s, {Since::Legacy, &Session::callTool}},
        {u"resources/list"_s, {Since::Legacy, &Session::listResources}},
        {u"resources/templates/list"_s, {Since::Legacy, &Session::listResourceTemplates}},
        {u"resources/read"_s, {Since::Legacy, &Session::readResource}},
        {u"server/discover"_s, {Since::Modern, &Session::discover}},
        {u"subscriptions/listen"_s, {Since::Modern, &Session::listen}},
    };
    const ServerMethod *own = ownMethod(request, isModern);
    const auto method = methods.constFind(request.method);
    const bool isKnown = own
        || (method != methods.constEnd()
            && (isModern || !m_legacy || method->since == Since::Legacy));
    if (!isKnown) {
        m_out.refuse(request.id, wire::methodNotFound,
                     u"unknown method: %1"_s.arg(plainName(request.method, 64)), batch);
        return;
    }
    if (!isModern && !m_legacy) {
        m_out.answer(errorMessage(request.id, Era::missingHandshake()), batch);
        return;
    }
    if (!isModern)
        beReady(); // some clients never say initialized
    const Era era = isModern ? Era::modern() : *m_legacy;
    if (own)
        callMethod(request, era, batch, *own);
    else
        (this->*method->handler)(request, era, batch);
}

const ServerMethod *Session::ownMethod(const Request &request, bool isModern) const
{
    const auto found = m_parts.methods.constFind(request.method);
    if (found == m_parts.methods.constEnd())
        return nullptr;
    // Without a handshake it is told that one is missing.
    const bool exists = found->existsIn(isModern) || (!isModern && !m_legacy);
    const bool applies = !found->appliesTo || found->appliesTo(request.params);
    return exists && applies ? &*found : nullptr;
}

void Session::handleNotification(const Notification &notification)
{
    if (notification.method == "notifications/cancelled"_L1)
        cancel(notification.params.value("requestId"_L1));
    else if (notification.method == "notifications/initialized"_L1 && m_legacy)
        beReady();
}

Session::CallPtr Session::begin(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (m_calls.size() >= inFlightLimit) {
        m_out.refuse(request.id, wire::busy,
                     u"%1 requests of this connection are in flight; wait for one to end"_s.arg(
                         inFlightLimit),
                     batch);
        return nullptr;
    }
    auto call = std::make_shared<Call>();
    call->id = request.id;
    call->batch = batch;
    call->context = std::make_shared<RequestContext>();
    call->context->era = era;
    call->context->params = request.params;
    call->context->clientCapabilities =
        era.isModern() ? Era::clientCapabilitiesOf(request.params) : m_capabilities;
    call->context->principal = m_parts.principal ? m_parts.principal(m_client) : QString();
    call->context->client = m_client;
    if (era.isModern()) {
        // A modern request says itself who asks; earlier ones on the connection do not count.
        const QJsonObject info = Era::clientInfoOf(request.params);
        call->context->client.claimedName = plainName(info.value("name"_L1).toString());
        call->context->client.claimedVersion = plainName(info.value("version"_L1).toString());
    }
    call->context->connection = this;
    call->context->deadline = QDeadlineTimer(m_parts.workLimit, Qt::PreciseTimer);
    const QJsonValue token = request.params.value("_meta"_L1).toObject().value("progressToken"_L1);
    if (ProgressReporter::isUsableToken(token)) {
        call->progress = std::make_unique<ProgressReporter>(
            era, token, [this](const QJsonObject &object) { m_out.write(object); });
        // The reporter goes with the answer; whoever still works then reports to nobody.
        const QPointer<ProgressReporter> reporter(call->progress.get());
        call->context->progress = [reporter](const QString &message) {
            if (reporter)
                reporter->report(message);
        };
    }
    call->context->notify = [this, alive = std::weak_ptr<Call>(call),
                             guard = QPointer<Session>(this)](const QString &method,
                                                              const QJsonObject &params) {
        const CallPtr self = alive.lock();
        if (guard && self && m_calls.value(idKey(self->id)) == self)
            m_out.write(notificationMessage(method, params));
    };
    m_calls.insert(idKey(request.id), call);
    return call;
}

void Session::finish(const CallPtr &call, const QJsonObject &object)
{
    const auto found = m_calls.constFind(idKey(call->id));
    if (found == m_calls.constEnd() || *found != call)
        return; // cancelled
    m_calls.erase(found);
    call->progress.reset();
    m_out.answer(object, call->batch);
}

void Session::cancel(const QJsonValue &id)
{
    if (!id.isString() && !id.isDouble())
        return;
    const CallPtr call = m_calls.take(idKey(id));
    if (!call)
        return; // unknown, or answered already
    m_subscriptions.close(id);
    call->progress.reset();
    call->context->cancellation->cancel();
    if (call->batch)
        m_out.close(*call->batch);
}

void Session::takeClientInfo(const QJsonObject &info)
{
    const QString name = plainName(info.value("name"_L1).toString());
    const QString version = plainName(info.value("version"_L1).toString());
    if (name == m_client.claimedName && version == m_client.claimedVersion)
        return;
    m_client.claimedName = name;
    m_client.claimedVersion = version;
    Q_EMIT clientNamed();
}

} // namespace mcp
