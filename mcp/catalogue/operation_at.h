// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which operations a path of a request belongs to.

#pragma once

#include "mcp/catalogue/operation_catalogue.h"

#include <QList>
#include <QStringList>

namespace mcp {

// For each method the operation that fits best: the one whose template has the fewest keys.
// segments: of the path without version, decoded; letter case counts. Empty: no such path.
QList<Operation> operationsAt(const OperationCatalogue &catalogue, const QStringList &segments);

} // namespace mcp
