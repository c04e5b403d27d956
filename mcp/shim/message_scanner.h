// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads one JSON-RPC line in pieces of any size and remembers only what a relay must know: the
// top-level `method` and `id`, and which request a cancellation names. Never holds the line. Pure.
//
// Takes for JSON exactly what the tray process does (QJsonDocument of Qt 6.4, which forgives more
// than RFC 8259): a line that it cannot parse gets an answer without id and must not be counted as
// a call that waits for one; a call that it can parse, and that was not counted, would be lost
// without an answer. tests/fuzz holds the two against each other.

#pragma once

#include "mcp/shim/number_range.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// An `id` exactly as it was written, with its quotation marks.
struct MessageId
{
    enum class Kind { None, String, Integer, Other };
    Kind kind = Kind::None;
    std::string raw; // empty where it was longer than MessageScanner::idLimit

    bool isUsable() const { return kind == Kind::String || kind == Kind::Integer; }
};

struct ScannedMessage
{
    std::string method; // empty where there is none; MessageScanner::methodLimit bytes at most
    bool hasMethod = false;
    bool hasError = false; // has a member of that name
    MessageId id;
    MessageId cancelled; // params.requestId

    bool isRequest() const { return hasMethod && id.isUsable(); }
    bool isNotification() const { return hasMethod && id.kind == MessageId::Kind::None; }
    bool isAnswer() const { return !hasMethod && id.isUsable(); }
};

class MessageScanner
{
public:
    static constexpr std::size_t idLimit = 64 * 1024;
    // UTF-16 units; a longer text is no id to the tray process (mcp::longestId).
    static constexpr std::size_t idUnitsLimit = 10000;
    static constexpr std::size_t idsLimit = 1024 * 1024; // of all ids in one line
    static constexpr std::size_t methodLimit = 64;
    static constexpr std::size_t depthLimit = 1024; // as QJsonDocument
    static constexpr std::size_t batchLimit = 256;

    // bytes hold no line feed.
    void feed(std::string_view bytes);

    // True from the first byte of a line until reset.
    bool isInsideLine() const { return m_size > 0; }
    std::size_t size() const { return m_size; }
    // Nothing but spaces so far.
    bool isBlank() const
    {
        return m_state == State::Begin || (m_state == State::Value && m_depth == 0);
    }
    // What is known of a single message so far; decides nothing, a later member may override it.
    const ScannedMessage &current() const { return m_message; }

    // At the end of the line: one message, the entries of a batch, or none (blank, no JSON, more
    // than batchLimit). An entry that is no object has neither method nor id.
    const std::vector<ScannedMessage> &finish();
    bool isBatch() const { return m_base == 1; }
    void reset();

private:
    enum class State : std::uint8_t {
        Begin,
        ByteOrderMark,
        Value,
        ValueOrEnd,
        Key,
        KeyOrEnd,
        Colon,
        AfterValue,
        String,
        Escape,
        Unicode,
        NumberMinus,
        NumberLeadingDot,
        NumberZero,
        NumberInteger,
        NumberDot,
        NumberFraction,
        NumberExponent,
        NumberExponentSign,
        NumberExponentDigits,
        Literal,
        Done,
        Bad
    };
    enum class Member : std::uint8_t { Other, Method, Id, Params, RequestId };

    bool isObjectAt(std::size_t depth) const;
    void step(char c);
    void stepBegin(char c);
    void stepByteOrderMark(char c);
    void stepOutside(char c);
    void stepValue(char c);
    void stepNumber(char c);
    void stepEscape(char c);
    void stepUnicode(char c);
    void beginValue(char c);
    void beginString(bool isKey);
    bool takesUtf8(char c);
    void endString();
    void open(bool isObject);
    void close(bool isObject);
    void endValue();
    void endMessage();
    void keep(std::string_view text); // text of a string, unescaped
    MessageId *idBeingRead();
    void keepRaw(std::string_view bytes);

    std::array<std::uint8_t, depthLimit / 8> m_kinds{}; // a bit per open container: is it an object
    std::size_t m_depth = 0;
    std::size_t m_size = 0;
    std::size_t m_base = 0; // depth at which messages begin: 0, or 1 in a batch
    State m_state = State::Begin;
    Member m_member = Member::Other; // whose value is being read
    bool m_inParams = false;
    bool m_stringIsKey = false;
    bool m_idTooLong = false;
    std::size_t m_idsSize = 0; // of what was kept of ids in this line
    bool m_tooMany = false;
    bool m_numberIsInteger = true;
    NumberRange m_range; // of the number being read
    std::size_t m_idUnits = 0; // of the id being read
    std::uint8_t m_utf8Left = 0; // bytes that the character being read still has
    std::uint8_t m_utf8Low = 0; // the least and the greatest that the next of them may be
    std::uint8_t m_utf8High = 0;
    std::uint8_t m_unicodeDigits = 0;
    std::uint32_t m_unicode = 0;
    const char *m_literalRest = nullptr; // of a word or of the byte order mark
    std::string m_text; // of the key or method being read
    ScannedMessage m_message;
    std::vector<ScannedMessage> m_messages;
};
