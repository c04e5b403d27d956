// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/catalogue/search_vocabulary.h"

#include <algorithm>
#include <array>

namespace mcp {
namespace {

struct Spelling
{
    std::string_view word;
    std::string_view normal;
};
constexpr std::array spellings{
    Spelling{"analyses", "analysis"},
    Spelling{"avatar", "photo"},
    Spelling{"boss", "manager"},
    Spelling{"cancelled", "cancel"},
    Spelling{"categories", "category"},
    Spelling{"chief", "manager"},
    Spelling{"children", "child"},
    Spelling{"colleagues", "colleague"},
    Spelling{"colour", "color"},
    Spelling{"coworker", "colleague"},
    Spelling{"diary", "calendar"},
    Spelling{"doc", "document"},
    Spelling{"email", "mail"},
    Spelling{"everything", "everywhere"},
    Spelling{"favourite", "favorite"},
    Spelling{"find", "search"},
    Spelling{"inboxes", "inbox"},
    Spelling{"licence", "license"},
    Spelling{"mailboxes", "mailbox"},
    Spelling{"mate", "colleague"},
    Spelling{"membership", "member"},
    Spelling{"msg", "message"},
    Spelling{"organisation", "organization"},
    Spelling{"people", "person"},
    Spelling{"picture", "photo"},
    Spelling{"portrait", "photo"},
    Spelling{"sent", "send"},
    Spelling{"statuses", "status"},
    Spelling{"supervisor", "manager"},
    Spelling{"written", "write"},
    Spelling{"wrote", "write"},
};

constexpr std::array<std::string_view, 92> fillers{
    "a",     "about",  "after", "again",  "also",  "an",       "and",    "any",   "as",
    "at",    "be",     "been",  "before", "but",   "by",       "can",    "could", "did",
    "do",    "does",   "done",  "each",   "every", "everyone", "few",    "for",   "from",
    "graph", "had",    "has",   "have",   "he",    "here",     "how",    "if",    "in",
    "into",  "it",     "its",   "just",   "let",   "like",     "may",    "me",    "microsoft",
    "might", "more",   "most",  "much",   "must",  "my",       "need",   "not",   "now",
    "of",    "on",     "one",   "or",     "our",   "out",      "please", "right", "shall",
    "she",   "should", "so",    "some",   "still", "than",     "that",   "the",   "their",
    "them",  "then",   "there", "these",  "they",  "this",     "those",  "to",    "too",
    "up",    "us",     "very",  "want",   "was",   "we",       "were",   "with",  "would",
    "you",   "your",
};

struct VerbWord
{
    std::string_view word;
    unsigned verb;
};
constexpr std::array verbWords{
    VerbWord{"list", Verb::list},
    VerbWord{"enumerate", Verb::list},
    VerbWord{"count", Verb::list},
    VerbWord{"get", Verb::get},
    VerbWord{"fetch", Verb::get},
    VerbWord{"show", Verb::get | Verb::list},
    VerbWord{"see", Verb::get | Verb::list},
    VerbWord{"read", Verb::get | Verb::list},
    VerbWord{"view", Verb::get | Verb::list},
    VerbWord{"display", Verb::get | Verb::list},
    VerbWord{"tell", Verb::get | Verb::list},
    VerbWord{"give", Verb::get | Verb::list},
    VerbWord{"check", Verb::get | Verb::list},
    VerbWord{"retrieve", Verb::get},
    VerbWord{"find", Verb::find},
    VerbWord{"search", Verb::find},
    VerbWord{"look", Verb::find},
    VerbWord{"locate", Verb::find},
    VerbWord{"query", Verb::find},
    VerbWord{"download", Verb::download},
    VerbWord{"save", Verb::download},
    VerbWord{"create", Verb::create},
    VerbWord{"add", Verb::create},
    VerbWord{"make", Verb::create},
    VerbWord{"new", Verb::create},
    VerbWord{"book", Verb::create},
    VerbWord{"plan", Verb::create},
    VerbWord{"organize", Verb::create},
    VerbWord{"update", Verb::update},
    VerbWord{"change", Verb::update},
    VerbWord{"edit", Verb::update},
    VerbWord{"modify", Verb::update},
    VerbWord{"set", Verb::update},
    VerbWord{"patch", Verb::update},
    VerbWord{"put", Verb::update | Verb::upload},
    VerbWord{"replace", Verb::update},
    VerbWord{"delete", Verb::remove},
    VerbWord{"remove", Verb::remove},
    VerbWord{"erase", Verb::remove},
    VerbWord{"upload", Verb::upload},
};

constexpr std::array<std::string_view, 34> changingVerbs{
    "accept",    "assign",      "cancel",   "clear",   "copy",        "decline", "dismiss",
    "follow",    "format",      "forward",  "insert",  "invite",      "mark",    "merge",
    "move",      "pin",         "post",     "publish", "reauthorize", "rename",  "reply",
    "restore",   "send",        "share",    "snooze",  "sort",        "start",   "stop",
    "subscribe", "tentatively", "unfollow", "unmerge", "unpin",       "unset",
};

constexpr std::array<std::string_view, 18> questionWords{
    "who", "whom", "whose", "what", "which", "when", "where", "why", "how",
    "is",  "are",  "am",    "did",  "does",  "do",   "has",   "was", "were"};

struct Related
{
    std::string_view word;
    std::string_view others; // parted by spaces; = before what is nearly the same
};
constexpr std::array related{
    Related{"account", "profile"},
    Related{"add", "create"},
    Related{"appointment", "=event"},
    Related{"attend", "=attendance"},
    Related{"available", "presence"},
    Related{"away", "presence"},
    Related{"booking", "appointment"},
    Related{"busy", "presence schedule"},
    Related{"calendar", "event"},
    Related{"cell", "range"},
    Related{"channel", "team"},
    Related{"chat", "team message"},
    Related{"colleague", "user person"},
    Related{"conversation", "chat"},
    Related{"create", "add"},
    Related{"document", "file item drive"},
    Related{"draft", "message"},
    Related{"employee", "=user"},
    Related{"excel", "workbook"},
    Related{"file", "item document drive"},
    Related{"folder", "item child"},
    Related{"free", "schedule"},
    Related{"inbox", "message mail folder"},
    Related{"invitation", "=event"},
    Related{"mail", "=message"},
    Related{"mailbox", "mail"},
    Related{"meeting", "=event"},
    Related{"note", "onenote page"},
    Related{"notebook", "onenote"},
    Related{"onedrive", "drive"},
    Related{"photo", "profile"},
    Related{"post", "message"},
    Related{"quota", "drive space"},
    Related{"room", "place"},
    Related{"sharepoint", "site"},
    Related{"sheet", "worksheet"},
    Related{"site", "sharepoint"},
    Related{"spreadsheet", "excel workbook worksheet"},
    Related{"storage", "drive space"},
    Related{"task", "todo planner"},
    Related{"todo", "task"},
    Related{"unread", "message"},
};

constexpr std::array phraseTable{
    Phrase{"e mail", "mail"},
    Phrase{"e mails", "mail"},
    Phrase{"one drive", "onedrive"},
    Phrase{"one note", "onenote"},
    Phrase{"share point", "sharepoint"},
    Phrase{"to do", "todo"},
    Phrase{"to dos", "todo"},
    Phrase{"turn down", "decline"},
    Phrase{"out of office", "automatic reply"},
    Phrase{"get rid of", "delete"},
    Phrase{"work with", "work person"},
    Phrase{"write to", "send message"},
    Phrase{"look up", "search"},
    Phrase{"shared mailbox", "others mailbox"},
    Phrase{"shared calendar", "others calendar"},
    Phrase{"current user", "my profile"},
    Phrase{"free or busy", "schedule busy free"},
};

// Tables are short and a question has few words.
template <class Table>
auto entryOf(const Table &table, std::string_view word)
{
    return std::ranges::find_if(table, [&](const auto &entry) { return entry.word == word; });
}

} // namespace

std::string_view spellingOf(std::string_view word)
{
    const auto entry = entryOf(spellings, word);
    return entry == spellings.end() ? std::string_view() : entry->normal;
}

bool isFiller(std::string_view word)
{
    return std::ranges::find(fillers, word) != fillers.end();
}

unsigned verbOf(std::string_view word)
{
    const auto entry = entryOf(verbWords, word);
    return entry == verbWords.end() ? 0 : entry->verb;
}

bool isChangingVerb(std::string_view word)
{
    return std::ranges::find(changingVerbs, word) != changingVerbs.end();
}

bool isQuestionWord(std::string_view word)
{
    return std::ranges::find(questionWords, word) != questionWords.end();
}

std::string_view relatedTo(std::string_view word)
{
    const auto entry = entryOf(related, word);
    return entry == related.end() ? std::string_view() : entry->others;
}

std::span<const Phrase> phrases()
{
    return phraseTable;
}

} // namespace mcp
