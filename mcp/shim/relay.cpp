// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/relay.h"

#include "mcp/link/flat_json.h"
#include "mcp/shim/canonical_id.h"

#include <algorithm>

namespace {

constexpr std::string_view lostText =
    "Graph Valet: connection lost, outcome unknown; if this call changes something, check before "
    "repeating";
constexpr std::string_view endText =
    "Graph Valet: the client closed its end before the answer came, outcome unknown; if this call "
    "changes something, check before repeating";

std::string errorAnswer(std::string_view rawId, std::string_view why)
{
    std::string text = "{\"jsonrpc\":\"2.0\",";
    // Without an id that JSON-RPC allows the answer has none either, as the tray process does it.
    if (!rawId.empty())
        text.append("\"id\":").append(rawId).append(",");
    return text + "\"error\":{\"code\":-32603,\"message\":" + valet_link::jsonQuoted(why) + "}}";
}

// One line; the answers to a batch are a batch (MCP 2025-03-26, "Batching").
std::string answerLine(const std::vector<std::string> &rawIds, bool isBatch, std::string_view why)
{
    std::string line(isBatch ? "[" : "");
    for (const std::string &rawId : rawIds) {
        if (line.size() > 1)
            line.push_back(',');
        line += errorAnswer(rawId, why);
    }
    return line + (isBatch ? "]\n" : "\n");
}

bool isRemembered(const ScannedMessage &message)
{
    return message.method == "initialize" || message.method == "notifications/initialized"
        || message.method == "subscriptions/listen";
}

// Enough of the answer to a handshake to see what was agreed on.
constexpr std::size_t answerStart = 16 * 1024;

} // namespace

std::size_t Relay::roomForClient() const
{
    // Refusals are answers too: a client that does not read them is not read either. What the tray
    // process takes goes on, or a client that writes much before it reads would wait for ever.
    const bool isPassedOn = m_isUp && m_fate == Fate::Sent;
    if (!isPassedOn && m_answers.size() >= answerQueueLimit)
        return 0;
    return clientQueueLimit - std::min(clientQueueLimit, m_queue.size());
}

bool Relay::needsTray() const
{
    if (m_isUp)
        return false;
    return !m_calls.isEmpty() || m_queue.size() >= clientQueueLimit
        || m_queue.view().find('\n') != std::string_view::npos;
}

void Relay::fromClient(std::string_view bytes)
{
    m_queue.append(bytes);
    if (m_fate != Fate::Sent) {
        const std::size_t end = m_queue.view().find('\n');
        takeQueue(end == std::string_view::npos ? m_queue.size() : end + 1, m_fate);
    }
    if (!m_isUp)
        dropWhatNeedsNoTray();
}

void Relay::clientEnded()
{
    const std::string_view queued = m_queue.view();
    const bool isCut = queued.empty() ? m_clientScanner.isInsideLine() : queued.back() != '\n';
    if (isCut)
        fromClient("\n");
    m_hasClientEnded = true;
    m_answers.appendLines(m_subscriptions.endAll());
}

std::string_view Relay::toTray() const
{
    if (!m_isUp)
        return {};
    if (m_replaySent < m_replay.size())
        return std::string_view(m_replay).substr(m_replaySent);
    return m_calls.isFull() ? std::string_view() : m_queue.view();
}

void Relay::sentToTray(std::size_t count)
{
    if (m_replaySent < m_replay.size()) {
        m_replaySent += count;
        if (m_replaySent == m_replay.size()) {
            m_replay = {};
            m_replaySent = 0;
        }
        return;
    }
    takeQueue(count, Fate::Sent);
}

void Relay::takeQueue(std::size_t count, Fate fate)
{
    std::string_view bytes = m_queue.view().substr(0, count);
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        m_clientScanner.feed(part);
        if (m_capturing) {
            const ScannedMessage &message = m_clientScanner.current();
            const bool isOther = message.hasMethod && !isRemembered(message);
            m_capturing = !isOther && m_captured.size() + part.size() <= rememberLimit;
            m_captured.append(m_capturing ? part : std::string_view());
        }
        if (end == std::string_view::npos)
            break;
        takeLine(fate);
        bytes.remove_prefix(end + 1);
    }
    m_queue.drop(count);
}

