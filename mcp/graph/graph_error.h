// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Graph says when it does not do what was asked, as an Error. Branches on status and code,
// never on the message (Graph documentation, "Microsoft Graph error responses"). Pure.

#pragma once

#include "app/base/error.h"

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace mcp {

// requestId: the response's request-id header; the body's own is used where there is none.
Error graphError(int status, const QByteArray &body, const QByteArray &requestId);

// A code or id of outsiders, fit to show: letters, digits and . _ - up to 100 characters, else
// empty.
QString plainCode(const QString &code);

// RFC 9110, 10.2.3: seconds or a date; rounded up, never negative. nullopt: neither.
std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QDateTime &now);

// Graph refuses this question for good, and may still answer others: no permission, nothing there,
// not for such an account.
inline bool isRefusal(const Error &error)
{
    return error.kind == Error::Kind::Forbidden || error.kind == Error::Kind::NotFound
        || error.kind == Error::Kind::BadRequest;
}

} // namespace mcp
