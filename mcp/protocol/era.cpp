// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/era.h"

#include "mcp/protocol/plain_text.h"
#include "mcp/protocol/resource.h"
#include "mcp/protocol/tool.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Keys of _meta, specification 2026-07-28, basic, "_meta".
constexpr auto versionKey = "io.modelcontextprotocol/protocolVersion"_L1;
constexpr auto capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"_L1;
constexpr auto clientInfoKey = "io.modelcontextprotocol/clientInfo"_L1;
constexpr auto serverInfoKey = "io.modelcontextprotocol/serverInfo"_L1;
constexpr auto subscriptionKey = "io.modelcontextprotocol/subscriptionId"_L1;

constexpr auto modernVersion = "2026-07-28"_L1;
// How long a client may keep discover and the lists. Short: an update of this program may change
// them, and asking again costs a fraction of a millisecond.
constexpr int keepLists = 60'000; // milliseconds
// What was read, not at all: a copy would outlive the person's yes, their sign-in and the choice of
// the account, all of which are looked at whenever it is read.
constexpr int keepContents = 0;

struct Legacy
{
    Era::Revision revision;
    QLatin1StringView version;
};
constexpr std::array legacyVersions{
    Legacy{Era::Revision::R2024_11_05, "2024-11-05"_L1},
    Legacy{Era::Revision::R2025_03_26, "2025-03-26"_L1},
    Legacy{Era::Revision::R2025_06_18, "2025-06-18"_L1},
    Legacy{Era::Revision::R2025_11_25, "2025-11-25"_L1},
};

QJsonObject metaOf(const QJsonObject &params)
{
    return params.value("_meta"_L1).toObject();
}

} // namespace

Era Era::negotiate(const QString &requested)
{
    for (const Legacy &legacy : legacyVersions) {
        if (requested == legacy.version)
            return Era(legacy.revision);
    }
    // Never the modern one: its clients do not send initialize.
    return Era(legacyVersions.back().revision);
}

bool Era::isModernRequest(const QJsonObject &params)
{
    return metaOf(params).contains(versionKey);
}

std::optional<WireError> Era::modernMetaProblem(const QJsonObject &params)
{
    const QJsonObject meta = metaOf(params);
    const QJsonValue version = meta.value(versionKey);
    if (!version.isString()) {
        return WireError{.code = wire::invalidParams,
                         .message = u"_meta has no string \"%1\""_s.arg(versionKey)};
    }
    if (version != modernVersion) {
        return WireError{.code = wire::unsupportedProtocolVersion,
                         .message = u"protocol version not supported in _meta"_s,
                         .data = {{u"supported"_s, QJsonArray::fromStringList(modernVersions())},
                                  {u"requested"_s, version}}};
    }
    if (!meta.value(capabilitiesKey).isObject()) {
        return WireError{.code = wire::invalidParams,
                         .message = u"_meta has no object \"%1\""_s.arg(capabilitiesKey)};
    }
    return std::nullopt;
}

WireError Era::missingHandshake()
{
    return {.code = wire::invalidParams,
            .message = u"send initialize first, or _meta with \"%1\" and \"%2\""_s.arg(
                versionKey, capabilitiesKey)};
}

std::optional<WireError> Era::missingCapability(const QJsonObject &params, const QJsonObject &needs)
{
    const QJsonObject declared = clientCapabilitiesOf(params);
    QJsonObject missing;
    for (auto need = needs.begin(); need != needs.end(); ++need) {
        if (!declared.contains(need.key()))
            missing.insert(need.key(), need.value());
    }
    if (missing.isEmpty())
        return std::nullopt;
    return WireError{.code = wire::missingClientCapability,
                     .message =
                         u"this needs client capabilities that the request does not declare: "
                         "%1"_s.arg(missing.keys().join(u", "_s)),
                     .data = {{u"requiredCapabilities"_s, missing}}};
}

QStringList Era::modernVersions()
{
    return {QString(modernVersion)};
}

QJsonObject Era::clientInfoOf(const QJsonObject &params)
{
    const QJsonValue modernInfo = metaOf(params).value(clientInfoKey);
    return modernInfo.isObject() ? modernInfo.toObject() : params.value("clientInfo"_L1).toObject();
}

QJsonObject Era::clientCapabilitiesOf(const QJsonObject &params)
{
    const QJsonValue modern = metaOf(params).value(capabilitiesKey);
    return modern.isObject() ? modern.toObject() : params.value("capabilities"_L1).toObject();
}

QString Era::version() const
{
    for (const Legacy &legacy : legacyVersions) {
        if (legacy.revision == m_revision)
            return legacy.version;
    }
    return modernVersion;
}

QJsonObject Era::initializeResult(const ServerInfo &server) const
{
    return {{u"protocolVersion"_s, version()},
            {u"capabilities"_s, server.capabilities},
            {u"serverInfo"_s, implementation(server)},
            {u"instructions"_s, server.instructions}};
}

QJsonObject Era::discoverResult(const ServerInfo &server) const
{
    return completeList(server,
                        {{u"supportedVersions"_s, QJsonArray::fromStringList(modernVersions())},
                         {u"capabilities"_s, server.capabilities},
                         {u"instructions"_s, server.instructions}});
}