void Relay::takeLine(Fate fate)
{
    const std::size_t size = m_clientScanner.size();
    const std::vector<ScannedMessage> &messages = m_clientScanner.finish();
    const bool isBatch = m_clientScanner.isBatch();
    const unsigned batch = isBatch ? ++m_batches : 0;
    const bool isRefused = isRefusedBatch();
    if (fate == Fate::Sent && messages.size() == 1 && !isBatch)
        remember();
    if (fate == Fate::Sent && m_isUp && (isRefused || drawsAnswerWithoutId(messages, size)))
        ++m_refusalsDue;
    std::vector<std::string> unanswered;
    for (const ScannedMessage &message : messages) {
        if (message.isNotification() && message.method == "notifications/cancelled"
            && message.cancelled.isUsable()) {
            if (!m_calls.remove(message.cancelled.raw, false))
                m_calls.remove(message.cancelled.raw, true);
            m_subscriptions.cancelled(message.cancelled.raw);
        }
        if (!message.hasMethod || message.id.kind == MessageId::Kind::None)
            continue;
        if (fate != Fate::Sent)
            unanswered.push_back(message.id.isUsable() ? message.id.raw : std::string());
        else if (message.isRequest() && !message.id.raw.empty() && size <= lineLimit && !isRefused)
            m_calls.add(message.id.raw, batch);
    }
    if (!unanswered.empty()) {
        const std::string_view why = fate == Fate::Lost ? lostText : std::string_view(m_refusal);
        m_answers.appendLines(answerLine(unanswered, isBatch, why));
    }
    m_clientScanner.reset();
    m_captured.clear();
    m_capturing = true;
    m_fate = Fate::Sent;
}

void Relay::remember()
{
    const ScannedMessage &message = m_clientScanner.finish().front();
    // A line that is too long is answered as any other, and not replayed.
    const std::string line = m_capturing ? m_captured + '\n' : std::string();
    if (message.isNotification() && message.method == "notifications/initialized" && !line.empty())
        m_handshake.sentInitialized(line);
    if (!message.isRequest() || message.id.raw.empty())
        return;
    if (message.method == "subscriptions/listen") {
        m_subscriptions.sent(message.id.raw, line);
    } else if (message.method == "initialize") {
        if (!m_handshake.isWaiting())
            m_firstUnsureBatch = m_batches + 1;
        m_handshake.sentInitialize(message.id.raw, line);
    }
}

bool Relay::drawsAnswerWithoutId(const std::vector<ScannedMessage> &messages,
                                 std::size_t size) const
{
    if (size > lineLimit || messages.empty())
        return size > lineLimit || !m_clientScanner.isBlank();
    const MessageId &id = messages.front().id;
    return !m_clientScanner.isBatch() && id.kind != MessageId::Kind::None
        && (!id.isUsable() || id.raw.empty());
}

// In a revision that has none: the tray process refuses it as a whole, and nobody waits.
bool Relay::isRefusedBatch() const
{
    return m_clientScanner.isBatch() && !m_handshake.isWaiting() && !m_handshake.allowsBatches();
}

// Notifications and answers are not worth starting a tray process for, which the person may just
// have ended. What follows the first call stays in order behind it.
void Relay::dropWhatNeedsNoTray()
{
    while (m_calls.isEmpty()) {
        const std::string_view queued = m_queue.view();
        const std::size_t end = queued.find('\n');
        if (end == std::string_view::npos)
            return;
        MessageScanner scanner;
        scanner.feed(queued.substr(0, end));
        const std::vector<ScannedMessage> &messages = scanner.finish();
        const bool isQuiet =
            std::all_of(messages.begin(), messages.end(), [](const ScannedMessage &message) {
                return !message.hasMethod || message.id.kind == MessageId::Kind::None;
            });
        const bool isBlank = queued.substr(0, end).find_first_not_of(" \t\r") == std::string::npos;
        if (!isQuiet || (messages.empty() && !isBlank))
            return; // no JSON: the tray process says so
        takeQueue(end + 1, Fate::Sent);
    }
}

void Relay::connected()
{
    m_isUp = true;
    m_toldOfChanges = false;
    m_replaySent = 0;
    m_replay = m_handshake.replay(m_swallow) + m_subscriptions.replay();
}

