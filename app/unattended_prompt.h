// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The AccessPrompt of a process that no person can see: the answer is no, with what to change.

#pragma once

#include "mcp/access/access_prompt.h"

class UnattendedPrompt : public mcp::AccessPrompt
{
public:
    Async<mcp::AccessDecision> ask(const mcp::AccessRequest &request,
                                   const Cancellation *withdrawn) override;
};
