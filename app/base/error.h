// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one error type of the program. Errors are values; nothing of ours throws.
// A kind exists because somebody reacts to it differently; each kind has a sentence for the person
// (app/user_messages), a text for the model (mcp/tools/model_messages) and a JSON-RPC code
// (mcp/protocol/wire_error).

#pragma once

#include "app/base/cause.h"

#include <QString>

#include <array>
#include <chrono>

struct Error
{
    enum class Kind {
        Cancelled, // the person or the caller withdrew; nothing is wrong
        NotConfigured, // client id or tenant is missing
        Misconfigured, // the app registration or a setting is wrong; signing in again does not help
        SignInNeeded, // nobody is signed in, or Entra wants the person again
        ConsentNeeded, // a scope has not been granted to the app
        Denied, // a deliberate no of the person or of a policy
        NoAnswer, // the person was asked and has not answered in time
        Busy, // too many of these at once; later it may work
        Offline, // the service was not reached; tokens are kept
        Timeout, // the service was reached and did not answer in time
        Throttled, // 429 or 503; retryAfter says when
        BadRequest, // the service refuses the request as it is
        NotFound,
        Forbidden, // the account lacks the right
        ServiceFault, // the service failed (5xx) or answered with something unusable
        StorageFault, // the keychain or a file failed
        ProtocolFault, // bytes from another program that break the rules
        Bug, // our own mistake
    };
    static constexpr int kindCount = int(Kind::Bug) + 1;

    Kind kind = Kind::Bug;
    QString detail = {}; // English, for log and developer; never a secret, never a response body
    QString serviceCode = {}; // "AADSTS65001", "ErrorItemNotFound"; empty when there is none
    std::chrono::seconds retryAfter{0};
    QString requestId = {}; // Graph's request-id or Entra's correlation id, for support cases
    Cause cause = Cause::None; // why, where people can do more about it than the kind says
    QString link = {}; // the page on which an administrator ends it; no secret
    // Who stands between this computer and Microsoft: a proxy's host and port, or the issuer that a
    // certificate names. Outside text.
    QString intermediary = {};
};

// The kind's name as written above, for logs and tests.
QLatin1StringView kindName(Error::Kind kind);
// Every kind, for tests that walk them all.
std::array<Error::Kind, Error::kindCount> allErrorKinds();
