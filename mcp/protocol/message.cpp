// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/message.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

Invalid invalid(int code, const QString &text, const QJsonValue &id = QJsonValue::Undefined)
{
    return {.error = {.code = code, .message = text}, .id = id};
}

// MCP, "Requests": string or integer, never null.
bool isUsableId(const QJsonValue &id)
{
    if (id.isString())
        return id.toString().size() <= longestId;
    return id.isDouble() && std::isfinite(id.toDouble())
        && std::floor(id.toDouble()) == id.toDouble();
}

Message parseObject(const QJsonObject &object)
{
    const QJsonValue id = object.value("id"_L1);
    const QJsonValue echo = isUsableId(id) ? id : QJsonValue(QJsonValue::Undefined);
    if (object.value("jsonrpc"_L1) != "2.0"_L1)
        return invalid(wire::invalidRequest, u"jsonrpc is not \"2.0\""_s, echo);
    if (!id.isUndefined() && echo.isUndefined())
        return invalid(
            wire::invalidRequest,
            u"id is not an integer or a string of at most %1 characters"_s.arg(longestId));
    const QJsonValue method = object.value("method"_L1);
    if (method.isUndefined()) {
        if (object.contains("result"_L1) || object.contains("error"_L1))
            return Response{.id = id, .object = object};
        return invalid(wire::invalidRequest, u"method is missing"_s, echo);
    }
    if (!method.isString())
        return invalid(wire::invalidRequest, u"method is not a string"_s, echo);
    const QJsonValue params = object.value("params"_L1);
    if (!params.isUndefined() && !params.isObject()) {
        // A notification is never answered, not even this one.
        if (id.isUndefined())
            return Notification{.method = method.toString(), .params = {}};
        return invalid(wire::invalidParams, u"params is not an object"_s, echo);
    }
    if (id.isUndefined())
        return Notification{.method = method.toString(), .params = params.toObject()};
    return Request{.id = id, .method = method.toString(), .params = params.toObject()};
}

// QJsonDocument drops U+FEFF at the start of a text, so that an id would come back as another one.
// It keeps the escaped one.
QByteArray withMarksKept(const QByteArray &line)
{
    constexpr QByteArrayView mark = "\"\xef\xbb\xbf";
    return line.contains(mark) ? QByteArray(line).replace(mark, "\"\\ufeff") : line;
}

// QJsonDocument takes objects and arrays only; a lone string or number is JSON nevertheless.
bool isLoneValue(const QByteArray &line)
{
    const QJsonDocument wrapped = QJsonDocument::fromJson('[' + line + ']');
    return wrapped.isArray() && wrapped.array().size() == 1;
}

} // namespace

ParsedLine parseLine(const QByteArray &line)
{
    if (!QByteArrayView(line).isValidUtf8())
        return {.messages = {invalid(wire::parseError, u"the line is not valid UTF-8"_s)}};
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(withMarksKept(line), &problem);
    if (document.isObject())
        return {.messages = {parseObject(document.object())}};
    if (!document.isArray()) {
        if (line.size() < 1024 * 1024 && isLoneValue(line))
            return {.messages = {invalid(wire::invalidRequest, u"a message is a JSON object"_s)}};
        return {.messages = {invalid(wire::parseError,
                                     u"the line is not JSON: "_s + problem.errorString())}};
    }
    const QJsonArray array = document.array();
    if (array.isEmpty())
        return {.messages = {invalid(wire::invalidRequest, u"the batch is empty"_s)}};
    ParsedLine parsed{.messages = {}, .isBatch = true};
    parsed.messages.reserve(array.size());
    for (const auto &value : array) {
        if (value.isObject())
            parsed.messages.append(parseObject(value.toObject()));
        else
            parsed.messages.append(invalid(wire::invalidRequest, u"a message is a JSON object"_s));
    }
    return parsed;
}

QString idKey(const QJsonValue &id)
{
    if (id.isString())
        return u's' + id.toString();
    const qint64 integer = id.toInteger(-1);
    return u'n'
        + (double(integer) == id.toDouble() ? QString::number(integer)
                                            : QString::number(id.toDouble(), 'g', 17));
}

QJsonObject resultMessage(const QJsonValue &id, const QJsonObject &result)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, result}};
}

QJsonObject errorMessage(const QJsonValue &id, const WireError &error)
{
    QJsonObject object{{u"jsonrpc"_s, u"2.0"_s}, {u"error"_s, toJson(error)}};
    if (!id.isUndefined())
        object.insert(u"id"_s, id);
    return object;
}

QJsonObject notificationMessage(const QString &method, const QJsonObject &params)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"method"_s, method}, {u"params"_s, params}};
}

} // namespace mcp
