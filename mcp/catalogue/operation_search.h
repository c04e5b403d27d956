// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The operations that fit a question best. Offline, and always in the same order.

#pragma once

#include "mcp/catalogue/operation_index.h"

#include <QStringView>

#include <optional>
#include <vector>

namespace mcp {

// What is searched.
struct SearchScope
{
    bool isReadingOnly = false; // leaves out what changes something
    OperationsShown shown = {};
};

struct SearchResult
{
    std::vector<int> operations; // of the catalogue, the best first
    int hidden = 0; // that would have been among them
};

class OperationSearch
{
public:
    // The one over the bundled catalogue; made when it is first asked for.
    static const OperationSearch &bundled();

    // catalogue outlives the search.
    explicit OperationSearch(const OperationCatalogue &catalogue);

    SearchResult find(QStringView text, int limit, const SearchScope &scope = {}) const;
    const OperationCatalogue &catalogue() const { return m_catalogue; }

private:
    struct Match;
    void add(const SearchQuestion::Word &asked, std::vector<Match> *matches) const;
    void favourNamed(std::string_view path, std::vector<Match> *matches) const;
    std::vector<Match> matches(const SearchQuestion &question) const;
    float fit(const SearchQuestion &question, const Match &match) const;

    const OperationCatalogue &m_catalogue;
    OperationIndex m_index;
};

} // namespace mcp
