// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/access/access_policy.h"

namespace mcp {

std::optional<AccessDecision> clientDecision(ApprovalMode mode, const PastAnswers &remembered)
{
    if (remembered.client)
        return remembered.client;
    switch (mode) {
    case ApprovalMode::Allow: return AccessDecision::Allowed;
    case ApprovalMode::Deny: return AccessDecision::Denied;
    case ApprovalMode::Ask: break;
    }
    return std::nullopt;
}

Verdict verdictFor(ApprovalMode mode, const PastAnswers &remembered, Area area)
{
    const auto client = clientDecision(mode, remembered);
    if (!client)
        return Verdict::Ask;
    if (*client == AccessDecision::Denied)
        return Verdict::DenyClient;
    if (area == Area::Profile)
        return Verdict::Allow;
    if (remembered.area)
        return *remembered.area == AccessDecision::Allowed ? Verdict::Allow : Verdict::DenyArea;
    return mode == ApprovalMode::Allow ? Verdict::Allow : Verdict::Ask;
}

} // namespace mcp
