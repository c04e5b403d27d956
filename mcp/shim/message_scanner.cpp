// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/message_scanner.h"

#include <cstdlib>

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

// Nothing to look at in a string.
bool isPlain(char c)
{
    return isAscii(c) && c != '"' && c != '\\';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The tray process reads numbers as doubles, so 1.0 and 1e2 are integers to it.
bool isWhole(const std::string &number)
{
    const double value = std::strtod(number.c_str(), nullptr);
    // Above 2^53 every double is whole. No std::floor: libm would be one library more to load.
    constexpr double exact = 9007199254740992.0;
    if (value < -exact || value > exact)
        return value - value == 0; // finite
    return static_cast<double>(static_cast<long long>(value)) == value;
}

// UTF-16 units of text: one for each character, two for one of four bytes.
std::size_t unitsIn(std::string_view text)
{
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

// Stands for whatever is not ASCII in a name: it equals no name that we know.
constexpr char notAscii = '\x01';

} // namespace

void MessageScanner::reset()
{
    m_depth = 0;
    m_size = 0;
    m_base = 0;
    m_state = State::Begin;
    m_member = Member::Other;
    m_inParams = false;
    m_tooMany = false;
    m_utf8Left = 0;
    m_idsSize = 0;
    m_text.clear();
    m_message = {};
    m_messages.clear();
}

const std::vector<ScannedMessage> &MessageScanner::finish()
{
    const bool isWhole = m_state == State::Done && !m_tooMany;
    if (!isWhole)
        m_messages.clear();
    return m_messages;
}

void MessageScanner::feed(std::string_view bytes)
{
    m_size += bytes.size();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (m_state == State::Bad)
            return;
        if (m_state != State::String) {
            step(bytes[i]);
            continue;
        }
        // Most of a long line is strings: run to their end without a look at the state.
        const std::size_t start = i;
        for (; i < bytes.size(); ++i) {
            while (m_utf8Left == 0 && i < bytes.size() && isPlain(bytes[i]))
                ++i;
            if (i == bytes.size() || isAscii(bytes[i]) || !takesUtf8(bytes[i]))
                break;
        }
        const std::string_view run = bytes.substr(start, i - start);
        keep(run);
        keepRaw(run);
        if (i == bytes.size())
            return;
        keepRaw(bytes.substr(i, 1));
        if (m_utf8Left > 0 || !isAscii(bytes[i]))
            m_state = State::Bad; // no UTF-8, or cut
        else if (bytes[i] == '"')
            endString();
        else
            m_state = State::Escape;
    }
}

// Whether c, which is not ASCII, goes on as UTF-8 (Unicode 15, table 3-7).
bool MessageScanner::takesUtf8(char c)
{
    const auto byte = static_cast<std::uint8_t>(c);
    if (m_utf8Left > 0) {
        if (byte < m_utf8Low || byte > m_utf8High)
            return false;
        --m_utf8Left;
        m_utf8Low = 0x80;
        m_utf8High = 0xbf;
        return true;
    }
    if (byte < 0xc2 || byte > 0xf4)
        return false;
    m_utf8Left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    m_utf8Low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
    m_utf8High = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
    return true;
}

bool MessageScanner::isObjectAt(std::size_t depth) const
{
    return (m_kinds[(depth - 1) / 8] >> ((depth - 1) % 8)) & 1;
}

void MessageScanner::step(char c)
{
    switch (m_state) {
    case State::Begin: return stepBegin(c);
    case State::ByteOrderMark: return stepByteOrderMark(c);
    case State::Escape: return stepEscape(c);
    case State::Unicode: return stepUnicode(c);
    case State::Literal:
        keepRaw({&c, 1});
        if (c != *m_literalRest)
            m_state = State::Bad;
        else if (*++m_literalRest == '\0')
            endValue();
        return;
    case State::NumberMinus:
    case State::NumberLeadingDot:
    case State::NumberZero:
    case State::NumberInteger:
    case State::NumberDot:
    case State::NumberFraction:
    case State::NumberExponent:
    case State::NumberExponentSign:
    case State::NumberExponentDigits: return stepNumber(c);
    default: return stepOutside(c);
    }
}

// The tray process passes over a byte order mark, at the very beginning only.
void MessageScanner::stepBegin(char c)
{
    if (c == '\xef') {
        m_literalRest = "\xbb\xbf";
        m_state = State::ByteOrderMark;
        return;
    }
    m_state = State::Value;
    stepOutside(c);
}

void MessageScanner::stepByteOrderMark(char c)
{
    if (c != *m_literalRest)
        m_state = State::Bad;
    else if (*++m_literalRest == '\0')
        m_state = State::Value;
}

