// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_index.h"

#include "mcp/catalogue/search_vocabulary.h"
#include "mcp/catalogue/search_words.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::uint8_t inWording = 4;
constexpr std::uint8_t inPath = 6;
constexpr std::uint8_t atEndOfPath = 12;

std::string_view viewOf(QLatin1StringView text)
{
    return {text.data(), size_t(text.size())};
}

struct WordWeight
{
    std::string word;
    std::uint8_t weight = 0;
    bool isInPath = false;
    bool isVerb = false;
};

void add(std::vector<WordWeight> &words, std::string word, std::uint8_t weight, bool isInPath)
{
    const auto known = std::ranges::find(words, word, &WordWeight::word);
    if (known == words.end()) {
        words.push_back({.word = std::move(word), .weight = weight, .isInPath = isInPath});
        return;
    }
    // A word that path and wording share counts a little more, repeated ones do not add up.
    known->weight = std::max(known->weight, weight);
    if (known->isInPath && !isInPath)
        known->weight = std::uint8_t(known->weight + 1);
    known->isInPath = known->isInPath || isInPath;
}

// The segments of a path that have a meaning: no keys, and not whose it is.
std::vector<std::string_view> meaningfulSegments(std::string_view path)
{
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const size_t end = std::min(path.find('/'), path.size());
        std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        segment = segment.substr(0, std::min(segment.find('('), segment.size()));
        constexpr std::string_view type = "microsoft.graph.";
        if (segment.starts_with(type))
            segment.remove_prefix(type.size());
        if (!segment.starts_with('{') && segment != "me" && segment != "v1.0")
            segments.push_back(segment);
    }
    return segments;
}

std::vector<WordWeight> wordsIn(const Operation &operation)
{
    std::vector<WordWeight> words;
    const auto segments = meaningfulSegments(viewOf(operation.path));
    for (size_t i = 0; i < segments.size(); ++i) {
        const bool isLast = i + 1 == segments.size();
        for (const std::string &word : wordsOf(segments[i])) {
            if (!isFiller(word))
                add(words, normalWord(word), isLast ? atEndOfPath : inPath, true);
        }
    }
    bool isVerb = true; // the first word is
    for (const std::string &text : wordsOf(viewOf(operation.wording))) {
        const std::string word = normalWord(text);
        // "Gets" and "Lists" are said by the method, and would hide what is called a list.
        if (word.size() > 1 && !isFiller(word) && !(isVerb && (word == "get" || word == "list"))) {
            add(words, word, inWording, false);
            if (isVerb)
                std::ranges::find(words, word, &WordWeight::word)->isVerb = true;
        }
        isVerb = false;
    }
    return words;
}

unsigned verbsOf(const Operation &operation)
{
    const std::vector<std::string> wording = wordsOf(viewOf(operation.wording));
    const unsigned said = wording.empty() ? 0 : verbOf(normalWord(wording.front()));
    if (operation.method == "GET"_L1)
        return said != 0 ? said : Verb::get;
    if (operation.method == "PATCH"_L1)
        return Verb::update;
    if (operation.method == "PUT"_L1)
        return said | Verb::update;
    if (operation.method == "DELETE"_L1)
        return Verb::remove;
    return said;
}

OperationIndex::Traits traitsOf(const Operation &operation)
{
    OperationIndex::Traits traits;
    traits.verbs = std::uint8_t(verbsOf(operation));
    traits.depth = std::uint8_t(operation.path.count(u'/'));
    const auto isBelow = [&](QLatin1StringView root) { return operation.path.startsWith(root); };
    traits.owner = isBelow("/me"_L1) ? Owner::Me
        : isBelow("/users"_L1)       ? Owner::Others
                                     : Owner::Unsaid;
    traits.effect = effectOf(operation);
    traits.hiding = hidingOf(operation);
    return traits;
}

} // namespace

OperationIndex::OperationIndex(const OperationCatalogue &catalogue)
{
    struct Entry
    {
        Range *range; // stays where it is while words are added
        Posting posting;
    };
    std::vector<Entry> entries;
    std::vector<std::vector<const Range *>> pathWords(static_cast<size_t>(catalogue.size()));
    m_traits.reserve(size_t(catalogue.size()));
    for (int i = 0; i < catalogue.size(); ++i) {
        const Operation operation = catalogue.at(i);
        m_traits.push_back(traitsOf(operation));
        for (WordWeight &word : wordsIn(operation)) {
            Range &range = m_words[std::move(word.word)];
            ++range.end; // how many, for now
            entries.push_back({.range = &range,
                               .posting = {.operation = std::uint16_t(i),
                                           .weight = word.weight,
                                           .isInPath = word.isInPath,
                                           .isVerb = word.isVerb}});
            if (word.isInPath)
                pathWords[size_t(i)].push_back(&range);
        }
    }
    for (size_t i = 0; i < pathWords.size(); ++i) {
        for (const Range *range : pathWords[i])
            m_traits[i].pathRarity += rarityOf(range->end);
    }
    std::uint32_t begin = 0;
    for (auto &[word, range] : m_words) {
        const std::uint32_t count = range.end;
        range = {.begin = begin, .end = begin};
        begin += count;
    }
    m_postings.resize(begin);
    for (const Entry &entry : entries)
        m_postings[entry.range->end++] = entry.posting;
}

OperationIndex::Range OperationIndex::rangeOf(std::string_view word) const
{
    const auto found = m_words.find(word);
    return found == m_words.end() ? Range{} : found->second;
}

std::span<const OperationIndex::Posting> OperationIndex::postings(std::string_view word) const
{
    const Range range = rangeOf(word);
    return {m_postings.data() + range.begin, size_t(range.end - range.begin)};
}

float OperationIndex::rarity(std::string_view word) const
{
    const Range range = rangeOf(word);
    return rarityOf(range.end - range.begin);
}

float OperationIndex::rarityOf(size_t count) const
{
    const auto all = float(m_traits.size());
    return std::log(1.0F + (all - float(count) + 0.5F) / (float(count) + 0.5F));
}

} // namespace mcp
