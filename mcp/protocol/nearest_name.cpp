// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/nearest_name.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mcp {
namespace {

constexpr qsizetype longestName = 64; // of those that are compared: the work grows with the square

// Letters only: "max_results" and "maxResults" are the same word.
QString lettersOf(const QString &name)
{
    QString letters;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            letters += c.toLower();
    }
    return letters;
}

// Letters to put in, leave out, replace or swap with the next one (optimal string alignment).
qsizetype distanceOf(const QString &one, const QString &other)
{
    using Row = std::vector<qsizetype>;
    const auto size = size_t(other.size());
    Row before;
    Row last(size + 1);
    for (size_t i = 0; i <= size; ++i)
        last[i] = qsizetype(i);
    for (qsizetype at = 0; at < one.size(); ++at) {
        Row row(size + 1, at + 1);
        for (size_t i = 1; i <= size; ++i) {
            const QChar letter = other.at(qsizetype(i) - 1);
            row[i] = std::min(
                {last[i - 1] + (one.at(at) == letter ? 0 : 1), last[i] + 1, row[i - 1] + 1});
            const bool isSwapped = at > 0 && i > 1 && one.at(at - 1) == letter
                && one.at(at) == other.at(qsizetype(i) - 2);
            if (isSwapped)
                row[i] = std::min(row[i], before[i - 2] + 1);
        }
        before = std::exchange(last, std::move(row));
    }
    return last.back();
}

} // namespace

QString nearestName(const QString &name, const QStringList &known)
{
    const QString wanted = lettersOf(name.left(longestName));
    QString nearest;
    qsizetype least = std::max<qsizetype>(1, wanted.size() / 3) + 1;
    for (const QString &candidate : known) {
        const QString letters = lettersOf(candidate);
        // "sender_name" for "sender": one within the other is close, if it is a word.
        const bool isWithin = std::min(letters.size(), wanted.size()) >= 4
            && (wanted.startsWith(letters) || letters.startsWith(wanted));
        const qsizetype distance = isWithin ? std::min<qsizetype>(1, distanceOf(wanted, letters))
                                            : distanceOf(wanted, letters);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace mcp
