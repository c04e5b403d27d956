// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mcp/support/wire_check.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

const QHash<QString, QString> resultOfMethod{
    {u"initialize"_s, u"InitializeResult"_s},
    {u"ping"_s, u"EmptyResult"_s},
    {u"server/discover"_s, u"DiscoverResult"_s},
    {u"tools/list"_s, u"ListToolsResult"_s},
    {u"tools/call"_s, u"CallToolResult"_s},
    {u"resources/list"_s, u"ListResourcesResult"_s},
    {u"resources/templates/list"_s, u"ListResourceTemplatesResult"_s},
    {u"resources/read"_s, u"ReadResourceResult"_s},
    {u"subscriptions/listen"_s, u"SubscriptionsListenResult"_s},
};

const QHash<QString, QString> definitionOfNotification{
    {u"notifications/progress"_s, u"ProgressNotification"_s},
    {u"notifications/resources/list_changed"_s, u"ResourceListChangedNotification"_s},
    {u"notifications/subscriptions/acknowledged"_s, u"SubscriptionsAcknowledgedNotification"_s},
    {u"notifications/tools/list_changed"_s, u"ToolListChangedNotification"_s},
};

// 2026-07-28 has a definition for each standard error object.
const QHash<int, QString> definitionOfCode{
    {-32700, u"ParseError"_s},          {-32600, u"InvalidRequestError"_s},
    {-32601, u"MethodNotFoundError"_s}, {-32602, u"InvalidParamsError"_s},
    {-32603, u"InternalError"_s},
};

QString keyOf(const QJsonValue &id)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact));
}

} // namespace

WireCheck::WireCheck(const QByteArray &revision)
    : m_revision(revision)
    , m_schema(revision)
{
}

void WireCheck::sending(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    const QJsonArray messages =
        document.isArray() ? document.array() : QJsonArray{document.object()};
    for (const auto &message : messages) {
        if (message.toObject().contains("id"_L1))
            m_methods.insert(keyOf(message["id"_L1]), message["method"_L1].toString());
    }
}

QString WireCheck::problem(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (document.isObject())
        return problemOf(document.object());
    if (!document.isArray() || m_revision != "2025-03-26")
        return u"neither an object nor a batch of 2025-03-26"_s;
    const QJsonArray batch = document.array();
    QJsonArray withIds; // as for a single error without one, see below
    for (const auto &message : batch) {
        if (message.toObject().contains("id"_L1))
            withIds.append(message);
    }
    QString found = bothProblems(u"JSONRPCBatchResponse"_s, withIds);
    for (const auto &message : batch) {
        if (found.isEmpty())
            found = problemOf(message.toObject());
    }
    m_seen.insert(u"batch"_s);
    return found;
}

QString WireCheck::problemOf(const QJsonObject &message)
{
    const bool hasMethod = message.contains("method"_L1);
    const bool hasResult = message.contains("result"_L1);
    const bool hasError = message.contains("error"_L1);
    if (int(hasMethod) + int(hasResult) + int(hasError) != 1)
        return u"not exactly one of method, result and error"_s;
    if (hasMethod)
        return notificationProblem(message);
    return hasResult ? resultProblem(message) : errorProblem(message);
}

QString WireCheck::resultProblem(const QJsonObject &message)
{
    const QString method = m_methods.take(keyOf(message.value("id"_L1)));
    QString definition = resultOfMethod.value(method);
    if (definition.isEmpty())
        return u"a result of no request: "_s + method;
    const bool asks = isModern() && message["result"_L1]["resultType"_L1] == "input_required"_L1;
    if (asks)
        definition = u"InputRequiredResult"_s;
    // The end of a stream has a _meta of its own, which the general definition knows nothing of.
    QString found = method == "subscriptions/listen"_L1
        ? QString()
        : bothProblems(isAtLeast("2025-11-25") ? u"JSONRPCResultResponse"_s : u"JSONRPCResponse"_s,
                       message);
    const QJsonValue result = message.value("result"_L1);
    if (found.isEmpty())
        found = bothProblems(definition, result);
    // Where the revision has a definition of the whole message too.
    if (const QString whole = definition + u"Response"_s; found.isEmpty() && m_schema.has(whole))
        found = bothProblems(whole, message);
    // Result is an open definition: these two would hide in it.
    if (found.isEmpty() && definition == "EmptyResult"_L1 && !result.toObject().isEmpty())
        found = u"an empty result is not empty"_s;
    if (found.isEmpty() && method == "initialize"_L1
        && result["protocolVersion"_L1].toString().toUtf8() != m_revision)
        found = u"another revision was negotiated"_s;
    m_seen.insert(asks ? method + u" asks"_s : method);
    return found;
}

QString WireCheck::errorProblem(const QJsonObject &message)
{
    const int code = message["error"_L1]["code"_L1].toInt();
    m_methods.remove(keyOf(message.value("id"_L1)));
    // Before 2025-11-25 an id is required, and may not be null: what cannot be read has none, and
    // no answer to it could fit. It is left out there too, as later revisions say.
    const bool isIdOptional = !message.contains("id"_L1) && (code == -32700 || code == -32600);
    const QString definition =
        isAtLeast("2025-11-25") ? u"JSONRPCErrorResponse"_s : u"JSONRPCError"_s;
    QString found = bothProblems(definition, message, isIdOptional ? u"id"_s : QString());
    if (found.isEmpty() && isModern() && definitionOfCode.contains(code))
        found = bothProblems(definitionOfCode.value(code), message.value("error"_L1));
    if (found.isEmpty() && code == -32021)
        found = bothProblems(u"MissingRequiredClientCapabilityError"_s, message);
    if (found.isEmpty() && code == -32022)
        found = bothProblems(u"UnsupportedProtocolVersionError"_s, message);
    // Codes that a revision reserves and gives no meaning to.
    const bool isReserved = code >= -32099 && code <= -32000;
    const bool isKnown = isModern() ? code == -32021 || code == -32022 : code == -32002;
    if (found.isEmpty() && isReserved && !isKnown)
        found = u"code %1 is not for us to use"_s.arg(code);
    m_seen.insert(u"error %1"_s.arg(code));
    return found;
}

QString WireCheck::notificationProblem(const QJsonObject &message)
{
    const QString method = message.value("method"_L1).toString();
    if (message.contains("id"_L1))
        return u"a request, and we send none: "_s + method;
    const QString definition = definitionOfNotification.value(method);
    if (definition.isEmpty())
        return u"an unknown notification: "_s + method;
    QString found = bothProblems(u"JSONRPCNotification"_s, message);
    // Up to 2025-06-18 these leave jsonrpc to JSONRPCNotification.
    QJsonObject own = message;
    if (!isAtLeast("2025-11-25"))
        own.remove(u"jsonrpc"_s);
    if (found.isEmpty())
        found = bothProblems(definition, own);
    if (found.isEmpty())
        found = bothProblems(u"ServerNotification"_s, own);
    m_seen.insert(method);
    return found;
}

QString WireCheck::bothProblems(const QString &definition, const QJsonValue &value,
                                const QString &notRequired) const
{
    QString found =
        m_schema.problem(definition, value, WireSchema::Strictness::AsPublished, notRequired);
    if (found.isEmpty())
        found = m_schema.problem(definition, value, WireSchema::Strictness::Closed, notRequired);
    return found;
}
