// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/fixtures.h"
#include "tests/conformance/round_trip.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

struct Prompt
{
    QString name;
    QStringList arguments; // all required
    std::function<QJsonArray(const QJsonObject &arguments)> messages;
};

QList<Prompt> prompts()
{
    return {
        {u"test_simple_prompt"_s,
         {},
         [](const QJsonObject &) {
             return QJsonArray{userMessage(textContent(u"This is a simple prompt for testing."_s))};
         }},
        {u"test_prompt_with_arguments"_s,
         {u"arg1"_s, u"arg2"_s},
         [](const QJsonObject &arguments) {
             const QString text = u"Prompt with arguments: arg1='%1', arg2='%2'"_s.arg(
                 arguments.value("arg1"_L1).toString(), arguments.value("arg2"_L1).toString());
             return QJsonArray{userMessage(textContent(text))};
         }},
        {u"test_prompt_with_embedded_resource"_s,
         {u"resourceUri"_s},
         [](const QJsonObject &arguments) {
             const QJsonObject resource{{u"uri"_s, arguments.value("resourceUri"_L1)},
                                        {u"mimeType"_s, u"text/plain"_s},
                                        {u"text"_s, u"Embedded resource content for testing."_s}};
             return QJsonArray{
                 userMessage({{u"type"_s, u"resource"_s}, {u"resource"_s, resource}}),
                 userMessage(textContent(u"Please process the embedded resource above."_s))};
         }},
        {u"test_prompt_with_image"_s,
         {},
         [](const QJsonObject &) {
             return QJsonArray{userMessage(imageContent()),
                               userMessage(textContent(u"Please analyze the image above."_s))};
         }},
        {u"test_input_required_result_prompt"_s,
         {},
         [](const QJsonObject &) {
             return QJsonArray{userMessage(textContent(u"The context is known."_s))};
         }},
    };
}

Async<QJsonObject> list(const ServerInfo &server, const RequestContextPtr &context)
{
    QJsonArray all;
    for (const Prompt &prompt : prompts()) {
        QJsonArray arguments;
        for (const QString &name : prompt.arguments) {
            arguments.append(QJsonObject{{u"name"_s, name},
                                         {u"description"_s, u"Goes into the text."_s},
                                         {u"required"_s, true}});
        }
        QJsonObject one{{u"name"_s, prompt.name}, {u"description"_s, u"A fixture."_s}};
        if (!arguments.isEmpty())
            one.insert(u"arguments"_s, arguments);
        all.append(one);
    }
    return readyAsync<QJsonObject>(context->era.completeList(server, {{u"prompts"_s, all}}));
}

Async<QJsonObject> fail(const QString &text)
{
    return readyAsync<QJsonObject>(Error{.kind = Error::Kind::BadRequest, .detail = text});
}

Async<QJsonObject> get(const ServerInfo &server, const RequestContextPtr &context)
{
    const QString name = context->params.value("name"_L1).toString();
    const QJsonObject arguments = context->params.value("arguments"_L1).toObject();
    const QList<Prompt> all = prompts();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&name](const Prompt &one) { return one.name == name; });
    if (found == all.end())
        return fail(u"unknown prompt: "_s + name);
    for (const QString &argument : found->arguments) {
        if (!arguments.contains(argument))
            return fail(u"the prompt needs the argument "_s + argument);
    }
    if (context->era.isModern() && name == "test_input_required_result_prompt"_L1) {
        const QJsonObject properties{{u"context"_s, QJsonObject{{u"type"_s, u"string"_s}}}};
        const QJsonObject ask{
            {u"method"_s, u"elicitation/create"_s},
            {u"params"_s,
             form(u"What context should the prompt use?"_s, properties, {u"context"_s})}};
        const QJsonObject requests{{u"user_context"_s, ask}};
        const RoundTrip trip(*context);
        if (const auto problem = trip.problem())
            return readyAsync<QJsonObject>(*problem);
        if (!trip.hasAll(requests)) {
            QJsonObject asking = RoundTrip::inputRequired(requests);
            asking.insert(u"resultType"_s, u"input_required"_s);
            return readyAsync<QJsonObject>(context->era.complete(server, asking));
        }
    }
    return readyAsync<QJsonObject>(
        context->era.complete(server, {{u"messages"_s, found->messages(arguments)}}));
}

} // namespace

Methods promptMethods(const ServerInfo &server)
{
    return {
        {u"prompts/list"_s,
         {.handler = [server](const RequestContextPtr &context) { return list(server, context); }}},
        {u"prompts/get"_s,
         {.handler = [server](const RequestContextPtr &context) { return get(server, context); }}}};
}

} // namespace conformance
