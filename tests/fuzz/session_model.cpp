// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fuzz/session_model.h"

#include "mcp/protocol/session.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/read_json.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

QString keyOf(const QJsonValue &id)
{
    return id.isUndefined() ? QString() : idKey(id);
}

void require(bool holds, std::string_view reason, const QByteArray &line)
{
    fuzz::require(holds, reason, {line.constData(), std::size_t(line.size())});
}

} // namespace

void SessionModel::willReceive(const QByteArray &line)
{
    const ParsedLine parsed = parseLine(line);
    if (!parsed.isBatch)
        return take(parsed.messages.first(), 0);
    const bool isAllowed = m_legacy && m_legacy->allowsBatches();
    if (!isAllowed || parsed.messages.size() > Session::inFlightLimit)
        return willRefuse();
    ++m_batches;
    for (const Message &message : parsed.messages)
        take(message, m_batches);
}

void SessionModel::willRefuse()
{
    owe({}, 0);
}

void SessionModel::owe(const QString &key, quint64 batch)
{
    m_dues.push_back({++m_numbers, key, State::Answerable, batch, false, {}, false});
}

void SessionModel::take(const Message &message, quint64 batch)
{
    if (const auto *request = std::get_if<Request>(&message)) {
        takeRequest(*request, batch);
    } else if (const auto *notification = std::get_if<Notification>(&message)) {
        if (notification->method == "notifications/cancelled"_L1)
            cancel(notification->params["requestId"_L1]);
    } else if (const auto *invalid = std::get_if<Invalid>(&message)) {
        owe(keyOf(invalid->id), batch);
    }
}

void SessionModel::takeRequest(const Request &request, quint64 batch)
{
    if (!begins(request, batch))
        return owe(keyOf(request.id), batch);
    const bool isStream = request.method == "subscriptions/listen"_L1;
    const QJsonValue filter = request.params["notifications"_L1];
    m_dues.push_back({++m_numbers, keyOf(request.id), State::InFlight, batch, isStream,
                      request.params["_meta"_L1]["progressToken"_L1],
                      filter["toolsListChanged"_L1].toBool()});
    if (!isStream)
        m_accepted.push_back(m_numbers);
}

void SessionModel::cancel(const QJsonValue &id)
{
    if (!id.isString() && !id.isDouble())
        return;
    m_dues.remove_if([key = keyOf(id)](const Due &due) {
        return due.key == key && due.state != State::Answerable;
    });
}

// Whether the session begins a call that is answered later; anything else it answers at once.
bool SessionModel::begins(const Request &request, quint64 batch)
{
    const QJsonObject &params = request.params;
    if (isInFlight(keyOf(request.id)))
        return false;
    const bool isModern = Era::isModernRequest(params);
    if (request.method == "initialize"_L1 && !isModern) {
        if (batch == 0 && params["protocolVersion"_L1].isString())
            m_legacy = Era::negotiate(params["protocolVersion"_L1].toString());
        return false;
    }
    if (isModern ? batch != 0 || Era::modernMetaProblem(params).has_value() : !m_legacy)
        return false;
    bool isCall = false;
    if (request.method == "tools/call"_L1) {
        const QJsonValue arguments = params["arguments"_L1];
        isCall = QStringList{u"Now"_s, u"Fail"_s, u"Wait"_s, u"Obey"_s}.contains(
                     params["name"_L1].toString())
            && (arguments.isObject() || arguments.isUndefined() || arguments.isNull());
    } else if (request.method == "resources/read"_L1) {
        isCall = params["uri"_L1] == "graph://wait"_L1;
    } else if (request.method == "subscriptions/listen"_L1) {
        isCall = isModern && params["notifications"_L1].isObject();
    }
    return isCall && inFlight() < Session::inFlightLimit;
}

quint64 SessionModel::takeAccepted()
{
    fuzz::require(!m_accepted.empty(), "the session begins a call that nobody made");
    const quint64 due = m_accepted.front();
    m_accepted.pop_front();
    return due;
}

void SessionModel::willEnd(quint64 number)
{
    for (Due &due : m_dues) {
        if (due.number == number && due.state == State::InFlight)
            due.state = State::Ending;
    }
}

void SessionModel::willSpin()
{
    for (Due &due : m_dues) {
        if (due.state == State::Ending)
            due.state = State::Answerable;
    }
}

void SessionModel::hasWritten(const QByteArray &line)
{
    require(!line.contains('\n') && !line.contains('\r'), "more than one line is written", line);
    const QJsonDocument document = fuzz::readJson({line.constData(), std::size_t(line.size())});
    require(!document.isNull(), "no JSON is written", line);
    if (document.isArray())
        takeAnswers(document.array());
    else if (document["method"_L1].isUndefined())
        takeAnswer(document.object());
    else
        takeNotification(document.object());
}