void Relay::lost()
{
    m_isUp = false;
    m_replay = {};
    m_replaySent = 0;
    m_swallow.clear();
    m_answers.dropUnfinished();
    m_trayScanner.reset();
    m_trayLine.clear();
    m_subscriptions.lost();
    m_refusalsDue = 0; // a client cannot tell to what they belonged
    // A handshake changes nothing, so it is repeated instead of failed.
    const std::string repeated = m_handshake.lost();
    const bool isWanted = !repeated.empty() && m_calls.remove(repeated);
    answerCalls(lostText);
    if (isWanted)
        m_calls.add(repeated);
    else
        m_handshake.withdrawDue();
    if (m_clientScanner.isInsideLine() && m_fate == Fate::Sent)
        m_fate = Fate::Lost;
    // The rest of a line that was cut stands first in the queue.
    if (m_fate == Fate::Lost && !m_queue.isEmpty()) {
        const std::size_t end = m_queue.view().find('\n');
        takeQueue(end == std::string_view::npos ? m_queue.size() : end + 1, Fate::Lost);
    }
    dropWhatNeedsNoTray();
}

void Relay::refuse(std::string_view why)
{
    m_refusal = why;
    m_handshake.forgetDue();
    answerCalls(why);
    if (m_fate == Fate::Sent) // else the queue is empty
        takeQueue(m_queue.size(), Fate::Refused);
    if (m_clientScanner.isInsideLine() && m_fate == Fate::Sent)
        m_fate = Fate::Refused;
}

void Relay::giveUp()
{
    m_hasGivenUp = true; // whatever still comes would be a second answer, or half of one
    m_refusalsDue = 0;
    m_answers.dropUnfinished(); // or what follows would wait for its end
    answerCalls(endText);
    refuse("Graph Valet: the client closed its end before the tray process took this call");
}

void Relay::answerCalls(std::string_view why)
{
    while (!m_calls.isEmpty()) {
        const CallsInFlight::Due due = m_calls.takeFirst();
        m_answers.appendLines(answerLine(due.rawIds, due.isBatch, why));
    }
}

bool Relay::fromTray(std::string_view bytes)
{
    while (!bytes.empty() && !m_hasGivenUp) {
        const std::size_t end = bytes.find('\n');
        const bool isWhole = end != std::string_view::npos;
        const std::string_view part = bytes.substr(0, isWhole ? end + 1 : end);
        m_trayScanner.feed(bytes.substr(0, end));
        m_answers.append(part);
        if (m_handshake.isWaiting() || !m_swallow.empty())
            m_trayLine += part.substr(0, answerStart - std::min(answerStart, m_trayLine.size()));
        if (!isWhole)
            return m_answers.unfinishedSize() <= answerLimit;
        takeAnswer();
        bytes.remove_prefix(part.size());
    }
    return true;
}

void Relay::takeAnswer()
{
    bool isSwallowed = false;
    const bool isBatch = m_trayScanner.isBatch();
    for (const ScannedMessage &message : m_trayScanner.finish()) {
        if (message.method == "notifications/subscriptions/acknowledged")
            isSwallowed = !takeAcknowledgement();
        else if (message.isNotification() && message.method.ends_with("/list_changed"))
            m_toldOfChanges = true;
        else if (!message.hasMethod && !message.id.isUsable() && !isBatch && m_refusalsDue > 0)
            --m_refusalsDue;
        if (!message.isAnswer())
            continue;
        const std::string_view id = message.id.raw;
        if (!isBatch && !m_swallow.empty() && canonicalId(id) == canonicalId(m_swallow)) {
            m_handshake.replayAnswered(m_trayLine);
            isSwallowed = true;
            m_swallow.clear();
            continue;
        }
        if (!isBatch && m_handshake.isNext(id))
            takeHandshake(message.hasError);
        m_subscriptions.answered(id, m_calls.remove(id, isBatch));
    }
    m_trayScanner.reset();
    m_trayLine.clear();
    if (isSwallowed)
        m_answers.dropUnfinished();
    else
        m_answers.endLine();
    if (m_hasClientEnded)
        m_answers.appendLines(m_subscriptions.endAll());
}

void Relay::takeHandshake(bool isError)
{
    m_handshake.answered(isError, m_trayLine);
    // Batches that were sent before this was known are taken, or will be refused as a whole.
    if (!m_handshake.isWaiting() && !m_handshake.allowsBatches())
        m_refusalsDue += m_calls.removeBatches(m_firstUnsureBatch);
}

// Whether it is for the client.
bool Relay::takeAcknowledgement()
{
    const OpenSubscriptions::Acknowledgement taken = m_subscriptions.takeAcknowledgement();
    if (!taken.rawId.empty())
        m_calls.remove(taken.rawId); // it is answered when it ends
    return taken.isForClient;
}
