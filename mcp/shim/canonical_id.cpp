// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/canonical_id.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace {

// The unit that four hexadecimal digits at the start of text stand for; nullopt: there are none.
std::optional<std::uint32_t> unitAt(std::string_view text)
{
    std::uint32_t unit = 0;
    const std::string_view digits = text.substr(0, 4);
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (digits.size() != 4 || problem != std::errc() || end != digits.data() + 4)
        return std::nullopt;
    return unit;
}

// Half a surrogate pair, which UTF-8 does not have, gets the three bytes of any other unit.
void appendCharacter(std::string &text, std::uint32_t code)
{
    const auto byte = [&text](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
    if (code < 0x80) {
        byte(code);
        return;
    }
    if (code < 0x800) {
        byte(0xc0 | (code >> 6));
    } else {
        if (code < 0x10000) {
            byte(0xe0 | (code >> 12));
        } else {
            byte(0xf0 | (code >> 18));
            byte(0x80 | ((code >> 12) & 0x3f));
        }
        byte(0x80 | ((code >> 6) & 0x3f));
    }
    byte(0x80 | (code & 0x3f));
}

// A JSON string, of which the scanner has seen that it is one, without its escapes. What is escaped
// without need stands for itself, as in the tray process.
std::string unescaped(std::string_view raw)
{
    std::string text;
    text.reserve(raw.size());
    while (!raw.empty()) {
        const std::size_t run = std::min(raw.find('\\'), raw.size());
        text.append(raw.substr(0, run));
        raw.remove_prefix(run);
        if (raw.size() < 2)
            break;
        const char c = raw[1];
        raw.remove_prefix(2);
        constexpr std::string_view names = "bfnrt";
        constexpr std::string_view values = "\b\f\n\r\t";
        const auto unit = c == 'u' ? unitAt(raw) : std::nullopt;
        if (unit) {
            raw.remove_prefix(4);
            const bool isFirstHalf = *unit >= 0xd800 && *unit < 0xdc00;
            const auto second =
                isFirstHalf && raw.starts_with("\\u") ? unitAt(raw.substr(2)) : std::nullopt;
            const bool isPair = second && *second >= 0xdc00 && *second < 0xe000;
            if (isPair)
                raw.remove_prefix(6);
            appendCharacter(
                text, isPair ? 0x10000 + ((*unit - 0xd800) << 10) + (*second - 0xdc00) : *unit);
        } else {
            const std::size_t which = names.find(c);
            text.push_back(which == names.npos ? c : values[which]);
        }
    }
    return text;
}

} // namespace

std::string canonicalId(std::string_view rawId)
{
    if (rawId.starts_with('"'))
        return unescaped(rawId);
    long long number = 0;
    const auto [end, problem] = std::from_chars(rawId.data(), rawId.data() + rawId.size(), number);
    if (problem == std::errc() && end == rawId.data() + rawId.size())
        return std::to_string(number); // -0 is 0
    // Anything else goes through a double in the tray process, which writes an integer where it
    // can.
    const double value = std::strtod(std::string(rawId).c_str(), nullptr);
    constexpr double beyond = 9223372036854775808.0; // 2^63
    if (value >= -beyond && value < beyond)
        return std::to_string(static_cast<long long>(value));
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}
