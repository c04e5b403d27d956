// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/fixtures.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

// RFC 5424, as MCP has them.
const QStringList levels{u"debug"_s, u"info"_s,     u"notice"_s, u"warning"_s,
                         u"error"_s, u"critical"_s, u"alert"_s,  u"emergency"_s};

// The fixtures log at "info" only, and a client that wants less than that may drop it.
Async<QJsonObject> setLevel(const RequestContextPtr &context)
{
    if (!levels.contains(context->params.value("level"_L1).toString())) {
        return readyAsync<QJsonObject>(
            Error{.kind = Error::Kind::BadRequest, .detail = u"params.level is no level"_s});
    }
    return readyAsync<QJsonObject>(QJsonObject{});
}

Async<QJsonObject> completeArgument(const ServerInfo &server, const RequestContextPtr &context)
{
    const QJsonValue start = context->params["argument"_L1]["value"_L1];
    if (!start.isString()) {
        return readyAsync<QJsonObject>(Error{.kind = Error::Kind::BadRequest,
                                             .detail = u"params.argument has no string value"_s});
    }
    QJsonArray values;
    for (const QString &value : {u"testValue1"_s, u"testValue2"_s, u"other"_s}) {
        if (value.startsWith(start.toString()))
            values.append(value);
    }
    const QJsonObject completion{
        {u"values"_s, values}, {u"total"_s, values.size()}, {u"hasMore"_s, false}};
    return readyAsync<QJsonObject>(context->era.complete(server, {{u"completion"_s, completion}}));
}

} // namespace

Methods loggingAndCompletion(const ServerInfo &server)
{
    return {{u"logging/setLevel"_s, {.eras = ServerMethod::Eras::Legacy, .handler = &setLevel}},
            {u"completion/complete"_s, {.handler = [server](const RequestContextPtr &context) {
                 return completeArgument(server, context);
             }}}};
}

} // namespace conformance
