// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The question that only the person answers: may this AI client use the account, or one more area
// of it? A seam: the dialog lives in app/; where nobody can be asked the answer is an Error of kind
// Denied whose detail says which setting to change.

#pragma once

#include "app/base/async.h"
#include "app/base/cancellation.h"
#include "mcp/local/client_identity.h"
#include "mcp/protocol/area.h"

#include <optional>

namespace mcp {

enum class AccessDecision { Allowed, Denied };

struct AccessRequest
{
    ClientIdentity client = {};
    QString principal = {}; // whose account its call is for; empty: nobody is signed in
    Area area = Area::Profile; // what its call is about
    bool isNewClient = true; // it may not use the account yet; else only the area is in question
};

class AccessPrompt
{
public:
    virtual ~AccessPrompt() = default;
    // At most one question is shown, the rest wait. withdrawn: the client went away or its call
    // ended; the question closes unanswered. It may be null and outlives the question.
    virtual Async<AccessDecision> ask(const AccessRequest &request,
                                      const Cancellation *withdrawn) = 0;
};

// Remembered answers, by program.
class ApprovalStore
{
public:
    virtual ~ApprovalStore() = default;
    // May it use the account at all, and with it the profile?
    virtual std::optional<AccessDecision> decisionFor(const QString &program) const = 0;
    virtual void remember(const QString &program, AccessDecision decision) = 0;
    // One of the other areas.
    virtual std::optional<AccessDecision> areaDecisionFor(const QString &program,
                                                          Area area) const = 0;
    virtual void rememberArea(const QString &program, Area area, AccessDecision decision) = 0;
};

// GRAPH_VALET_CLIENT_APPROVAL
enum class ApprovalMode { Ask, Allow, Deny };

} // namespace mcp