void MessageScanner::stepOutside(char c)
{
    if (isSpace(c))
        return;
    switch (m_state) {
    case State::Value: return stepValue(c);
    case State::ValueOrEnd: return c == ']' ? close(false) : stepValue(c);
    case State::KeyOrEnd:
        if (c == '}')
            return close(true);
        [[fallthrough]];
    case State::Key:
        if (c != '"')
            m_state = State::Bad;
        else
            beginString(true);
        return;
    case State::Colon: m_state = c == ':' ? State::Value : State::Bad; return;
    case State::AfterValue:
        if (c == ',')
            m_state = isObjectAt(m_depth) ? State::Key : State::Value;
        else if (c == '}' || c == ']')
            close(c == '}');
        else
            m_state = State::Bad;
        return;
    default: m_state = State::Bad; // text after the message
    }
}

void MessageScanner::stepValue(char c)
{
    // A message is an object; a batch an array. Anything else is no JSON-RPC.
    if (m_depth == 0) {
        m_base = c == '[' ? 1 : 0;
        if (c == '{' || c == '[')
            open(c == '{');
        else
            m_state = State::Bad;
        return;
    }
    beginValue(c);
}

void MessageScanner::beginValue(char c)
{
    if (MessageId *id = idBeingRead()) {
        *id = {.kind = MessageId::Kind::Other, .raw = {}};
        m_idTooLong = false;
        m_idUnits = 0;
    } else if (m_member == Member::Method && m_depth == m_base + 1) {
        m_message.method.clear();
        m_message.hasMethod = false;
    } else if (m_member == Member::Params && m_depth == m_base + 1) {
        m_message.cancelled = {}; // of an earlier params of the same message
    }
    switch (c) {
    case '{':
    case '[': return open(c == '{');
    case '"': keepRaw("\""); return beginString(false);
    case 't': m_literalRest = "rue"; break;
    case 'f': m_literalRest = "alse"; break;
    case 'n': m_literalRest = "ull"; break;
    default:
        if (c != '-' && c != '.' && !isDigit(c)) {
            m_state = State::Bad;
            return;
        }
        keepRaw({&c, 1});
        m_range.reset();
        m_range.feed(c);
        m_numberIsInteger = c != '.';
        m_state = c == '-' ? State::NumberMinus
            : c == '.'     ? State::NumberLeadingDot
            : c == '0'     ? State::NumberZero
                           : State::NumberInteger;
        return;
    }
    m_state = State::Literal;
}

void MessageScanner::stepNumber(char c)
{
    const bool digit = isDigit(c);
    State next = State::Bad;
    switch (m_state) {
    case State::NumberMinus:
        next = c == '0' ? State::NumberZero
            : digit     ? State::NumberInteger
            : c == '.'  ? State::NumberLeadingDot
                        : State::Bad;
        break;
    case State::NumberLeadingDot: next = digit ? State::NumberFraction : State::Bad; break;
    case State::NumberZero:
    case State::NumberInteger:
        if (digit && m_state == State::NumberInteger)
            next = State::NumberInteger;
        else if (c == '.')
            next = State::NumberDot;
        else if (c == 'e' || c == 'E')
            next = State::NumberExponent;
        else if (!digit)
            next = State::AfterValue;
        break;
    case State::NumberDot:
    case State::NumberFraction:
        next = digit                 ? State::NumberFraction
            : (c == 'e' || c == 'E') ? State::NumberExponent
                                     : State::AfterValue;
        break;
    case State::NumberExponent:
        next = digit                 ? State::NumberExponentDigits
            : (c == '+' || c == '-') ? State::NumberExponentSign
                                     : State::Bad;
        break;
    case State::NumberExponentSign: next = digit ? State::NumberExponentDigits : State::Bad; break;
    default: next = digit ? State::NumberExponentDigits : State::AfterValue;
    }
    if (next == State::NumberLeadingDot || next == State::NumberDot
        || next == State::NumberExponent)
        m_numberIsInteger = false;
    if (next != State::AfterValue) {
        m_state = next;
        keepRaw({&c, 1});
        m_range.feed(c);
        return;
    }
    if (!m_range.fits()) {
        m_state = State::Bad;
        return;
    }
    if (MessageId *id = idBeingRead(); id && (m_numberIsInteger || isWhole(id->raw)))
        id->kind = MessageId::Kind::Integer;
    endValue();
    stepOutside(c);
}

void MessageScanner::beginString(bool isKey)
{
    m_stringIsKey = isKey;
    m_text.clear();
    m_state = State::String;
}

