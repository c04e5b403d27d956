// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FindGraphOperation: which operations of Microsoft Graph there are for something, out of the
// catalogue that is built in. It reads nothing of the account and works offline and signed out.

#pragma once

#include "mcp/catalogue/operation_catalogue.h"
#include "mcp/protocol/tool.h"

namespace mcp {

Tool findOperationTool();

// One line of its answer. Pure.
QString operationRow(const Operation &operation);

} // namespace mcp
