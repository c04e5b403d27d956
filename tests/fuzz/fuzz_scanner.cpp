// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The relay's scanner against the tray process: it must see the same messages, methods, ids and
// cancelled ids as QJsonDocument and parseLine do, or the relay loses count of the calls that wait.
// And it must see the same however the bytes come in.

#include "mcp/protocol/message.h"
#include "mcp/shim/calls_in_flight.h"
#include "mcp/shim/canonical_id.h"
#include "mcp/shim/message_scanner.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/read_json.h"

#include <cmath>

using namespace Qt::StringLiterals;
using Kind = MessageId::Kind;

namespace {

static_assert(MessageScanner::idUnitsLimit == mcp::longestId);

using Messages = std::vector<ScannedMessage>;

bool isSame(const MessageId &one, const MessageId &other)
{
    return one.kind == other.kind && one.raw == other.raw;
}

bool isSame(const Messages &one, const Messages &other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const ScannedMessage &left, const ScannedMessage &right) {
                          return left.method == right.method && left.hasMethod == right.hasMethod
                              && isSame(left.id, right.id)
                              && isSame(left.cancelled, right.cancelled);
                      });
}

Kind kindOf(const QJsonValue &id)
{
    if (id.isUndefined())
        return Kind::None;
    if (id.isString())
        return id.toString().size() <= mcp::longestId ? Kind::String : Kind::Other;
    const double number = id.toDouble(0.5);
    return std::floor(number) == number ? Kind::Integer : Kind::Other;
}

// How the tray process writes an id in an answer.
std::string echoed(const QJsonValue &id)
{
    const QByteArray array = QJsonDocument(QJsonArray{id}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2).toStdString();
}

void requireSameId(const MessageId &scanned, const QJsonValue &id)
{
    fuzz::require(scanned.kind == kindOf(id), "an id of another kind", scanned.raw);
    if (scanned.isUsable())
        fuzz::require(canonicalId(scanned.raw) == canonicalId(echoed(id)),
                      "the answer to an id is not recognised", scanned.raw + " -> " + echoed(id));
}

void requireSameMethod(const ScannedMessage &scanned, const QJsonValue &method)
{
    fuzz::require(scanned.hasMethod == method.isString(), "a method is there for one side only");
    for (const char *known :
         {"initialize", "notifications/initialized", "notifications/cancelled"}) {
        fuzz::require((scanned.method == known) == (method.toString() == QLatin1StringView(known)),
                      "a method that counts is another one", scanned.method);
    }
    const QString text = method.toString();
    const bool isPlain =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c < u'\x7f'; });
    if (isPlain)
        fuzz::require(scanned.method
                          == text.left(qsizetype(MessageScanner::methodLimit)).toStdString(),
                      "another method", scanned.method);
}

void requireSameMessage(const ScannedMessage &scanned, const QJsonValue &entry,
                        const mcp::Message &message)
{
    const QJsonObject object = entry.toObject();
    requireSameMethod(scanned, object["method"_L1]);
    requireSameId(scanned.id, object["id"_L1]);
    const QJsonValue cancelled = object["params"_L1]["requestId"_L1];
    if (scanned.cancelled.isUsable() || kindOf(cancelled) == Kind::String
        || kindOf(cancelled) == Kind::Integer)
        requireSameId(scanned.cancelled, cancelled);

    // What the relay makes of it.
    const auto *invalid = std::get_if<mcp::Invalid>(&message);
    if (std::holds_alternative<mcp::Request>(message))
        fuzz::require(scanned.isRequest(), "a request is not seen as one");
    else if (std::holds_alternative<mcp::Notification>(message))
        fuzz::require(scanned.isNotification(), "a notification is not seen as one");
    else if (!invalid)
        fuzz::require(!scanned.hasMethod, "an answer is not seen as one");
    else if (scanned.isRequest())
        fuzz::require(!invalid->id.isUndefined(), "a call waits that is answered without its id");
}

Messages scanned(std::string_view line, std::size_t longest)
{
    MessageScanner scanner;
    scanner.feed("[{\"cut in a character \xc3"); // a line before
    scanner.reset();
    fuzz::inPieces(line, longest, [&](std::string_view piece) { scanner.feed(piece); });
    return scanner.finish();
}

void requireAgreement(std::string_view text)
{
    const Messages messages = scanned(text, text.size() + 1);
    fuzz::require(isSame(messages, scanned(text, 1)), "single bytes are read otherwise", text);
    fuzz::require(isSame(messages, scanned(text, 7)), "pieces are read otherwise", text);

    const QByteArray line(text.data(), qsizetype(text.size()));
    const mcp::ParsedLine parsed = mcp::parseLine(line);
    const QJsonDocument document = fuzz::readJson(text);
    if (document.isObject()) {
        fuzz::require(messages.size() == 1, "a message is not seen", text);
        requireSameMessage(messages[0], document.object(), parsed.messages[0]);
        return;
    }
    const QJsonArray entries = document.array();
    if (entries.isEmpty() || entries.size() > qsizetype(MessageScanner::batchLimit)) {
        fuzz::require(messages.empty(), "a message is seen where there is none", text);
        return;
    }
    fuzz::require(messages.size() == std::size_t(entries.size()), "a batch has other entries",
                  text);
    for (qsizetype i = 0; i < entries.size(); ++i)
        requireSameMessage(messages[std::size_t(i)], entries[i], parsed.messages[i]);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    // A line holds no line feed.
    requireAgreement(text.substr(0, text.find('\n')));
    return 0;
}
