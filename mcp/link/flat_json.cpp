// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/flat_json.h"

#include <charconv>
#include <cstdint>

namespace valet_link {

namespace {

// How many bytes a well-formed sequence at the start of text has (Unicode 15, table 3-7); 0: none.
std::size_t utf8Length(std::string_view text)
{
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || text.size() < length)
        return 0;
    const int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (at(1) < low || at(1) > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

} // namespace

class FlatReader
{
public:
    explicit FlatReader(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<FlatObject> read()
    {
        FlatObject object;
        skipSpace();
        if (!take('{'))
            return std::nullopt;
        skipSpace();
        if (!take('}')) {
            do {
                FlatObject::Member member;
                if (!readKey(member.key) || object.find(member.key) || !readMember(member))
                    return std::nullopt;
                object.m_members.push_back(std::move(member));
            } while (take(','));
            if (!take('}'))
                return std::nullopt;
        }
        skipSpace();
        if (m_at != m_text.size())
            return std::nullopt;
        return object;
    }

private:
    static constexpr int depthLimit = 32;

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool take(char wanted)
    {
        if (m_at >= m_text.size() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_text.size()
               && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }

    bool readKey(std::string &key)
    {
        skipSpace();
        if (!readString(key))
            return false;
        skipSpace();
        return take(':');
    }

    bool readMember(FlatObject::Member &member)
    {
        skipSpace();
        const std::size_t start = m_at;
        if (peek() == '"') {
            member.kind = FlatObject::Kind::String;
            if (!readString(member.text))
                return false;
        } else if (!skipValue(1)) {
            return false;
        } else {
            const std::string_view raw = m_text.substr(start, m_at - start);
            const auto [end, problem] =
                std::from_chars(raw.data(), raw.data() + raw.size(), member.number);
            if (problem == std::errc() && end == raw.data() + raw.size())
                member.kind = FlatObject::Kind::Integer;
        }
        skipSpace();
        return true;
    }

    bool skipValue(int depth)
    {
        if (depth > depthLimit)
            return false;
        skipSpace();
        std::string ignored;
        if (peek() == '"')
            return readString(ignored);
        if (peek() == '{' || peek() == '[')
            return skipContainer(depth);
        for (const std::string_view word : {"true", "false", "null"}) {
            if (m_text.substr(m_at, word.size()) == word) {
                m_at += word.size();
                return true;
            }
        }
        return skipNumber();
    }

    bool skipContainer(int depth)
    {
        const bool isObject = peek() == '{';
        const char end = isObject ? '}' : ']';
        ++m_at;
        skipSpace();
        if (take(end))
            return true;
        std::string ignored;
        do {
            if ((isObject && !readKey(ignored)) || !skipValue(depth + 1))
                return false;
            skipSpace();
        } while (take(','));
        return take(end);
    }

    bool skipDigits()
    {
        const std::size_t start = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > start;
    }

    bool skipNumber()
    {
        take('-');
        if (!take('0') && !skipDigits())
            return false;
        if (take('.') && !skipDigits())
            return false;
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!skipDigits())
                return false;
        }
        return true;
    }

    bool readHex4(std::uint32_t &value)
    {
        const std::string_view digits = m_text.substr(m_at, 4);
        const auto [end, problem] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() != 4 || problem != std::errc() || end != digits.data() + 4)
            return false;
        m_at += 4;
        return true;
    }

    bool readUnicodeEscape(std::string &out)
    {
        std::uint32_t code = 0;
        if (!readHex4(code))
            return false;
        if (code >= 0xd800 && code < 0xdc00) {
            std::uint32_t low = 0;
            if (!take('\\') || !take('u') || !readHex4(low) || low < 0xdc00 || low > 0xdfff)
                return false;
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xdc00 && code <= 0xdfff) {
            return false;
        }
        const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
        if (code < 0x80) {
            byte(code);
        } else if (code < 0x800) {
            byte(0xc0 | (code >> 6));
            byte(0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            byte(0xe0 | (code >> 12));
            byte(0x80 | ((code >> 6) & 0x3f));
            byte(0x80 | (code & 0x3f));
        } else {
            byte(0xf0 | (code >> 18));
            byte(0x80 | ((code >> 12) & 0x3f));
            byte(0x80 | ((code >> 6) & 0x3f));
            byte(0x80 | (code & 0x3f));
        }
        return true;
    }

    bool readEscape(std::string &out)
    {
        if (take('u'))
            return readUnicodeEscape(out);
        static constexpr std::string_view names = "\"\\/bfnrt";
        static constexpr std::string_view values = "\"\\/\b\f\n\r\t";
        const std::size_t which = m_at < m_text.size() ? names.find(m_text[m_at]) : names.npos;
        if (which == names.npos)
            return false;
        ++m_at;
        out.push_back(values[which]);
        return true;
    }

    bool readString(std::string &out)
    {
        out.clear();
        if (!take('"'))
            return false;
        while (m_at < m_text.size()) {
            const char next = m_text[m_at++];
            if (next == '"')
                return true;
            if (static_cast<unsigned char>(next) < 0x20)
                return false;
            if (next != '\\')
                out.push_back(next);
            else if (!readEscape(out))
                return false;
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

std::optional<FlatObject> FlatObject::parse(std::string_view text)
{
    return isUtf8(text) ? FlatReader(text).read() : std::nullopt;
}

const FlatObject::Member *FlatObject::find(std::string_view key) const
{
    for (const Member &member : m_members) {
        if (member.key == key)
            return &member;
    }
    return nullptr;
}

std::optional<std::string> FlatObject::string(std::string_view key) const
{
    const Member *member = find(key);
    if (!member || member->kind != Kind::String)
        return std::nullopt;
    return member->text;
}

std::optional<long long> FlatObject::integer(std::string_view key) const
{
    const Member *member = find(key);
    if (!member || member->kind != Kind::Integer)
        return std::nullopt;
    return member->number;
}

std::string jsonQuoted(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            out += "\\u00";
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 0xf]);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
    return out;
}

} // namespace valet_link
