// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// $search and $filter as Graph reads them for directory objects.
// https://learn.microsoft.com/graph/search-query-parameter, "Using $search on directory object
// collections"

#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace sandbox {

class DirectorySearch
{
public:
    // search: "property:text" in quotation marks, joined by OR. nullopt: not understood.
    static std::optional<DirectorySearch> ofSearch(const QString &search);
    // filter: property eq 'text', joined by or.
    static std::optional<DirectorySearch> ofFilter(const QString &filter);

    QStringList properties() const;
    bool finds(const QJsonObject &user) const;

    // Every word of text begins a word of name.
    static bool matchesWords(const QString &name, const QString &text);

private:
    struct Clause
    {
        QString property;
        QString text;
    };

    QList<Clause> m_clauses;
    bool m_isExact = false;
};

} // namespace sandbox
