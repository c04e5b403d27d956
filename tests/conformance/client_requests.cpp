// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/client_requests.h"

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {

ClientRequests::ClientRequests(Session *session)
    : QObject(session)
    , m_session(session)
{
    connect(session, &Session::responseReceived, this, &ClientRequests::take);
}

Async<QJsonObject> ClientRequests::ask(const QString &method, const QJsonObject &params)
{
    const QString id = u"server-%1"_s.arg(++m_lastId);
    const Promised<QJsonObject> answer;
    m_open.insert(idKey(id), answer);
    m_session->send(
        {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}});
    return answer.future();
}

void ClientRequests::take(const Response &response)
{
    const QString key = idKey(response.id);
    if (!m_open.contains(key))
        return;
    const Promised<QJsonObject> answer = m_open.take(key);
    if (response.object.contains("result"_L1))
        answer.answer(response.object.value("result"_L1).toObject());
    else
        answer.answer(Error{.kind = Error::Kind::Denied,
                            .detail = response.object["error"_L1]["message"_L1].toString()});
}

} // namespace conformance
