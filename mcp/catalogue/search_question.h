// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a question asks for, as far as that can be said without the catalogue. Pure.

#pragma once

#include <QStringView>

#include <string>
#include <vector>

namespace mcp {

// Whose things a question is about, and whose a path is.
enum class Owner { Unsaid, Me, Others };

struct SearchQuestion
{
    // What an operation should be about.
    struct Word
    {
        std::string word; // normal
        bool isVerb = false; // what is to be done, rather than with what
    };
    std::vector<Word> words;
    unsigned verb = 0; // bits of Verb; 0: none
    bool isChanging = false; // wants something changed
    Owner owner = Owner::Unsaid;
    std::string path; // that the question names as the catalogue would; empty: none
};

// The longest question that is looked at; what is beyond is left out.
constexpr int longestQuestion = 200;

SearchQuestion questionOf(QStringView text);

} // namespace mcp
