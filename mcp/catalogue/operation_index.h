// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which word stands in which operation, and what the ranking has to know about an operation beside
// its words. Made once from a catalogue.

#pragma once

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/catalogue/operation_catalogue.h"
#include "mcp/catalogue/operation_effect.h"
#include "mcp/catalogue/search_question.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mcp {

class OperationIndex
{
public:
    // A word in an operation.
    struct Posting
    {
        std::uint16_t operation = 0;
        std::uint8_t weight = 0; // more where the word says more: wording < path < its end
        bool isInPath : 1 = false;
        bool isVerb : 1 = false; // the wording begins with it
    };
    struct Traits
    {
        float pathRarity = 0; // of all words of the path together
        std::uint8_t verbs = 0; // bits of Verb
        std::uint8_t depth = 0; // segments
        Owner owner = Owner::Unsaid;
        Effect effect = Effect::Reads;
        Hiding hiding = Hiding::None;
    };

    explicit OperationIndex(const OperationCatalogue &catalogue);

    // In order of operation; empty: no operation has it.
    std::span<const Posting> postings(std::string_view word) const;
    // More for a word that few operations have (inverse document frequency).
    float rarity(std::string_view word) const;
    const Traits &traits(int operation) const { return m_traits[size_t(operation)]; }

private:
    struct Hash
    {
        using is_transparent = void;
        size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    struct Range
    {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    Range rangeOf(std::string_view word) const;
    float rarityOf(size_t count) const;

    std::unordered_map<std::string, Range, Hash, std::equal_to<>> m_words;
    std::vector<Posting> m_postings; // word by word
    std::vector<Traits> m_traits;
};

} // namespace mcp
