// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/sign_in_attempt.h"

#include "auth/id_token.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

SignInAttempt::~SignInAttempt() = default;

Result<SignedIn> signedInWith(const TokenAnswer &answer, const EntraConfig &config,
                              const std::optional<QByteArray> &nonce, const QString &principal)
{
    if (const auto *failure = std::get_if<TokenFailure>(&answer)) {
        Error error = failure->error;
        // There is no session yet: what has ended is the code.
        if (error.cause == Cause::SessionEnded)
            error.cause = Cause::CodeSpent;
        // The person has just signed in; being told to sign in would help nobody, unless it is the
        // code that was lost on the way.
        if (error.kind == Kind::SignInNeeded)
            error.kind = Kind::ServiceFault;
        if (nextStepFor(error) == NextStep::SignIn && error.cause != Cause::CodeSpent)
            error.cause = Cause::None;
        return error;
    }
    const auto &tokens = std::get<TokenSet>(answer);
    const auto account =
        accountFromIdToken(tokens.idToken, config, nonce, QDateTime::currentDateTimeUtc());
    if (!account)
        return account.error();
    if (!principal.isEmpty() && account->principal() != principal) {
        return Error{.kind = Kind::Denied,
                     .detail = u"another account signed in than the one that was asked for"_s,
                     .cause = Cause::WrongAccount};
    }
    if (tokens.refreshToken.isEmpty()) {
        return Error{.kind = Kind::ServiceFault,
                     .detail = u"the token endpoint sent no refresh token"_s};
    }
    return SignedIn{*account, tokens};
}

} // namespace auth
