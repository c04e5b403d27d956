// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Legacy tools that ask the client while they run.

#include "tests/conformance/fixtures.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {

QJsonObject form(const QString &message, const QJsonObject &properties, const QStringList &required)
{
    const QJsonObject schema{{u"type"_s, u"object"_s},
                             {u"properties"_s, properties},
                             {u"required"_s, QJsonArray::fromStringList(required)}};
    return {{u"message"_s, message}, {u"requestedSchema"_s, schema}};
}

namespace {

using Wording = std::function<QString(const QJsonObject &)>;

Async<ToolResult> ask(Surroundings *around, const RequestContextPtr &context,
                      const QString &capability, const QString &method, const QJsonObject &params,
                      const Wording &wording)
{
    if (context->era.isModern() || !context->clientCapabilities.contains(capability)) {
        return readyAsync<ToolResult>(
            ToolResult{.text = u"The client cannot be asked: it has no %1."_s.arg(capability),
                       .isError = true});
    }
    ClientRequests *client = around->client(context);
    return andThen(client->ask(method, params), client,
                   [wording](const QJsonObject &result) { return textResult(wording(result)); });
}

Wording outcomeAs(const QString &start)
{
    return [start](const QJsonObject &result) {
        const QJsonDocument content(result.value("content"_L1).toObject());
        return u"%1: action=%2, content=%3"_s.arg(
            start, result.value("action"_L1).toString(),
            QString::fromUtf8(content.toJson(QJsonDocument::Compact)));
    };
}

// A tool that shows one form.
Tool formTool(Surroundings *around, const QString &name, const QString &outcome,
              const QJsonObject &params)
{
    return plainTool(name, u"Asks the person with a form."_s,
                     [around, outcome, params](const RequestContextPtr &context) {
                         return ask(around, context, u"elicitation"_s, u"elicitation/create"_s,
                                    params, outcomeAs(outcome));
                     });
}

// A tool with one text as its argument.
Tool withText(Tool tool, const QString &argument,
              std::function<Async<ToolResult>(const QString &, const RequestContextPtr &)> run)
{
    tool.inputSchema = {
        {u"type"_s, u"object"_s},
        {u"properties"_s, QJsonObject{{argument, QJsonObject{{u"type"_s, u"string"_s}}}}},
        {u"required"_s, QJsonArray{argument}}};
    tool.handler = [argument, run = std::move(run)](const QJsonObject &arguments,
                                                    const RequestContextPtr &context) {
        return run(arguments.value(argument).toString(), context);
    };
    return tool;
}

QJsonObject parsed(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

QList<Tool> askingTools(Surroundings *around)
{
    const Tool sampling = withText(
        plainTool(u"test_sampling"_s, u"Asks the client's model."_s, {}), u"prompt"_s,
        [around](const QString &prompt, const RequestContextPtr &context) {
            const QJsonObject params{{u"messages"_s, QJsonArray{userMessage(textContent(prompt))}},
                                     {u"maxTokens"_s, 100}};
            return ask(around, context, u"sampling"_s, u"sampling/createMessage"_s, params,
                       [](const QJsonObject &result) {
                           return u"LLM response: "_s + result["content"_L1]["text"_L1].toString();
                       });
        });
    const QJsonObject person = parsed(R"({
        "username": {"type": "string", "description": "User's response"},
        "email": {"type": "string", "description": "User's email address"}})");
    const Tool elicitation =
        withText(plainTool(u"test_elicitation"_s, u"Asks the person."_s, {}), u"message"_s,
                 [around, person](const QString &message, const RequestContextPtr &context) {
                     return ask(around, context, u"elicitation"_s, u"elicitation/create"_s,
                                form(message, person, {u"username"_s, u"email"_s}),
                                outcomeAs(u"User response"_s));
                 });
    const QJsonObject defaults = parsed(R"({
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"],
                   "default": "active"},
        "verified": {"type": "boolean", "default": true}})");
    const QJsonObject choices = parsed(R"({
        "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
        "titledSingle": {"type": "string", "oneOf": [
            {"const": "value1", "title": "First Option"},
            {"const": "value2", "title": "Second Option"},
            {"const": "value3", "title": "Third Option"}]},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]},
        "untitledMulti": {"type": "array", "items": {"type": "string",
            "enum": ["option1", "option2", "option3"]}},
        "titledMulti": {"type": "array", "items": {"anyOf": [
            {"const": "value1", "title": "First Choice"},
            {"const": "value2", "title": "Second Choice"},
            {"const": "value3", "title": "Third Choice"}]}}})");
    return {
        sampling,
        elicitation,
        formTool(around, u"test_elicitation_sep1034_defaults"_s, u"Elicitation completed"_s,
                 form(u"Please review these values"_s, defaults, {})),
        formTool(around, u"test_elicitation_sep1330_enums"_s, u"Elicitation completed"_s,
                 form(u"Please choose"_s, choices, {})),
    };
}

} // namespace conformance
