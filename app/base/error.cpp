// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/error.h"

QLatin1StringView kindName(Error::Kind kind)
{
    using Kind = Error::Kind;
    switch (kind) {
    case Kind::Cancelled: return QLatin1StringView("Cancelled");
    case Kind::NotConfigured: return QLatin1StringView("NotConfigured");
    case Kind::Misconfigured: return QLatin1StringView("Misconfigured");
    case Kind::SignInNeeded: return QLatin1StringView("SignInNeeded");
    case Kind::ConsentNeeded: return QLatin1StringView("ConsentNeeded");
    case Kind::Denied: return QLatin1StringView("Denied");
    case Kind::NoAnswer: return QLatin1StringView("NoAnswer");
    case Kind::Busy: return QLatin1StringView("Busy");
    case Kind::Offline: return QLatin1StringView("Offline");
    case Kind::Timeout: return QLatin1StringView("Timeout");
    case Kind::Throttled: return QLatin1StringView("Throttled");
    case Kind::BadRequest: return QLatin1StringView("BadRequest");
    case Kind::NotFound: return QLatin1StringView("NotFound");
    case Kind::Forbidden: return QLatin1StringView("Forbidden");
    case Kind::ServiceFault: return QLatin1StringView("ServiceFault");
    case Kind::StorageFault: return QLatin1StringView("StorageFault");
    case Kind::ProtocolFault: return QLatin1StringView("ProtocolFault");
    case Kind::Bug: return QLatin1StringView("Bug");
    }
    return QLatin1StringView("Bug");
}

std::array<Error::Kind, Error::kindCount> allErrorKinds()
{
    std::array<Error::Kind, Error::kindCount> kinds{};
    for (int i = 0; i < Error::kindCount; ++i)
        kinds[size_t(i)] = Error::Kind(i);
    return kinds;
}
