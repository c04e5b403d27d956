// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/access_policy.h"

namespace mcp {

Verdict verdictFor(ApprovalMode mode, std::optional<AccessDecision> remembered)
{
    if (remembered)
        return *remembered == AccessDecision::Allowed ? Verdict::Allow : Verdict::Deny;
    switch (mode) {
    case ApprovalMode::Allow: return Verdict::Allow;
    case ApprovalMode::Deny: return Verdict::Deny;
    case ApprovalMode::Ask: return Verdict::Ask;
    }
    return Verdict::Deny;
}

} // namespace mcp
