// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What words mean to the search: tables, and nothing else. All words in them are lower case; those
// to compare with are normal (search_words.h).

#pragma once

#include <span>
#include <string_view>

namespace mcp {

// What a generic verb of a question asks for, as bits: a question may have one of them, an
// operation may do several. "Sends" and the like are no generic verbs but words.
namespace Verb {
constexpr unsigned list = 1; // several things
constexpr unsigned get = 2; // one thing
constexpr unsigned find = 4;
constexpr unsigned download = 8;
constexpr unsigned create = 16;
constexpr unsigned update = 32;
constexpr unsigned remove = 64;
constexpr unsigned upload = 128;
constexpr unsigned reading = list | get | find | download;
} // namespace Verb

// The one spelling of a word that has several, or of an irregular plural; empty: as it is.
std::string_view spellingOf(std::string_view word);
// Says nothing about what is looked for.
bool isFiller(std::string_view word);
// The bits of a generic verb; 0: none.
unsigned verbOf(std::string_view word);
// A verb that changes something, such as "send": who asks so wants no reading.
bool isChangingVerb(std::string_view word);
// Begins a question, which wants to know and not to change.
bool isQuestionWord(std::string_view word);

// Other words that the thing may be called by, parted by spaces, those with = in front nearly as
// well.
std::string_view relatedTo(std::string_view word);

// Several words of a question that mean something together.
struct Phrase
{
    std::string_view words; // parted by spaces
    std::string_view meaning; // takes their place
};
std::span<const Phrase> phrases();

} // namespace mcp
