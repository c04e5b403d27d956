// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/search_question.h"

#include "mcp/catalogue/search_vocabulary.h"
#include "mcp/catalogue/search_words.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <initializer_list>

namespace mcp {
namespace {

// Replaces the phrases in a question by what they mean.
std::vector<std::string> withoutPhrases(std::vector<std::string> words)
{
    for (const Phrase &phrase : phrases()) {
        const std::vector<std::string> sought = wordsOf(phrase.words);
        const std::vector<std::string> meaning = wordsOf(phrase.meaning);
        auto from = words.begin(); // behind what was put in, should that contain the phrase
        for (;;) {
            const auto found = std::search(from, words.end(), sought.begin(), sought.end());
            if (found == words.end())
                break;
            const auto at = words.erase(found, found + std::ptrdiff_t(sought.size()));
            from =
                words.insert(at, meaning.begin(), meaning.end()) + std::ptrdiff_t(meaning.size());
        }
    }
    return words;
}

bool isOneOf(const std::string &word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

Owner ownerIn(const std::string &word)
{
    if (isOneOf(word, {"i", "me", "my", "mine", "myself"}))
        return Owner::Me;
    if (isOneOf(word,
                {"user", "others", "somebody", "someone", "his", "her", "their", "colleague"}))
        return Owner::Others;
    return Owner::Unsaid;
}

// "/v1.0/me/messages/{message-id}" in the catalogue's notation, where a word of a question is one.
std::string pathIn(QStringView text)
{
    for (QStringView word : text.split(u' ', Qt::SkipEmptyParts)) {
        constexpr QStringView version = u"/v1.0/";
        if (word.startsWith(version))
            word = word.sliced(version.size() - 1);
        if (!word.startsWith(u'/'))
            continue;
        std::string path;
        for (const QStringView segment : word.sliced(1).split(u'/')) {
            const bool isKey = segment.startsWith(u'{') && segment.endsWith(u'}');
            path += '/' + (isKey ? std::string("{id}") : segment.toString().toStdString());
        }
        return path;
    }
    return {};
}

} // namespace

SearchQuestion questionOf(QStringView text)
{
    SearchQuestion question;
    question.path = pathIn(text.left(longestQuestion));
    bool isVerbKnown = false; // only the first one counts, and none after "which"
    for (const std::string &raw : withoutPhrases(wordsOfQuestion(text.left(longestQuestion)))) {
        const Owner owner = ownerIn(raw);
        if (owner != Owner::Unsaid && question.owner != Owner::Others)
            question.owner = owner;
        // "whats" was "what's".
        if (isQuestionWord(raw)
            || (raw.size() > 3 && isQuestionWord(raw.substr(0, raw.size() - 1)))) {
            if (!isVerbKnown)
                question.verb = Verb::get | Verb::list;
            isVerbKnown = true;
            continue;
        }
        if (raw.size() < 2 || isFiller(raw) || raw == "others" || raw == "mine")
            continue;
        const std::string word = normalWord(raw);
        const unsigned verb = isVerbKnown || !question.words.empty() ? 0 : verbOf(word);
        const bool isChanging = !isVerbKnown && isChangingVerb(word);
        if (verb != 0)
            question.verb = verb;
        if (verb != 0 || isChanging) {
            question.isChanging = isChanging || (verb & Verb::reading) == 0;
            isVerbKnown = true;
        }
        // "search" and "delete" are names of operations too, "get" and "list" say nothing more.
        if (word != "get" && (word != "list" || verb == 0))
            question.words.push_back({.word = word, .isVerb = verb != 0 || isChanging});
    }
    return question;
}

} // namespace mcp
