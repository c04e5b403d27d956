// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One line as JSON-RPC 2.0 messages. A closed set: what is none of them is Invalid and carries the
// error to answer with. Pure.

#pragma once

#include "mcp/protocol/wire_error.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <variant>

namespace mcp {

// UTF-16 units. Relays remember the ids of 64 KiB that they pass on, even where every unit is
// written as \uXXXX; a longer one could not be answered by them after a lost connection.
inline constexpr qsizetype longestId = 10000;

struct Request
{
    QJsonValue id; // string or integer, echoed as it came
    QString method;
    QJsonObject params;
};

struct Notification
{
    QString method;
    QJsonObject params;
};

// An answer to a request of ours.
struct Response
{
    QJsonValue id;
    QJsonObject object; // with result or error
};

struct Invalid
{
    WireError error;
    QJsonValue id = QJsonValue::Undefined; // Undefined: the answer has no id
};

using Message = std::variant<Request, Notification, Response, Invalid>;

struct ParsedLine
{
    QList<Message> messages;
    bool isBatch = false;
};

// line: without the line feed.
ParsedLine parseLine(const QByteArray &line);

// The same id of another JSON type is another id: 1 and "1".
QString idKey(const QJsonValue &id);

QJsonObject resultMessage(const QJsonValue &id, const QJsonObject &result);
// Undefined id: the answer has none (MCP: not null).
QJsonObject errorMessage(const QJsonValue &id, const WireError &error);
QJsonObject notificationMessage(const QString &method, const QJsonObject &params);

} // namespace mcp
