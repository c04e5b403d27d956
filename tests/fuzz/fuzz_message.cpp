// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// parseLine: whatever comes, there is something to answer or nothing to say; answers are one line
// of valid JSON and carry the id that came, as another JSON parser reads both.

#include "mcp/protocol/message.h"
#include "tests/fuzz/fuzz_target.h"

#include <nlohmann/json.hpp>

#include <QJsonDocument>

#include <cmath>
#include <optional>

using Json = nlohmann::json;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

// The line as another parser reads it; nullopt where it does not: it is stricter.
std::optional<Json> otherReading(const QByteArray &line)
{
    Json read = Json::parse(line.begin(), line.end(), nullptr, false);
    const bool isLenient = line.contains('\0'); // it ends there
    return read.is_discarded() || isLenient ? std::nullopt : std::optional(std::move(read));
}

// An answer as it is written.
Json written(const QJsonObject &answer)
{
    const QByteArray line = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    fuzz::require(!line.contains('\n') && !line.contains('\r'), "an answer is not one line");
    const auto read = otherReading(line);
    // Half a surrogate pair is JSON, and is refused by the other parser.
    fuzz::require(read.has_value() || line.contains("\\ud"), "an answer is not JSON", viewOf(line));
    return read.value_or(Json());
}

bool isSameId(const Json &came, const Json &goes)
{
    // What needs more than 64 bits with a sign goes through a double.
    if (came.is_number() && std::abs(came.get<double>()) >= 0x1p63)
        return goes.is_number() && came.get<double>() == goes.get<double>();
    return came == goes;
}

void requireSameId(const QJsonValue &id, const QJsonObject &answer, const Json *source)
{
    const Json json = written(answer);
    const QByteArray line = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    if (id.isUndefined()) {
        fuzz::require(!answer.contains(QLatin1StringView("id")), "an answer has an id of nobody");
        return;
    }
    const mcp::ParsedLine parsed = mcp::parseLine(line);
    fuzz::require(!parsed.isBatch && parsed.messages.size() == 1, "an answer is not one message");
    const auto *response = std::get_if<mcp::Response>(&parsed.messages.first());
    fuzz::require(response, "an answer is no answer", viewOf(line));
    fuzz::require(mcp::idKey(response->id) == mcp::idKey(id), "an id changes on its way",
                  viewOf(line));
    fuzz::require(id.isString() || id.isDouble(), "an id is neither text nor number");
    fuzz::require(id.toString().size() <= mcp::longestId, "an id is too long");
    if (source && json.is_object())
        fuzz::require(isSameId(source->value("id", Json()), json["id"]),
                      "the id is not that of the line", viewOf(line));
}

bool isWhole(const Json &number)
{
    const double value = number.get<double>();
    return std::floor(value) == value;
}

// Whether the line is a request or notification by the rules of JSON-RPC 2.0 and MCP.
void requireRightKind(const mcp::Message &message, const Json &source)
{
    const Json id = source.value("id", Json());
    const bool hasId = source.contains("id");
    const bool isId = (id.is_number() && isWhole(id))
        || (id.is_string()
            && QString::fromStdString(id.get<std::string>()).size() <= mcp::longestId);
    const bool isNamed =
        source.value("jsonrpc", Json()) == "2.0" && source.value("method", Json()).is_string();
    const auto *invalid = std::get_if<mcp::Invalid>(&message);
    if (invalid && invalid->error.code == mcp::wire::parseError)
        return; // it is stricter about numbers that are almost zero, and about depth
    const bool isPassed = !source.contains("params") || source["params"].is_object();
    fuzz::require(std::holds_alternative<mcp::Request>(message) == (isNamed && isId && isPassed),
                  "a request is not taken for one, or something else is");
    fuzz::require(std::holds_alternative<mcp::Notification>(message) == (isNamed && !hasId),
                  "a notification is not taken for one, or something else is");
}

void requireSound(const mcp::Message &message, const Json *source)
{
    if (source)
        requireRightKind(message, *source);
    if (const auto *request = std::get_if<mcp::Request>(&message)) {
        requireSameId(request->id, mcp::resultMessage(request->id, {}), source);
        requireSameId(request->id, mcp::resultMessage(request->id, request->params), source);
        if (source)
            fuzz::require((*source)["method"] == request->method.toStdString(), "another method");
    } else if (const auto *notification = std::get_if<mcp::Notification>(&message)) {
        written(mcp::notificationMessage(notification->method, notification->params));
    } else if (const auto *invalid = std::get_if<mcp::Invalid>(&message)) {
        fuzz::require(invalid->error.code < 0 && !invalid->error.message.isEmpty(),
                      "an error says nothing");
        requireSameId(invalid->id, mcp::errorMessage(invalid->id, invalid->error), source);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray line(reinterpret_cast<const char *>(data), qsizetype(size));
    const mcp::ParsedLine parsed = mcp::parseLine(line);
    const auto source = otherReading(line);
    fuzz::require(!parsed.messages.isEmpty(), "a line is nothing at all");
    fuzz::require(parsed.isBatch || parsed.messages.size() == 1, "one message became several");
    if (parsed.isBatch && source) {
        fuzz::require(source->is_array() && source->size() == std::size_t(parsed.messages.size()),
                      "a batch has other entries");
    }
    for (qsizetype i = 0; i < parsed.messages.size(); ++i) {
        const Json *part = source ? &*source : nullptr;
        if (part && parsed.isBatch)
            part = &(*part)[std::size_t(i)];
        requireSound(parsed.messages[i], part && part->is_object() ? part : nullptr);
    }
    return 0;
}
