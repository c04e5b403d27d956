// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fuzz/relay_model.h"

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/read_json.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

constexpr int batchLimit = 256;

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

bool isHandshake(const QString &method)
{
    return method == "initialize"_L1 || method == "notifications/initialized"_L1;
}

constexpr auto versionWithBatches = "2025-03-26"_L1;

bool isStream(const Request &request, bool isBatch)
{
    return request.method == "subscriptions/listen"_L1 && !isBatch;
}

// Whether the client, or a new tray process, may see the line again.
bool mayBeRepeated(const ParsedLine &parsed)
{
    const Message &message = parsed.messages.first();
    const auto *request = std::get_if<Request>(&message);
    const auto *notification = std::get_if<Notification>(&message);
    return !parsed.isBatch
        && ((request && (isHandshake(request->method) || isStream(*request, false)))
            || (notification && isHandshake(notification->method))
            // A handshake with a mistake is one to the relay.
            || std::holds_alternative<Invalid>(message));
}

} // namespace

void FakeTray::receive(std::string_view bytes)
{
    m_framer.append(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    while (const auto frame = m_framer.next())
        receiveLine(frame->line);
}

void FakeTray::receiveLine(const QByteArray &line)
{
    m_lines.append(line);
    const ParsedLine parsed = parseLine(line);
    Call call{.ids = {}, .isBatch = parsed.isBatch};
    QJsonArray now;
    if (parsed.messages.size() > batchLimit || (parsed.isBatch && !m_allowsBatches))
        return write(errorMessage(QJsonValue::Undefined, {}));
    for (const Message &message : parsed.messages) {
        if (const auto *request = std::get_if<Request>(&message)) {
            const bool isKnown =
                std::any_of(call.ids.begin(), call.ids.end(),
                            [&](const QJsonValue &id) { return idKey(id) == idKey(request->id); });
            if (isKnown || isInFlight(request->id))
                now.append(errorMessage(request->id, {}));
            else if (request->method == "initialize"_L1)
                now.append(agree(*request, parsed.isBatch));
            else if (isStream(*request, parsed.isBatch))
                open(request->id);
            else
                call.ids.append(request->id);
        } else if (const auto *invalid = std::get_if<Invalid>(&message)) {
            now.append(errorMessage(invalid->id, invalid->error));
        } else if (const auto *notification = std::get_if<Notification>(&message)) {
            if (notification->method == "notifications/cancelled"_L1)
                cancel(notification->params["requestId"_L1]);
        }
    }
    if (!call.ids.isEmpty())
        m_calls.append(call);
    if (!parsed.isBatch && !now.isEmpty())
        write(now.first().toObject());
    else if (!now.isEmpty())
        say(viewOf(QJsonDocument(now).toJson(QJsonDocument::Compact)));
}

void FakeTray::answer(std::size_t n)
{
    if (m_calls.isEmpty())
        return;
    const Call call = m_calls.takeAt(qsizetype(n % std::size_t(m_calls.size())));
    if (!call.isBatch)
        return write(resultMessage(call.ids.first(), {}));
    QJsonArray answers;
    for (const QJsonValue &id : call.ids)
        answers.append(resultMessage(id, {}));
    say(viewOf(QJsonDocument(answers).toJson(QJsonDocument::Compact)));
}

void FakeTray::restart()
{
    *this = {};
}

QJsonObject FakeTray::agree(const Request &request, bool isBatch)
{
    const QJsonValue version = request.params["protocolVersion"_L1];
    if (isBatch || !version.isString())
        return errorMessage(request.id, {});
    m_allowsBatches = version == versionWithBatches;
    return resultMessage(request.id,
                         {{u"protocolVersion"_s, m_allowsBatches ? version : QJsonValue(u""_s)}});
}

void FakeTray::open(const QJsonValue &id)
{
    m_streams.append(idKey(id));
    write(notificationMessage(
        u"notifications/subscriptions/acknowledged"_s,
        {{u"_meta"_s, QJsonObject{{u"io.modelcontextprotocol/subscriptionId"_s, id}}}}));
}

bool FakeTray::isInFlight(const QJsonValue &id) const
{
    return m_streams.contains(idKey(id))
        || std::any_of(m_calls.begin(), m_calls.end(), [&id](const Call &call) {
               return std::any_of(call.ids.begin(), call.ids.end(), [&id](const QJsonValue &other) {
                   return idKey(other) == idKey(id);
               });
           });
}

void FakeTray::cancel(const QJsonValue &id)
{
    if (!id.isString() && !id.isDouble())
        return;
    m_streams.removeAll(idKey(id));
    for (Call &call : m_calls)
        call.ids.removeIf([&id](const QJsonValue &other) { return idKey(other) == idKey(id); });
    m_calls.removeIf([](const Call &call) { return call.ids.isEmpty(); });
}

void FakeTray::write(const QJsonObject &answer)
{
    say(viewOf(QJsonDocument(answer).toJson(QJsonDocument::Compact)));
}

void ClientLedger::hasWritten(std::string_view bytes)
{
    m_framer.append(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    while (const auto frame = m_framer.next())
        takeLine(frame->line);
}

void ClientLedger::takeLine(const QByteArray &line)
{
    const ParsedLine parsed = parseLine(line);
    m_undelivered[line] += mayBeRepeated(parsed) ? 1'000'000 : 1;
    if (parsed.messages.size() > batchLimit)
        return;
    const QJsonDocument document = fuzz::readJson(viewOf(line));
    for (qsizetype i = 0; i < parsed.messages.size(); ++i) {
        takeEntry(parsed.isBatch ? document.array()[i].toObject() : document.object(),
                  parsed.messages[i], parsed.isBatch);
    }
}

void ClientLedger::takeEntry(const QJsonObject &entry, const Message &message, bool isBatch)
{
    const bool mayBeRefused =
        isBatch && (!m_hasBatches || m_handshakes != 1 || !areHandshakesClear());
    const QJsonValue own = entry["id"_L1];
    if (own.isString() || own.isDouble()) {
        ++m_uses[idKey(own)];
        if (entry["method"_L1] == "initialize"_L1)
            m_handshakeKeys.insert(idKey(own));
    }
    m_handshakes += entry["method"_L1] == "initialize"_L1 ? 1 : 0;
    if (const auto *request = std::get_if<Request>(&message)) {
        Count &count = m_counts[{idKey(request->id), isBatch}];
        // A stream has no end of its own; there may be an answer that refuses or ends it. A batch
        // may be refused as a whole.
        const bool opens = isStream(*request, isBatch);
        ++(opens || mayBeRefused ? count.possible : count.owed);
        m_unacknowledged[idKey(request->id)] += opens ? 1 : 0;
        count.handshakes += request->method == "initialize"_L1 ? 1 : 0;
    } else if (const auto *invalid = std::get_if<Invalid>(&message)) {
        if (!invalid->id.isUndefined()) {
            Count &count = m_counts[{idKey(invalid->id), isBatch}];
            ++(entry["method"_L1].isString() && !mayBeRefused ? count.owed : count.possible);
        }
    }
    // Acknowledgements come in order, so a message with a mistake and the id of a stream can make
    // the relay take one for another's; then both the end and the refusal may be an answer.
    if (entry["method"_L1] == "subscriptions/listen"_L1 && !isBatch
        && !entry["id"_L1].isUndefined())
        ++m_counts[{idKey(entry["id"_L1]), isBatch}].possible;
    // Also where the notification has a mistake: the client does not wait any longer.
    const QJsonValue id = entry["params"_L1]["requestId"_L1];
    if (entry["method"_L1] != "notifications/cancelled"_L1 || !(id.isString() || id.isDouble()))
        return;
    for (const bool inBatch : {false, true})
        ++m_counts[{idKey(id), inBatch}].cancelled;
}

void ClientLedger::hasRead(std::string_view lines)
{
    fuzz::require(lines.empty() || lines.back() == '\n', "half a line goes to the client", lines);
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(line.size() + 1);
        const QJsonDocument document = fuzz::readJson(line);
        if (document["method"_L1] == "notifications/subscriptions/acknowledged"_L1)
            takeAcknowledgement(document.object());
        else if (document.isObject())
            takeAnswer(document.object(), false);
        fuzz::require(!document.isArray() || !document.array().isEmpty(), "an empty batch is sent");
        for (const auto &answer : document.array())
            takeAnswer(answer.toObject(), true);
    }
}

void ClientLedger::takeAnswer(const QJsonObject &answer, bool isBatch)
{
    const QJsonValue id = answer["id"_L1];
    if (id.isUndefined())
        return;
    Count &count = m_counts[{idKey(id), isBatch}];
    ++count.answered;
    const QJsonValue agreed = answer["result"_L1]["protocolVersion"_L1];
    m_hasBatches = m_hasBatches || agreed == versionWithBatches;
    count.greeted += agreed.isString() ? 1 : 0;
    fuzz::require(count.greeted <= count.handshakes, "a call is answered as a handshake",
                  idKey(id).toStdString());
    fuzz::require(count.answered <= count.owed + count.possible,
                  "a call is answered twice, or in a batch of its own", idKey(id).toStdString());
}

void ClientLedger::takeAcknowledgement(const QJsonObject &notification)
{
    const QString key =
        idKey(notification["params"_L1]["_meta"_L1]["io.modelcontextprotocol/subscriptionId"_L1]);
    fuzz::require(--m_unacknowledged[key] >= 0, "a stream is acknowledged twice",
                  key.toStdString());
}

void ClientLedger::wasDelivered(const QByteArray &line)
{
    fuzz::require(--m_undelivered[line] >= 0,
                  "the tray process gets a line twice, or one that the client did not write",
                  viewOf(line));
}

bool ClientLedger::areHandshakesClear() const
{
    return std::all_of(m_handshakeKeys.begin(), m_handshakeKeys.end(),
                       [this](const QString &key) { return m_uses.value(key) == 1; });
}

bool ClientLedger::isOwed() const
{
    return std::any_of(m_counts.begin(), m_counts.end(), [](const Count &count) {
        return count.answered + count.cancelled < count.owed;
    });
}
