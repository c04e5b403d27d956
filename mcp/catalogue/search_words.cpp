// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/search_words.h"

#include "mcp/catalogue/search_vocabulary.h"

#include <QString>

#include <algorithm>
#include <array>

namespace mcp {
namespace {

// Not std::islower and the like, which depend on the locale.
constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr char lowered(char c)
{
    return isUpper(c) ? char(c - 'A' + 'a') : c;
}

std::string withoutPlural(std::string word)
{
    const auto endsWith = [&](std::string_view end) { return word.ends_with(end); };
    if (word.size() < 4 || !endsWith("s") || endsWith("ss") || endsWith("us") || endsWith("is"))
        return word;
    if (endsWith("ies") && word.size() > 4) {
        word.replace(word.size() - 3, 3, "y");
        return word;
    }
    constexpr std::array longEnds{"sses", "ches", "shes", "xes", "uses"};
    const bool isLong =
        std::ranges::any_of(longEnds, [&](const char *end) { return endsWith(end); });
    word.resize(word.size() - (isLong ? 2 : 1));
    return word;
}

} // namespace

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!isLower(c) && !isUpper(c) && !isDigit(c)) {
            finish();
            continue;
        }
        // "mailFolder" and "PCUser" part before the F and before the U, "PCs" does not.
        const auto isLowerAt = [&](size_t at) { return at < text.size() && isLower(text[at]); };
        const bool isAfterLower = i > 0 && (isLower(text[i - 1]) || isDigit(text[i - 1]));
        const bool isPlural = i + 1 < text.size() && text[i + 1] == 's' && !isLowerAt(i + 2);
        const bool isBeforeLower = i > 0 && isUpper(text[i - 1]) && isLowerAt(i + 1) && !isPlural;
        if (isUpper(c) && (isAfterLower || isBeforeLower))
            finish();
        word += lowered(c);
    }
    finish();
    return words;
}

std::vector<std::string> wordsOfQuestion(QStringView text)
{
    const QString parted = text.toString().normalized(QString::NormalizationForm_KD);
    std::string ascii;
    for (const QChar c : parted) {
        if (c.isMark() || c == u'\'' || c == u'\u2019') // "meeting's" is "meetings"
            continue;
        ascii += c.unicode() < 128 ? char(c.unicode()) : ' ';
    }
    return wordsOf(ascii);
}

std::string normalWord(std::string word)
{
    const std::string_view irregular = spellingOf(word);
    if (!irregular.empty())
        return std::string(irregular);
    word = withoutPlural(std::move(word));
    const std::string_view spelling = spellingOf(word);
    return spelling.empty() ? word : std::string(spelling);
}

std::vector<std::string> otherForms(const std::string &word)
{
    std::vector<std::string> forms;
    constexpr std::array<std::string_view, 4> ends{"ing", "ed", "er", "ly"};
    for (const std::string_view end : ends) {
        if (!word.ends_with(end) || word.size() < end.size() + 3)
            continue;
        const std::string base = word.substr(0, word.size() - end.size());
        forms.push_back(base);
        forms.push_back(base + 'e');
        if (base.size() > 3 && base[base.size() - 1] == base[base.size() - 2])
            forms.push_back(base.substr(0, base.size() - 1)); // "planned"
        if (base.ends_with('i'))
            forms.push_back(base.substr(0, base.size() - 1) + 'y'); // "replied"
    }
    const bool endsInE = word.ends_with('e');
    const std::string stem = endsInE ? word.substr(0, word.size() - 1) : word;
    for (const std::string_view end : ends)
        forms.push_back(stem + std::string(end));
    if (endsInE)
        forms.push_back(word + "ly");
    return forms;
}

} // namespace mcp