void MessageScanner::stepEscape(char c)
{
    keepRaw({&c, 1});
    m_state = State::String;
    switch (c) {
    case '"':
    case '\\':
    case '/': return keep({&c, 1});
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return keep({&notAscii, 1});
    case 'u':
        m_unicode = 0;
        m_unicodeDigits = 0;
        m_state = State::Unicode;
        return;
    default:
        // Whatever else is escaped stands for itself.
        if (!isAscii(c))
            m_state = State::Bad;
        else
            keep({c >= 0x20 && c < 0x7f ? &c : &notAscii, 1});
    }
}

void MessageScanner::stepUnicode(char c)
{
    keepRaw({&c, 1});
    std::uint32_t digit = 0;
    if (isDigit(c)) {
        digit = static_cast<std::uint32_t>(c - '0');
    } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
        digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
    } else {
        m_state = State::Bad;
        return;
    }
    m_unicode = m_unicode * 16 + digit;
    if (++m_unicodeDigits < 4)
        return;
    const char text =
        m_unicode >= 0x20 && m_unicode < 0x7f ? static_cast<char>(m_unicode) : notAscii;
    keep({&text, 1});
    m_state = State::String;
}

void MessageScanner::endString()
{
    if (m_stringIsKey) {
        m_member = Member::Other;
        if (m_depth == m_base + 1) {
            m_member = m_text == "method" ? Member::Method
                : m_text == "id"          ? Member::Id
                : m_text == "params"      ? Member::Params
                                          : Member::Other;
            m_message.hasError = m_message.hasError || m_text == "error";
        } else if (m_depth == m_base + 2 && m_inParams && m_text == "requestId") {
            m_member = Member::RequestId;
        }
        m_state = State::Colon;
        return;
    }
    if (MessageId *id = idBeingRead()) {
        if (m_idUnits <= idUnitsLimit)
            id->kind = MessageId::Kind::String;
    } else if (m_member == Member::Method && m_depth == m_base + 1) {
        m_message.method = m_text;
        m_message.hasMethod = true;
    }
    endValue();
}

void MessageScanner::open(bool isObject)
{
    if (m_depth == depthLimit) {
        m_state = State::Bad;
        return;
    }
    if (m_depth == m_base + 1 && m_member == Member::Params)
        m_inParams = isObject;
    auto &bits = m_kinds[m_depth / 8];
    const auto bit = static_cast<std::uint8_t>(1u << (m_depth % 8));
    bits = static_cast<std::uint8_t>(isObject ? bits | bit : bits & ~bit);
    ++m_depth;
    m_member = Member::Other;
    m_state = isObject ? State::KeyOrEnd : State::ValueOrEnd;
}

void MessageScanner::close(bool isObject)
{
    if (m_depth == 0 || isObjectAt(m_depth) != isObject) {
        m_state = State::Bad;
        return;
    }
    --m_depth;
    if (m_depth == m_base + 1)
        m_inParams = false;
    endValue();
}

void MessageScanner::endValue()
{
    if (m_depth == m_base)
        endMessage();
    m_member = Member::Other;
    m_state = m_depth == 0 ? State::Done : State::AfterValue;
}

void MessageScanner::endMessage()
{
    if (m_messages.size() == batchLimit) {
        m_tooMany = true;
        return;
    }
    m_messages.push_back(std::move(m_message));
    m_message = {};
}

void MessageScanner::keep(std::string_view text)
{
    if (idBeingRead())
        m_idUnits += unitsIn(text);
    const bool isWanted = m_stringIsKey
        ? m_depth == m_base + 1 || (m_depth == m_base + 2 && m_inParams)
        : m_member == Member::Method && m_depth == m_base + 1;
    if (isWanted && m_text.size() < methodLimit)
        m_text.append(text.substr(0, methodLimit - m_text.size()));
}

MessageId *MessageScanner::idBeingRead()
{
    if (m_member == Member::Id && m_depth == m_base + 1)
        return &m_message.id;
    if (m_member == Member::RequestId && m_depth == m_base + 2)
        return &m_message.cancelled;
    return nullptr;
}

void MessageScanner::keepRaw(std::string_view bytes)
{
    MessageId *id = idBeingRead();
    if (!id || m_idTooLong)
        return;
    if (id->raw.size() + bytes.size() > idLimit || m_idsSize + bytes.size() > idsLimit) {
        id->raw.clear();
        m_idTooLong = true;
        return;
    }
    id->raw.append(bytes);
    m_idsSize += bytes.size();
}
