// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/session.h"

#include "app/base/log.h"
#include "mcp/protocol/plain_text.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {

// Answers to the entries of one array, sent together when the last is there (JSON-RPC 2.0, 6).
struct Session::Batch
{
    int open = 1; // entries without an answer, and one for the reading of the array
    QJsonArray answers;
};

struct Session::Call
{
    QJsonValue id;
    std::shared_ptr<RequestContext> context;
    std::unique_ptr<ProgressReporter> progress; // null: the client wants none
    BatchPtr batch; // null: not in a batch
};

namespace {

QJsonObject tooLarge(const QJsonValue &id)
{
    qCWarning(lcMcp) << "an answer was larger than 8 MiB and was not sent";
    return errorMessage(
        id, {.code = wire::internalError, .message = u"the answer is larger than 8 MiB"_s});
}

} // namespace

Session::Session(Parts parts, const ClientIdentity &client, Send send, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_client(client)
    , m_send(std::move(send))
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
        refuse(QJsonValue::Undefined, wire::invalidRequest, u"this revision has no batches"_s, {});
        return;
    }
    if (parsed.messages.size() > inFlightLimit) {
        refuse(QJsonValue::Undefined, wire::invalidRequest,
               u"a batch has at most %1 entries"_s.arg(inFlightLimit), {});
        return;
    }
    const auto batch = std::make_shared<Batch>();
    for (const Message &message : parsed.messages) {
        if (std::holds_alternative<Request>(message) || std::holds_alternative<Invalid>(message))
            ++batch->open;
        handle(message, batch);
    }
    close(*batch);
}

void Session::receiveTooLong()
{
    refuse(QJsonValue::Undefined, wire::invalidRequest, u"the line is longer than 4 MiB"_s, {});
}

void Session::handle(const Message &message, const BatchPtr &batch)
{
    if (const auto *request = std::get_if<Request>(&message))
        handleRequest(*request, batch);
    else if (const auto *notification = std::get_if<Notification>(&message))
        handleNotification(*notification);
    else if (const auto *invalid = std::get_if<Invalid>(&message))
        answer(errorMessage(invalid->id, invalid->error), batch);
}

void Session::handleRequest(const Request &request, const BatchPtr &batch)
{
    if (m_calls.contains(idKey(request.id))) {
        refuse(request.id, wire::invalidRequest, u"a request with this id is in flight"_s, batch);
        return;
    }
    if (request.method == "initialize"_L1) {
        // At any time: some clients discover first and then fall back.
        initialize(request, batch);
        return;
    }
    const bool isModern = Era::isModernRequest(request.params);
    if (isModern) {
        if (batch) {
            refuse(request.id, wire::invalidRequest, u"this revision has no batches"_s, batch);
            return;
        }
        if (const auto problem = Era::modernMetaProblem(request.params)) {
            answer(errorMessage(request.id, *problem), batch);
            return;
        }
        if (m_client.claimedName.isEmpty())
            takeClientInfo(Era::clientInfoOf(request.params));
    }
    if (request.method == "ping"_L1 && !isModern) {
        answer(resultMessage(request.id, {}), batch);
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
        {u"server/discover"_s, {Since::Modern, &Session::discover}},
        {u"subscriptions/listen"_s, {Since::Modern, &Session::listen}},
    };
    const auto method = methods.constFind(request.method);
    const bool isKnown =
        method != methods.constEnd() && (isModern || !m_legacy || method->since == Since::Legacy);
    if (!isKnown) {
        refuse(request.id, wire::methodNotFound,
               u"unknown method: %1"_s.arg(plainName(request.method, 64)), batch);
        return;
    }
    if (!isModern && !m_legacy) {
        answer(errorMessage(request.id, Era::missingHandshake()), batch);
        return;
    }
    (this->*method->handler)(request, isModern ? Era::modern() : *m_legacy, batch);
}

void Session::handleNotification(const Notification &notification)
{
    // Everything else, initialized included, needs no reaction.
    if (notification.method == "notifications/cancelled"_L1)
        cancel(notification.params.value("requestId"_L1));
}

