// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/wire_error.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

int codeOf(Error::Kind kind)
{
    using Kind = Error::Kind;
    switch (kind) {
    case Kind::BadRequest:
    case Kind::NotFound: return wire::invalidParams;
    case Kind::ProtocolFault: return wire::invalidRequest;
    case Kind::Busy:
    case Kind::Throttled: return wire::busy;
    case Kind::Cancelled: return wire::cancelled;
    case Kind::NotConfigured:
    case Kind::Misconfigured:
    case Kind::SignInNeeded:
    case Kind::ConsentNeeded:
    case Kind::Denied:
    case Kind::NoAnswer:
    case Kind::Forbidden: return wire::notAllowed;
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::ServiceFault:
    case Kind::StorageFault: return wire::unavailable;
    case Kind::Bug: return wire::internalError;
    }
    return wire::internalError;
}

} // namespace

QJsonObject toJson(const WireError &error)
{
    QJsonObject object{{u"code"_s, error.code}, {u"message"_s, error.message}};
    if (!error.data.isEmpty())
        object.insert(u"data"_s, error.data);
    return object;
}

WireError wireErrorOf(const Error &error)
{
    return {.code = codeOf(error.kind),
            .message = error.detail.isEmpty() ? QString(kindName(error.kind)) : error.detail,
            .data = {{u"kind"_s, QString(kindName(error.kind))}}};
}

} // namespace mcp
