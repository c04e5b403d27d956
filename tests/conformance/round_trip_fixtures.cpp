// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Modern tools that need an answer of the client before they can go on (MCP 2026-07-28, "Multi
// Round-Trip Requests"). Nothing is kept between the rounds but the sealed state.

#include "tests/conformance/fixtures.h"
#include "tests/conformance/round_trip.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

QJsonObject property(const QString &name, const QString &type)
{
    return {{name, QJsonObject{{u"type"_s, type}}}};
}

QJsonObject elicit(const QString &message, const QString &name, const QString &type = u"string"_s)
{
    return {{u"method"_s, u"elicitation/create"_s},
            {u"params"_s, form(message, property(name, type), {name})}};
}

QJsonObject sample(const QString &prompt, int maxTokens)
{
    const QJsonObject params{{u"messages"_s, QJsonArray{userMessage(textContent(prompt))}},
                             {u"maxTokens"_s, maxTokens}};
    return {{u"method"_s, u"sampling/createMessage"_s}, {u"params"_s, params}};
}

QJsonObject listRoots()
{
    return {{u"method"_s, u"roots/list"_s}, {u"params"_s, QJsonObject{}}};
}

const QJsonObject needsElicitation{{u"elicitation"_s, QJsonObject{}}};

Tool needing(Tool tool, const QJsonObject &needs)
{
    tool.needs = needs;
    return tool;
}

// A tool of one round: asks, and words what came back.
Tool oneRound(const QString &name, const QJsonObject &requests, const QJsonObject &needs,
              const std::function<QString(const RoundTrip &)> &wording)
{
    return needing(plainTool(name, u"Asks before it answers."_s,
                             [requests, wording](const RequestContextPtr &context) {
                                 const RoundTrip trip(*context);
                                 if (const auto problem = trip.problem())
                                     return readyAsync<ToolResult>(*problem);
                                 return trip.hasAll(requests) ? textResult(wording(trip))
                                                              : RoundTrip::ask(requests);
                             }),
                   needs);
}

// Likewise, and goes on only with the state that it gave out.
Tool oneRoundWithState(Surroundings *around, const QString &name, const QJsonObject &requests,
                       const QJsonObject &needs, const QString &text)
{
    return needing(plainTool(name, u"Asks before it answers, and checks its state."_s,
                             [around, name, requests, text](const RequestContextPtr &context) {
                                 const RoundTrip trip(*context);
                                 if (const auto problem = trip.problem())
                                     return readyAsync<ToolResult>(*problem);
                                 if (!trip.hasState())
                                     return RoundTrip::ask(requests, around->state.seal(name));
                                 if (!around->state.isSealed(trip.state(), name))
                                     return readyAsync<ToolResult>(RoundTrip::foreignState());
                                 return trip.hasAll(requests)
                                     ? textResult(text)
                                     : RoundTrip::ask(requests, trip.state());
                             }),
                   needs);
}

Async<ToolResult> twoRounds(Surroundings *around, const RequestContextPtr &context)
{
    const QJsonObject first{{u"step1"_s, elicit(u"Step 1: What is your name?"_s, u"name"_s)}};
    const QJsonObject second{
        {u"step2"_s, elicit(u"Step 2: What is your favorite color?"_s, u"color"_s)}};
    const QString afterFirst = u"multi_round/1"_s;
    const QString afterSecond = u"multi_round/2"_s;
    const RoundTrip trip(*context);
    if (const auto problem = trip.problem())
        return readyAsync<ToolResult>(*problem);
    if (!trip.hasState())
        return RoundTrip::ask(first, around->state.seal(afterFirst));
    if (around->state.isSealed(trip.state(), afterFirst)) {
        return trip.hasAll(first) ? RoundTrip::ask(second, around->state.seal(afterSecond))
                                  : RoundTrip::ask(first, trip.state());
    }
    if (!around->state.isSealed(trip.state(), afterSecond))
        return readyAsync<ToolResult>(RoundTrip::foreignState());
    return trip.hasAll(second) ? textResult(u"Both rounds are done"_s)
                               : RoundTrip::ask(second, trip.state());
}

