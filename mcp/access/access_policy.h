// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// May this AI client use this area of the account, or must the person be asked? Kept apart from the
// question itself. Pure.

#pragma once

#include "mcp/access/access_prompt.h"

#include <optional>

namespace mcp {

enum class Verdict { Allow, Ask, DenyClient, DenyArea };

// What the person has answered before about one client.
struct PastAnswers
{
    std::optional<AccessDecision> client = {};
    std::optional<AccessDecision> area = {}; // that of the call
};

// The mode speaks of clients seen for the first time; a remembered answer of the person counts
// before it. Where clients come in without a question, so do their areas.
Verdict verdictFor(ApprovalMode mode, const PastAnswers &remembered, Area area);
// Whether it may use the account at all; nullopt: not decided.
std::optional<AccessDecision> clientDecision(ApprovalMode mode, const PastAnswers &remembered);

} // namespace mcp