void Session::initialize(const Request &request, const BatchPtr &batch)
{
    if (batch) {
        refuse(request.id, wire::invalidRequest, u"initialize cannot be part of a batch"_s, batch);
        return;
    }
    const QJsonValue version = request.params.value("protocolVersion"_L1);
    if (!version.isString()) {
        refuse(request.id, wire::invalidParams, u"params.protocolVersion is not a string"_s, batch);
        return;
    }
    m_legacy = Era::negotiate(version.toString());
    takeClientInfo(Era::clientInfoOf(request.params));
    qCInfo(lcMcp) << "client" << m_client.claimedName << "asked for"
                  << plainName(version.toString(), 32) << "and got" << m_legacy->version();
    answer(
        resultMessage(request.id, m_legacy->initializeResult(m_parts.server, m_parts.instructions)),
        batch);
}

void Session::discover(const Request &request, const Era &era, const BatchPtr &batch)
{
    answer(resultMessage(request.id, era.discoverResult(m_parts.server, m_parts.instructions)),
           batch);
}

void Session::listTools(const Request &request, const Era &era, const BatchPtr &batch)
{
    // All tools are on one page, so no cursor was ever given out; an empty one is one too.
    const QJsonValue cursor = request.params.value("cursor"_L1);
    if (!cursor.isUndefined() && !cursor.isNull()) {
        refuse(request.id, wire::invalidParams, u"params.cursor is not a cursor of this server"_s,
               batch);
        return;
    }
    answer(resultMessage(request.id, era.listToolsResult(m_parts.server, m_parts.tools->tools())),
           batch);
}

void Session::callTool(const Request &request, const Era &era, const BatchPtr &batch)
{
    const QJsonValue name = request.params.value("name"_L1);
    if (!name.isString()) {
        refuse(request.id, wire::invalidParams, u"params.name is not a string"_s, batch);
        return;
    }
    const QJsonValue arguments = request.params.value("arguments"_L1);
    // Missing arguments are none at all; clients leave them out.
    if (!arguments.isObject() && !arguments.isUndefined() && !arguments.isNull()) {
        refuse(request.id, wire::invalidParams, u"params.arguments is not an object"_s, batch);
        return;
    }
    const Tool *tool = m_parts.tools->find(name.toString());
    if (!tool) {
        refuse(request.id, wire::invalidParams,
               u"unknown tool: %1"_s.arg(plainName(name.toString(), 64)), batch);
        return;
    }
    const CallPtr call = begin(request, era, batch);
    if (!call)
        return;
    Q_EMIT toolCalled();
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

// We announce no change of anything, so the stream stays silent until its client cancels it.
void Session::listen(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (!begin(request, era, batch))
        return;
    write(notificationMessage(u"notifications/subscriptions/acknowledged"_s,
                              Era::acknowledgedParams(request.id)));
}

Session::CallPtr Session::begin(const Request &request, const Era &era, const BatchPtr &batch)
{
    if (m_calls.size() >= inFlightLimit) {
        refuse(request.id, wire::busy,
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
            era, token, [this](const QJsonObject &object) { write(object); });
        // The reporter goes with the answer; whoever still works then reports to nobody.
        const QPointer<ProgressReporter> reporter(call->progress.get());
        call->context->progress = [reporter](const QString &message) {
            if (reporter)
                reporter->report(message);
        };
    }
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
    answer(object, call->batch);
}

void Session::cancel(const QJsonValue &id)
{
    if (!id.isString() && !id.isDouble())
        return;
    const CallPtr call = m_calls.take(idKey(id));
    if (!call)
        return; // unknown, or answered already
    call->progress.reset();
    call->context->cancellation->cancel();
    if (call->batch)
        close(*call->batch);
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

void Session::answer(const QJsonObject &object, const BatchPtr &batch)
{
    if (!batch) {
        write(object);
        return;
    }
    batch->answers.append(object);
    close(*batch);
}

void Session::refuse(const QJsonValue &id, int code, const QString &text, const BatchPtr &batch)
{
    answer(errorMessage(id, {.code = code, .message = text}), batch);
}

void Session::close(Batch &batch)
{
    if (--batch.open > 0 || batch.answers.isEmpty())
        return;
    QByteArray line = QJsonDocument(batch.answers).toJson(QJsonDocument::Compact);
    if (line.size() > answerLimit) {
        QJsonArray refusals;
        for (const auto &answer : std::as_const(batch.answers))
            refusals.append(tooLarge(answer["id"_L1]));
        line = QJsonDocument(refusals).toJson(QJsonDocument::Compact);
    }
    m_send(line);
}

void Session::write(const QJsonObject &object)
{
    QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (line.size() > answerLimit)
        line = QJsonDocument(tooLarge(object.value("id"_L1))).toJson(QJsonDocument::Compact);
    m_send(line);
}

} // namespace mcp
