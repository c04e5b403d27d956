// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/operation_search.h"

#include "mcp/catalogue/search_vocabulary.h"
#include "mcp/catalogue/search_words.h"

#include <algorithm>

namespace mcp {
namespace {

// The knobs of the ranking; tst_operation_search judges them.

// How much of its rarity a word gives:
constexpr float saturation = 6; // half of it at this weight of a posting
constexpr float formWeight = 0.8F; // "shared" where "share" was asked for
constexpr float relatedWeight = 0.5F; // "item" where "file" was asked for
constexpr float verbWeight = 0.5F; // "create" beside "event"
// How much of the sum is lost:
constexpr float coverageShare = 0.6F; // by words of the question that are missing
constexpr float pathShare = 0.45F; // by words of the path that were not asked for
constexpr float perSegment = 0.03F; // by each segment: a longer path is less likely meant
constexpr float leastShare = 0.25F; // of the best one's score; what fits less is no answer
// And what it is multiplied by:
constexpr float namedPath = 4; // where the question is the very path
constexpr float sameVerb = 1.15F; // "Sorts a range" where "sort" was asked for
constexpr float otherVerb = 0.8F; // of the same effect: "get" for "list"
constexpr float otherEffect = 0.45F; // reads where a change was asked for, or the other way round
constexpr float unaskedChange = 0.7F; // changes where nothing says what was asked for
constexpr float nobodysOwn = 0.93F; // a group's or nobody's where one's own was asked for
constexpr float otherOwner = 0.75F; // a user's where one's own was asked for, or the reverse

float verbFit(const SearchQuestion &question, const OperationIndex::Traits &traits)
{
    const bool changes = traits.effect == Effect::Writes;
    if (question.isChanging != changes)
        return question.isChanging || question.verb != 0 ? otherEffect : unaskedChange;
    if (question.verb == 0 || (question.verb & traits.verbs) != 0)
        return 1;
    return otherVerb;
}

float ownerFit(const SearchQuestion &question, const OperationIndex::Traits &traits)
{
    const Owner asked = question.owner == Owner::Unsaid ? Owner::Me : question.owner;
    if (traits.owner == asked)
        return 1;
    return traits.owner == Owner::Unsaid ? nobodysOwn : otherOwner;
}

std::vector<std::string> splitAtSpaces(std::string_view text)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

} // namespace

struct OperationSearch::Match
{
    int operation = 0;
    float score = 0;
    float pathRarity = 0; // of those words of its path that were asked for
    float coverage = 0; // of the question by its words: 1 where it has all of them
    bool isVerb = false; // its wording begins with the question's verb
};

const OperationSearch &OperationSearch::bundled()
{
    static const OperationSearch search(OperationCatalogue::bundled());
    return search;
}

OperationSearch::OperationSearch(const OperationCatalogue &catalogue)
    : m_catalogue(catalogue)
    , m_index(catalogue)
{
}

void OperationSearch::add(const SearchQuestion::Word &asked, std::vector<Match> *matches) const
{
    std::vector<Match> ofWord(matches->size());
    const auto look = [&](const std::string &word, float weight) {
        const float gain = weight * m_index.rarity(word);
        for (const OperationIndex::Posting &posting : m_index.postings(word)) {
            Match &match = ofWord[posting.operation];
            const auto found = float(posting.weight);
            match.score = std::max(match.score, gain * found / (found + saturation));
            match.coverage = std::max(match.coverage, weight);
            if (posting.isInPath)
                match.pathRarity += gain;
            if (posting.isVerb && asked.isVerb)
                match.isVerb = true;
        }
    };
    const auto lookForRelated = [&](std::string_view word) {
        for (const std::string &other : splitAtSpaces(relatedTo(word))) {
            const bool isSame = other.starts_with('=');
            look(isSame ? other.substr(1) : other, isSame ? formWeight : relatedWeight);
        }
    };
    look(asked.word, 1);
    lookForRelated(asked.word);
    for (const std::string &text : otherForms(asked.word)) {
        const std::string form = normalWord(text);
        if (form == asked.word)
            continue;
        look(form, formWeight);
        lookForRelated(form);
    }
    const float weight = asked.isVerb ? verbWeight : 1;
    for (size_t i = 0; i < matches->size(); ++i) {
        Match &match = (*matches)[i];
        match.score += weight * ofWord[i].score;
        match.pathRarity += ofWord[i].pathRarity;
        match.coverage += weight * ofWord[i].coverage;
        match.isVerb = match.isVerb || ofWord[i].isVerb;
    }
}

void OperationSearch::favourNamed(std::string_view path, std::vector<Match> *matches) const
{
    const QLatin1StringView named(path.data(), qsizetype(path.size()));
    for (Match &match : *matches) {
        if (m_catalogue.at(match.operation).path == named)
            match.score = (match.score + 1) * namedPath; // "/me" has no word
    }
}

std::vector<OperationSearch::Match> OperationSearch::matches(const SearchQuestion &question) const
{
    std::vector<Match> matches(static_cast<size_t>(m_catalogue.size()));
    float all = 0; // the coverage of whoever has every word
    for (const SearchQuestion::Word &asked : question.words) {
        add(asked, &matches);
        all += asked.isVerb ? verbWeight : 1;
    }
    for (size_t i = 0; i < matches.size(); ++i) {
        matches[i].operation = int(i);
        matches[i].coverage = all > 0 ? matches[i].coverage / all : 1;
    }
    if (!question.path.empty())
        favourNamed(question.path, &matches);
    std::erase_if(matches, [](const Match &match) { return match.score <= 0; });
    return matches;
}

float OperationSearch::fit(const SearchQuestion &question, const Match &match) const
{
    const OperationIndex::Traits &traits = m_index.traits(match.operation);
    const float asked =
        traits.pathRarity > 0 ? std::min(1.0F, match.pathRarity / traits.pathRarity) : 1.0F;
    return match.score * (1 - pathShare + pathShare * asked)
        * (1 - coverageShare + coverageShare * match.coverage)
        * (1 - perSegment * float(traits.depth)) * verbFit(question, traits)
        * (match.isVerb ? sameVerb : 1) * ownerFit(question, traits);
}

SearchResult OperationSearch::find(QStringView text, int limit, const SearchScope &scope) const
{
    const SearchQuestion question = questionOf(text);
    std::vector<Match> found = matches(question);
    for (Match &match : found)
        match.score = fit(question, match);
    // The catalogue's order among equals, so that the answer is always the same.
    std::ranges::stable_sort(found, std::ranges::greater{}, &Match::score);
    SearchResult result;
    for (const Match &match : found) {
        if (int(result.operations.size()) >= limit
            || match.score < found.front().score * leastShare)
            break;
        const OperationIndex::Traits &traits = m_index.traits(match.operation);
        if (scope.isReadingOnly && traits.effect == Effect::Writes)
            continue;
        if (traits.hiding == Hiding::None || isShown(m_catalogue.at(match.operation), scope.shown))
            result.operations.push_back(match.operation);
        else
            ++result.hidden;
    }
    return result;
}

} // namespace mcp