QJsonObject Era::listToolsResult(const ServerInfo &server, const QList<Tool> &tools) const
{
    QJsonArray list;
    for (const Tool &tool : tools)
        list.append(toolToJson(tool));
    return completeList(server, {{u"tools"_s, list}});
}

QJsonObject Era::callToolResult(const ServerInfo &server, const ToolResult &result) const
{
    if (result.inputRequired && isModern()) {
        QJsonObject object = *result.inputRequired;
        object.insert(u"resultType"_s, u"input_required"_s);
        return complete(server, object);
    }
    const QJsonArray text{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, result.text}}};
    QJsonObject object{{u"content"_s, result.content.isEmpty() ? text : result.content}};
    if (result.structured && m_revision >= Revision::R2025_06_18)
        object.insert(u"structuredContent"_s, *result.structured);
    if (result.isError)
        object.insert(u"isError"_s, true);
    return complete(server, object);
}

QJsonObject Era::listResourcesResult(const ServerInfo &server,
                                     const QList<Resource> &resources) const
{
    QJsonArray list;
    for (const Resource &resource : resources)
        list.append(resourceToJson(resource));
    return completeList(server, {{u"resources"_s, list}});
}

QJsonObject Era::listResourceTemplatesResult(const ServerInfo &server) const
{
    return completeList(server, {{u"resourceTemplates"_s, QJsonArray{}}});
}

QJsonObject Era::readResourceResult(const ServerInfo &server, const Resource &resource,
                                    const QString &text) const
{
    const QJsonObject contents{
        {u"uri"_s, resource.uri}, {u"mimeType"_s, resource.mimeType}, {u"text"_s, text}};
    return complete(server, cacheable({{u"contents"_s, QJsonArray{contents}}}, keepContents));
}

WireError Era::resourceNotFound(const QString &uri) const
{
    return {.code = isModern() ? wire::invalidParams : wire::resourceNotFound,
            .message = u"unknown resource: %1"_s.arg(plainName(uri, 64)),
            .data = {{u"uri"_s, uri}}};
}

QJsonObject Era::toolToJson(const Tool &tool) const
{
    QJsonObject object{{u"name"_s, tool.name},
                       {u"description"_s, tool.description},
                       {u"inputSchema"_s, tool.inputSchema}};
    if (m_revision >= Revision::R2025_03_26) {
        // All four, always: the defaults call a tool destructive and open-world.
        QJsonObject annotations{{u"readOnlyHint"_s, tool.annotations.readOnly},
                                {u"destructiveHint"_s, tool.annotations.destructive},
                                {u"idempotentHint"_s, tool.annotations.idempotent},
                                {u"openWorldHint"_s, tool.annotations.openWorld}};
        if (m_revision < Revision::R2025_06_18) // later ones have it beside the name
            annotations.insert(u"title"_s, tool.title);
        object.insert(u"annotations"_s, annotations);
    }
    if (m_revision >= Revision::R2025_06_18) {
        object.insert(u"title"_s, tool.title);
        if (!tool.outputSchema.isEmpty())
            object.insert(u"outputSchema"_s, tool.outputSchema);
    }
    return object;
}

QJsonObject Era::resourceToJson(const Resource &resource) const
{
    QJsonObject object{{u"uri"_s, resource.uri},
                       {u"name"_s, resource.name},
                       {u"description"_s, resource.description},
                       {u"mimeType"_s, resource.mimeType}};
    if (m_revision >= Revision::R2025_06_18)
        object.insert(u"title"_s, resource.title);
    return object;
}

QJsonObject Era::progressParams(const QJsonValue &token, int step, const QString &message) const
{
    QJsonObject params{{u"progressToken"_s, token}, {u"progress"_s, step}};
    if (m_revision >= Revision::R2025_03_26)
        params.insert(u"message"_s, message);
    return params;
}

QJsonObject Era::acknowledgedParams(const QJsonValue &requestId, const QJsonObject &kept)
{
    return onStream({{u"notifications"_s, kept}}, requestId);
}

QJsonObject Era::onStream(QJsonObject params, const QJsonValue &requestId)
{
    params.insert(u"_meta"_s, QJsonObject{{QString(subscriptionKey), requestId}});
    return params;
}

QJsonObject Era::complete(const ServerInfo &server, QJsonObject result) const
{
    if (!isModern())
        return result;
    if (!result.contains("resultType"_L1))
        result.insert(u"resultType"_s, u"complete"_s);
    result.insert(u"_meta"_s, QJsonObject{{QString(serverInfoKey), implementation(server)}});
    return result;
}

QJsonObject Era::completeList(const ServerInfo &server, const QJsonObject &result) const
{
    return complete(server, cacheable(result, keepLists));
}

QJsonObject Era::cacheable(QJsonObject result, int milliseconds) const
{
    if (!isModern())
        return result;
    result.insert(u"ttlMs"_s, milliseconds);
    result.insert(u"cacheScope"_s, u"private"_s);
    return result;
}

QJsonObject Era::implementation(const ServerInfo &server) const
{
    QJsonObject object{{u"name"_s, server.name}, {u"version"_s, server.version}};
    if (m_revision >= Revision::R2025_06_18)
        object.insert(u"title"_s, server.title);
    return object;
}

} // namespace mcp
