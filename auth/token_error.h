// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Entra's token endpoint means when it says no. Decided by error_codes, suberror, error and
// claims, in this order, whatever the HTTP status; never by error_description, which changes.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes

#pragma once

#include "app/base/error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace auth {

struct TokenFailure
{
    Error error;
    // The refresh token itself is worthless from now on; not so where only this use of it is
    // refused (another factor, a network that is not allowed).
    bool isTokenDead = false;
    QByteArray claims = {}; // to be passed on to the next sign-in; JSON
};

// object: the body, which has an `error`. retryAfter: of the header, 0: none.
TokenFailure classifyTokenError(const QJsonObject &object, int status,
                                std::chrono::seconds retryAfter);

// The same words when they come to the redirect (RFC 6749, section 4.1.2.1), where there are no
// codes. Of the description only the AADSTS number is taken: for the support case, and because it
// alone tells that an administrator has to consent.
Error classifyAuthorizationError(const QString &word, const QString &description);

// Retry-After as seconds or HTTP date (RFC 9110, section 10.2.3); at most an hour, 0: none.
std::chrono::seconds readRetryAfter(const QByteArray &header, qint64 nowSeconds);

} // namespace auth
