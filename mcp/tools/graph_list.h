// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list of Graph in answers of a size that a model can use: rows, and where the list goes on. What
// Graph sends as one page may become several answers; each asks for that page again.

#pragma once

#include "mcp/graph/graph_client.h"

#include <QStringList>

#include <optional>

namespace mcp {

// A row within a page of Graph. Goes into a cursor.
struct ListPlace
{
    QString path; // "/v1.0/me/messages"
    QString query; // encoded
    int from = 0; // the first row of that page to show

    static ListPlace of(const GraphRequest &request);
    static ListPlace ofState(const QJsonObject &state);
    QJsonObject state() const;
    // What asks for the page.
    GraphRequest request(const QStringList &scopes) const;
};

struct ListRows
{
    QStringList rows;
    std::optional<ListPlace> next; // nullopt: that was all
};

constexpr qsizetype rowsLimit = 16 * 1024; // bytes of UTF-8, but always one row

// all: one for each that the answer has, also before place.from. limit: in bytes of UTF-8.
// ServiceFault: Graph's link to the next page leads elsewhere.
Result<ListRows> listRows(const QStringList &all, const QJsonObject &answer, const ListPlace &place,
                          const GraphClient &graph, qsizetype limit = rowsLimit);
// The same for long pages: makes the rows that are shown, and no others, of the answer's "value".
Result<ListRows> listRowsOf(const QJsonObject &answer, QString (*row)(const QJsonValue &),
                            const ListPlace &place, const GraphClient &graph);

} // namespace mcp