void SessionModel::takeNotification(const QJsonObject &notification)
{
    const QByteArray line = QJsonDocument(notification).toJson(QJsonDocument::Compact);
    require(notification["jsonrpc"_L1] == "2.0"_L1 && !notification.contains("id"_L1),
            "what is sent is no notification", line);
    const QJsonObject params = notification["params"_L1].toObject();
    bool isKnown = false;
    if (notification["method"_L1] == "notifications/progress"_L1) {
        const QJsonValue token = params["progressToken"_L1];
        isKnown = std::any_of(m_dues.begin(), m_dues.end(), [&token](const Due &due) {
            return due.state != State::Answerable && due.token == token;
        });
    } else if (notification["method"_L1] == "notifications/subscriptions/acknowledged"_L1) {
        const QJsonValue id =
            params["_meta"_L1].toObject()["io.modelcontextprotocol/subscriptionId"_L1];
        isKnown = std::any_of(m_dues.begin(), m_dues.end(), [&id](const Due &due) {
            return due.isStream && due.key == keyOf(id);
        });
    } else if (notification["method"_L1] == "notifications/tools/list_changed"_L1) {
        const QJsonValue id =
            params["_meta"_L1].toObject().value("io.modelcontextprotocol/subscriptionId"_L1);
        isKnown = m_hasChanged
            && (id.isUndefined() ? m_legacy.has_value()
                                 : std::any_of(m_dues.begin(), m_dues.end(), [&id](const Due &due) {
                                       return due.wantsTools && due.key == keyOf(id);
                                   }));
    }
    require(isKnown, "a notification about nothing is sent", line);
}

void SessionModel::takeAnswer(const QJsonObject &answer)
{
    const QByteArray line = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    require(answer["jsonrpc"_L1] == "2.0"_L1
                && answer.contains("result"_L1) != answer.contains("error"_L1),
            "what is sent is no answer", line);
    const auto found =
        std::find_if(m_dues.begin(), m_dues.end(), [key = keyOf(answer["id"_L1])](const Due &due) {
            return due.key == key && due.batch == 0 && due.state == State::Answerable;
        });
    require(found != m_dues.end(), "an answer comes twice, too early or to nobody", line);
    m_dues.erase(found);
}

void SessionModel::takeAnswers(const QJsonArray &answers)
{
    const QByteArray line = QJsonDocument(answers).toJson(QJsonDocument::Compact);
    QStringList keys;
    for (const auto &answer : answers) {
        require(answer["result"_L1].isUndefined() != answer["error"_L1].isUndefined(),
                "what is sent in a batch is no answer", line);
        keys.append(keyOf(answer["id"_L1]));
    }
    keys.sort();
    for (const Due &first : m_dues) {
        const quint64 batch = first.batch;
        if (batch == 0 || isBatchOpen(batch))
            continue;
        QStringList due;
        for (const Due &other : m_dues) {
            if (other.batch == batch)
                due.append(other.key);
        }
        due.sort();
        if (due != keys)
            continue;
        m_dues.remove_if([batch](const Due &other) { return other.batch == batch; });
        return;
    }
    require(false, "a batch is answered twice, too early or not as a whole", line);
}

bool SessionModel::isBatchOpen(quint64 batch) const
{
    return std::any_of(m_dues.begin(), m_dues.end(), [batch](const Due &due) {
        return due.batch == batch && due.state != State::Answerable;
    });
}

bool SessionModel::isInFlight(const QString &key) const
{
    return std::any_of(m_dues.begin(), m_dues.end(), [&key](const Due &due) {
        return due.key == key && due.state != State::Answerable;
    });
}

void SessionModel::requireNothingOverdue() const
{
    for (const Due &due : m_dues) {
        fuzz::require(due.state != State::Answerable || (due.batch != 0 && isBatchOpen(due.batch)),
                      "an answer does not come", due.key.toStdString());
    }
    fuzz::require(m_accepted.empty(), "a call does not begin");
}

void SessionModel::requireAllAnswered() const
{
    for (const Due &due : m_dues)
        fuzz::require(due.isStream, "a request is never answered", due.key.toStdString());
}

int SessionModel::inFlight() const
{
    return int(std::count_if(m_dues.begin(), m_dues.end(),
                             [](const Due &due) { return due.state != State::Answerable; }));
}

int SessionModel::openStreams() const
{
    return int(
        std::count_if(m_dues.begin(), m_dues.end(), [](const Due &due) { return due.isStream; }));
}

bool SessionModel::isOpen(quint64 number) const
{
    return std::any_of(m_dues.begin(), m_dues.end(),
                       [number](const Due &due) { return due.number == number; });
}
