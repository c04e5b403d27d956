// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session without a transport, and the words to write messages of both eras.
// Apart from the test, because moc loses its way in raw strings before a class.

#pragma once

#include "mcp/protocol/session.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

namespace session_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;

inline const QByteArray modernMeta =
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"modern","version":"3"}})";

inline QByteArray request(const QByteArray &id, const QByteArray &method,
                          const QByteArray &params = "")
{
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + '"'
        + (params.isEmpty() ? QByteArray() : R"(,"params":{)" + params + '}') + '}';
}

inline QByteArray modern(const QByteArray &id, const QByteArray &method,
                         const QByteArray &params = "")
{
    return request(id, method, params.isEmpty() ? modernMeta : params + ',' + modernMeta);
}

inline QByteArray notification(const QByteArray &method, const QByteArray &params)
{
    return R"({"jsonrpc":"2.0","method":")" + method + R"(","params":{)" + params + "}}";
}

inline QByteArray initialize(const QByteArray &version, const QByteArray &id = "0")
{
    return request(id, "initialize",
                   R"("protocolVersion":")" + version
                       + R"(","capabilities":{},"clientInfo":{"name":"legacy","version":"1"})");
}

// Params of resources/read.
inline QByteArray uriOf(const QByteArray &uri)
{
    return R"("uri":")" + uri + '"';
}
inline const QByteArray slowUri = uriOf("graph://slow");

// A session with two tools: Echo answers at once with its arguments, Wait when the test says so;
// and a resource that is read when the test says so.
class World
{
public:
    // change: what this test wants otherwise.
    explicit World(const std::function<void(Session::Parts &)> &change = {})
    {
        const auto schema = [](const QJsonObject &properties) {
            return QJsonObject{{u"type"_s, u"object"_s},
                               {u"properties"_s, properties},
                               {u"additionalProperties"_s, false}};
        };
        Tool echo{.name = u"Echo"_s,
                  .title = u"Echo title"_s,
                  .description = u"Says it again."_s,
                  .inputSchema = schema({{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}}}}),
                  .outputSchema = schema({{u"text"_s, QJsonObject{{u"type"_s, u"string"_s}}}}),
                  .annotations = {.readOnly = true,
                                  .destructive = false,
                                  .idempotent = true,
                                  .openWorld = false},
                  .handler = [](const QJsonObject &arguments, const RequestContextPtr &) {
                      const QByteArray text =
                          QJsonDocument(arguments).toJson(QJsonDocument::Compact);
                      return readyAsync<ToolResult>(
                          ToolResult{.text = QString::fromUtf8(text), .structured = arguments});
                  }};
        Tool wait{.name = u"Wait"_s,
                  .title = u"Wait title"_s,
                  .description = u"Waits."_s,
                  .inputSchema = schema({}),
                  .handler = [this](const QJsonObject &, const RequestContextPtr &context) {
                      contexts.append(context);
                      waiting.append(Promised<ToolResult>());
                      return waiting.last().future();
                  }};
        if (!tools.add(echo).ok() || !tools.add(wait).ok())
            qFatal("a tool breaks the rules");
        const Resource slow{.uri = u"graph://slow"_s,
                            .name = u"slow"_s,
                            .title = u"Slow title"_s,
                            .description = u"Something to read."_s,
                            .read = [this](const RequestContextPtr &context) {
                                contexts.append(context);
                                reading.append(Promised<QString>());
                                return reading.last().future();
                            }};
        if (!resources.add(slow).ok())
            qFatal("a resource breaks the rules");
        const QJsonObject list{{u"listChanged"_s, true}};
        Session::Parts parts;
        parts.server = {.name = u"graph-valet"_s,
                        .title = u"Graph Valet"_s,
                        .version = u"9.9"_s,
                        .instructions = u"Use it."_s,
                        .capabilities = {{u"tools"_s, list}, {u"resources"_s, list}}};
        parts.tools = &tools;
        parts.resources = &resources;
        parts.callTool = [](const Tool &tool, const QJsonObject &arguments,
                            const RequestContextPtr &context) {
            return tool.handler(arguments, context);
        };
        parts.readResource = [](const Resource &resource, const RequestContextPtr &context) {
            return resource.read(context);
        };
        parts.principal = [this](const ClientIdentity &) { return principal; };
        parts.workLimit = 44s;
        if (change)
            change(parts);
        session = std::make_unique<Session>(std::move(parts), ClientIdentity{},
                                            [this](const QByteArray &line) { sent.append(line); });
    }
    void receive(const QByteArray &line) { session->receive(line); }
    // The only line sent since the last call, after what is due has run.
    QByteArray answer()
    {
        (void)QTest::qWaitFor([this] { return !sent.isEmpty(); });
        QCoreApplication::processEvents();
        if (sent.size() != 1)
            return QByteArray::number(sent.size()) + " lines: " + sent.join('\n');
        return sent.takeFirst();
    }
    QJsonObject answerObject() { return QJsonDocument::fromJson(answer()).object(); }
    // Whether nothing is sent, now and by what is due.
    bool isSilent()
    {
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        return sent.isEmpty();
    }

    ToolRegistry tools;
    ResourceRegistry resources;
    QList<RequestContextPtr> contexts;
    QList<Promised<ToolResult>> waiting;
    QList<Promised<QString>> reading;
    QString principal = u"tenant.person"_s;
    QByteArrayList sent;
    std::unique_ptr<Session> session;
};

inline QStringList keys(const QJsonValue &object)
{
    return object.toObject().keys();
}

} // namespace session_test
