// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts to words as the search compares them: lower case, ASCII, in the singular, one spelling.
// Pure.

#pragma once

#include <QStringView>

#include <string>
#include <string_view>
#include <vector>

namespace mcp {

// The words of a path or a wording, which are ASCII; "mailFolders" is two.
std::vector<std::string> wordsOf(std::string_view text);
// The words of a question: any Unicode; accents are dropped, letters beyond ASCII part words.
std::vector<std::string> wordsOfQuestion(QStringView text);

// A lower-case word in the singular and in the one spelling that the search knows: "licences" is
// "license", "emails" is "mail".
std::string normalWord(std::string word);
// Other forms that the word of a question may have elsewhere: "shared" and "sharing" of "share",
// and the other way round. Most of them are no words; only those are meant that something has.
std::vector<std::string> otherForms(const std::string &word);

} // namespace mcp
