// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FindGraphOperation: which operations of Microsoft Graph there are for something, out of the
// catalogue that is built in. It reads nothing of the account and works offline and signed out.

#pragma once

#include "mcp/catalogue/hidden_operations.h"
#include "mcp/protocol/tool.h"

#include <memory>

namespace mcp {

// shown: read at each call; null: nothing that is hidden otherwise.
Tool findOperationTool(const std::shared_ptr<const OperationsShown> &shown = {});

// One line of its answer. Pure.
QString operationRow(const Operation &operation);

} // namespace mcp
