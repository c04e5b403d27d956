// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/fixtures.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {

QString imageBase64()
{
    // A PNG of one transparent pixel.
    return u"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+"
           u"M9QDwADhgGAWjR9awAAAABJRU5E"
           "rkJggg=="_s;
}

QJsonObject imageContent()
{
    return {{u"type"_s, u"image"_s}, {u"data"_s, imageBase64()}, {u"mimeType"_s, u"image/png"_s}};
}

QJsonObject audioContent()
{
    // A WAV header for 8 kHz, mono, 8 bits, and no samples.
    return {{u"type"_s, u"audio"_s},
            {u"data"_s, u"UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="_s},
            {u"mimeType"_s, u"audio/wav"_s}};
}

QJsonObject textContent(const QString &text)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}};
}

QJsonObject userMessage(const QJsonObject &content)
{
    return {{u"role"_s, u"user"_s}, {u"content"_s, content}};
}

Tool plainTool(const QString &name, const QString &description,
               std::function<Async<ToolResult>(const RequestContextPtr &)> run)
{
    return {
        .name = name,
        .title = name,
        .description = description,
        .inputSchema = {{u"type"_s, u"object"_s},
                        {u"properties"_s, QJsonObject{}},
                        {u"additionalProperties"_s, false}},
        .annotations = {.readOnly = true, .destructive = false},
        .handler = [run = std::move(run)](const QJsonObject &, const RequestContextPtr &context) {
            return run(context);
        }};
}

Async<ToolResult> textResult(const QString &text)
{
    return readyAsync<ToolResult>(ToolResult{.text = text});
}

namespace {

QJsonObject resourceContent(const QString &uri, const QString &mimeType, const QString &text)
{
    return {{u"type"_s, u"resource"_s},
            {u"resource"_s,
             QJsonObject{{u"uri"_s, uri}, {u"mimeType"_s, mimeType}, {u"text"_s, text}}}};
}

Tool contentTool(const QString &name, const QString &description, const QJsonArray &content)
{
    return plainTool(name, description, [content](const RequestContextPtr &) {
        return readyAsync<ToolResult>(ToolResult{.content = content});
    });
}

// Keywords of JSON Schema 2020-12 that must survive a listing.
Tool schemaTool()
{
    Tool tool =
        plainTool(u"json_schema_2020_12_tool"_s, u"Tool with JSON Schema 2020-12 features"_s,
                  [](const RequestContextPtr &) { return textResult(u"listed"_s); });
    tool.inputSchema = QJsonDocument::fromJson(R"({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {"address": {"$anchor": "addressDef", "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
        "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
            "contactMethod": {"type": "string", "enum": ["phone", "email"]},
            "phone": {"type": "string"}, "email": {"type": "string"}},
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false})")
                           .object();
    return tool;
}

} // namespace

QList<Tool> contentTools()
{
    const QJsonArray mixed{textContent(u"Multiple content types test:"_s), imageContent(),
                           resourceContent(u"test://mixed-content-resource"_s,
                                           u"application/json"_s,
                                           u"{\"test\":\"data\",\"value\":123}"_s)};
    return {
        plainTool(u"test_simple_text"_s, u"Answers with one text."_s,
                  [](const RequestContextPtr &) {
                      return textResult(u"This is a simple text response for testing."_s);
                  }),
        contentTool(u"test_image_content"_s, u"Answers with an image."_s, {imageContent()}),
        contentTool(u"test_audio_content"_s, u"Answers with a sound."_s, {audioContent()}),
        contentTool(u"test_embedded_resource"_s, u"Answers with a resource."_s,
                    {resourceContent(u"test://embedded-resource"_s, u"text/plain"_s,
                                     u"This is an embedded resource content."_s)}),
        contentTool(u"test_multiple_content_types"_s, u"Answers with one of each."_s, mixed),
        plainTool(u"test_error_handling"_s, u"Always fails."_s,
                  [](const RequestContextPtr &) {
                      return readyAsync<ToolResult>(ToolResult{
                          .text = u"This tool intentionally returns an error for testing"_s,
                          .isError = true});
                  }),
        schemaTool(),
    };
}

} // namespace conformance
