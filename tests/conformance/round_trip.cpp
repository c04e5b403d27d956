// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/round_trip.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

Error badRequest(const QString &text)
{
    return {.kind = Error::Kind::BadRequest, .detail = text};
}

} // namespace

RoundTrip::RoundTrip(const RequestContext &context)
    : m_responses(context.params.value("inputResponses"_L1))
    , m_state(context.params.value("requestState"_L1))
{
}

std::optional<Error> RoundTrip::problem() const
{
    if (!hasState() || m_state.isString()) {
        if (m_responses.isUndefined())
            return std::nullopt;
        if (!m_responses.isObject())
            return badRequest(u"params.inputResponses is not an object"_s);
        const QJsonObject responses = m_responses.toObject();
        for (auto one = responses.begin(); one != responses.end(); ++one) {
            if (!one->isObject())
                return badRequest(u"params.inputResponses holds what is not an object"_s);
        }
        return std::nullopt;
    }
    return badRequest(u"params.requestState is not a string"_s);
}

bool RoundTrip::hasAll(const QJsonObject &requests) const
{
    const QJsonObject responses = m_responses.toObject();
    for (auto one = requests.begin(); one != requests.end(); ++one) {
        if (!responses.contains(one.key()))
            return false;
    }
    return true;
}

QJsonObject RoundTrip::answer(const QString &key) const
{
    return m_responses.toObject().value(key).toObject();
}

QJsonObject RoundTrip::content(const QString &key) const
{
    return answer(key).value("content"_L1).toObject();
}

QJsonObject RoundTrip::inputRequired(const QJsonObject &requests, const QString &state)
{
    QJsonObject object{{u"inputRequests"_s, requests}};
    if (!state.isEmpty())
        object.insert(u"requestState"_s, state);
    return object;
}

Async<ToolResult> RoundTrip::ask(const QJsonObject &requests, const QString &state)
{
    return readyAsync<ToolResult>(ToolResult{.inputRequired = inputRequired(requests, state)});
}

Error RoundTrip::foreignState()
{
    return badRequest(u"params.requestState is not what this server gave out"_s);
}

} // namespace conformance
