// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// May this AI client use the account, or must the person be asked? Kept apart from the question
// itself. Pure.

#pragma once

#include "mcp/access/access_prompt.h"

#include <optional>

namespace mcp {

enum class Verdict { Allow, Deny, Ask };

// The mode speaks of clients seen for the first time; a remembered answer of the person counts
// before it.
Verdict verdictFor(ApprovalMode mode, std::optional<AccessDecision> remembered);

} // namespace mcp
