// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The search of Microsoft 365 for files: POST /search/query with the entity type driveItem.
// https://learn.microsoft.com/graph/search-concept-files

#pragma once

#include "tests/sandbox/graph_answer.h"

#include <QList>

#include <functional>

namespace sandbox {

// body: of the request. itemsWith: driveItems that have all the words.
GraphAnswer driveSearch(const QByteArray &body,
                        const std::function<QList<QJsonObject>(const QString &words)> &itemsWith);

} // namespace sandbox
