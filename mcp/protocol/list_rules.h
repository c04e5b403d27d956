// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace mcp {

// What a registry holds its entries to.
enum class ListRules {
    Ours, // what every client lists and no model misreads
    ProtocolOnly // what MCP allows; for servers that tests need
};

} // namespace mcp
