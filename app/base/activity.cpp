// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/activity.h"

using namespace Qt::StringLiterals;

QLatin1StringView activityName(ActivityEvent::Kind kind)
{
    using Kind = ActivityEvent::Kind;
    switch (kind) {
    case Kind::SignIn: return "signIn"_L1;
    case Kind::Refresh: return "refresh"_L1;
    case Kind::StepUp: return "stepUp"_L1;
    case Kind::SignOut: return "signOut"_L1;
    case Kind::ClientAccess: return "clientAccess"_L1;
    case Kind::AreaAccess: return "areaAccess"_L1;
    case Kind::RoleAccess: return "roleAccess"_L1;
    case Kind::ToolCall: return "toolCall"_L1;
    case Kind::CallsLeftOut: return "callsLeftOut"_L1;
    }
    return {};
}

QLatin1StringView activityOutcome(const ActivityEvent &event)
{
    if (!event.error)
        return "ok"_L1;
    using Kind = Error::Kind;
    switch (event.error->kind) {
    case Kind::Cancelled: return "cancelled"_L1;
    case Kind::SignInNeeded:
    case Kind::ConsentNeeded:
    case Kind::Misconfigured:
    case Kind::Denied:
    case Kind::Forbidden: return "refused"_L1;
    case Kind::NotConfigured:
    case Kind::NoAnswer:
    case Kind::Busy:
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::Throttled:
    case Kind::BadRequest:
    case Kind::NotFound:
    case Kind::ServiceFault:
    case Kind::StorageFault:
    case Kind::ProtocolFault:
    case Kind::Bug: break;
    }
    return "failed"_L1;
}
