// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What every fuzz target shares: how it is called, how it says that something does not hold, and
// how it cuts an input into pieces. Inputs are plain text without a control part, so that a seed
// can be read and written by hand; what else a target varies it draws from the input itself
// (Pieces).

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// The one entry, called by libFuzzer or by replay_main.cpp with one input at a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace fuzz {

inline std::string_view textOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}

// Ends the program where an invariant does not hold: libFuzzer then keeps the input.
inline void require(bool holds, std::string_view reason, std::string_view evidence = {})
{
    if (holds)
        return;
    std::fprintf(stderr, "BROKEN: %.*s\n", int(reason.size()), reason.data());
    if (!evidence.empty())
        std::fprintf(stderr, "        %.*s\n", int(evidence.size()), evidence.data());
    std::fflush(stderr);
    std::abort();
}

// Lengths of pieces: the same ones for the same input, so that a finding can be repeated.
class Pieces
{
public:
    explicit Pieces(std::string_view input)
    {
        for (const char c : input)
            m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001b3u; // FNV-1a
    }

    // From 1 to atMost.
    std::size_t next(std::size_t atMost)
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return 1 + static_cast<std::size_t>(m_state >> 33) % atMost;
    }

private:
    std::uint64_t m_state = 0xcbf29ce484222325u;
};

// take(piece) with all of the text in pieces of 1 to longest bytes.
template <class Take>
void inPieces(std::string_view text, std::size_t longest, Take take)
{
    Pieces pieces(text);
    while (!text.empty()) {
        const std::string_view piece = text.substr(0, pieces.next(longest));
        take(piece);
        text.remove_prefix(piece.size());
    }
}

} // namespace fuzz
