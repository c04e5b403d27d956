// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The few bytes of JSON both programs must read before any JSON library is worth its start-up time:
// the hello line and the rendezvous file. Strict (RFC 8259); nested values are checked and skipped.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valet_link {

class FlatObject
{
public:
    // nullopt where the text is not exactly one JSON object, is not UTF-8, is nested deeper than
    // 32, holds a lone surrogate, or names a member twice.
    static std::optional<FlatObject> parse(std::string_view text);

    // nullopt where the member is missing or of another type.
    std::optional<std::string> string(std::string_view key) const;
    std::optional<long long> integer(std::string_view key) const;

private:
    enum class Kind { String, Integer, Other };
    struct Member
    {
        std::string key;
        Kind kind = Kind::Other;
        std::string text;
        long long number = 0;
    };
    friend class FlatReader;
    const Member *find(std::string_view key) const;

    std::vector<Member> m_members;
};

// With quotation marks, everything below U+0020 escaped; other bytes as they are.
std::string jsonQuoted(std::string_view text);

} // namespace valet_link