// Asks only for what the client can do.
Async<ToolResult> askWhatIsDeclared(const RequestContextPtr &context)
{
    QJsonObject requests;
    if (context->clientCapabilities.contains("sampling"_L1))
        requests.insert(u"greeting"_s, sample(u"Generate a greeting"_s, 50));
    if (context->clientCapabilities.contains("elicitation"_L1))
        requests.insert(u"user_name"_s, elicit(u"What is your name?"_s, u"name"_s));
    const RoundTrip trip(*context);
    if (const auto problem = trip.problem())
        return readyAsync<ToolResult>(*problem);
    return trip.hasAll(requests) ? textResult(u"Done"_s) : RoundTrip::ask(requests);
}

} // namespace

QList<Tool> roundTripTools(Surroundings *around)
{
    const QJsonObject askName{{u"user_name"_s, elicit(u"What is your name?"_s, u"name"_s)}};
    const QJsonObject askCapital{
        {u"capital_question"_s, sample(u"What is the capital of France?"_s, 100)}};
    const QJsonObject askRoots{{u"client_roots"_s, listRoots()}};
    const QJsonObject askToConfirm{
        {u"confirm"_s, elicit(u"Please confirm"_s, u"ok"_s, u"boolean"_s)}};
    const QJsonObject askThree{{u"user_name"_s, elicit(u"What is your name?"_s, u"name"_s)},
                               {u"greeting"_s, sample(u"Generate a greeting"_s, 50)},
                               {u"client_roots"_s, listRoots()}};
    const QJsonObject askInput{{u"user_input"_s, elicit(u"Please type"_s, u"text"_s)}};
    const QJsonObject needsSampling{{u"sampling"_s, QJsonObject{}}};
    const QJsonObject needsRoots{{u"roots"_s, QJsonObject{}}};
    const QJsonObject needsThree{{u"elicitation"_s, QJsonObject{}},
                                 {u"sampling"_s, QJsonObject{}},
                                 {u"roots"_s, QJsonObject{}}};
    return {
        oneRound(u"test_input_required_result_elicitation"_s, askName, needsElicitation,
                 [](const RoundTrip &trip) {
                     return u"Hello, %1!"_s.arg(trip.content(u"user_name"_s)["name"_L1].toString());
                 }),
        oneRound(u"test_input_required_result_sampling"_s, askCapital, needsSampling,
                 [](const RoundTrip &trip) {
                     return trip.content(u"capital_question"_s)["text"_L1].toString();
                 }),
        oneRound(u"test_input_required_result_list_roots"_s, askRoots, needsRoots,
                 [](const RoundTrip &trip) {
                     QStringList names;
                     const QJsonArray roots =
                         trip.answer(u"client_roots"_s).value("roots"_L1).toArray();
                     for (const auto &root : roots)
                         names.append(root["name"_L1].toString());
                     return u"Roots: "_s + names.join(u", "_s);
                 }),
        oneRoundWithState(around, u"test_input_required_result_request_state"_s, askToConfirm,
                          needsElicitation, u"state-ok"_s),
        oneRoundWithState(around, u"test_input_required_result_tampered_state"_s, askToConfirm,
                          needsElicitation, u"state-ok"_s),
        oneRoundWithState(around, u"test_input_required_result_multiple_inputs"_s, askThree,
                          needsThree, u"All three are there"_s),
        needing(plainTool(u"test_input_required_result_multi_round"_s, u"Asks twice."_s,
                          [around](const RequestContextPtr &context) {
                              return twoRounds(around, context);
                          }),
                needsElicitation),
        plainTool(u"test_input_required_result_capabilities"_s,
                  u"Asks for what the client can do."_s, &askWhatIsDeclared),
        oneRound(u"test_streaming_elicitation"_s, askInput, needsElicitation,
                 [](const RoundTrip &) { return u"Thank you"_s; }),
        needing(plainTool(u"test_missing_capability"_s, u"Needs the client's model."_s,
                          [](const RequestContextPtr &) { return textResult(u"Not missing"_s); }),
                needsSampling),
    };
}

} // namespace conformance
