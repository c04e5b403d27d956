// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/directory_search.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sandbox {
namespace {

// By spaces and symbols, and where a small letter is followed by a capital one.
QStringList tokensOf(const QString &text)
{
    QStringList tokens;
    QString token;
    QChar before;
    const auto end = [&] {
        if (!token.isEmpty())
            tokens.append(token.toLower());
        token.clear();
    };
    for (const QChar c : text) {
        const bool isWord = c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
        if (!isWord || (before.isLower() && c.isUpper()))
            end();
        if (isWord)
            token.append(c);
        before = c;
    }
    end();
    return tokens;
}

} // namespace

std::optional<DirectorySearch> DirectorySearch::ofSearch(const QString &search)
{
    static const QRegularExpression clause(
        u"\"([A-Za-z]+):((?:[^\"\\\\]|\\\\[\"\\\\])*)\"( OR |$)"_s);
    static const QRegularExpression escaped(u"\\\\([\"\\\\])"_s);
    DirectorySearch found;
    qsizetype at = 0;
    bool isOpen = true; // something must follow
    while (isOpen) {
        const auto match = clause.match(search, at, QRegularExpression::NormalMatch,
                                        QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return std::nullopt;
        found.m_clauses.append({match.captured(1), match.captured(2).replace(escaped, u"\\1"_s)});
        at = match.capturedEnd();
        isOpen = !match.captured(3).isEmpty();
    }
    return found;
}

std::optional<DirectorySearch> DirectorySearch::ofFilter(const QString &filter)
{
    static const QRegularExpression clause(u"([A-Za-z]+) eq '((?:[^']|'')*)'( or |$)"_s);
    DirectorySearch found;
    found.m_isExact = true;
    qsizetype at = 0;
    bool isOpen = true;
    while (isOpen) {
        const auto match = clause.match(filter, at, QRegularExpression::NormalMatch,
                                        QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return std::nullopt;
        found.m_clauses.append({match.captured(1), match.captured(2).replace(u"''"_s, u"'"_s)});
        at = match.capturedEnd();
        isOpen = !match.captured(3).isEmpty();
    }
    return found;
}

QStringList DirectorySearch::properties() const
{
    QStringList all;
    for (const Clause &clause : m_clauses)
        all.append(clause.property);
    return all;
}

bool DirectorySearch::finds(const QJsonObject &user) const
{
    return std::any_of(m_clauses.begin(), m_clauses.end(), [&](const Clause &clause) {
        const QString value = user.value(clause.property).toString();
        if (m_isExact)
            return value.compare(clause.text, Qt::CaseInsensitive) == 0;
        if (clause.property == u"displayName")
            return matchesWords(value, clause.text);
        return !clause.text.isEmpty() && value.startsWith(clause.text, Qt::CaseInsensitive);
    });
}

bool DirectorySearch::matchesWords(const QString &name, const QString &text)
{
    const QStringList there = tokensOf(name);
    const QStringList wanted = tokensOf(text);
    return !wanted.isEmpty() && std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) {
        return std::any_of(there.begin(), there.end(),
                           [&](const QString &token) { return token.startsWith(word); });
    });
}

} // namespace sandbox
