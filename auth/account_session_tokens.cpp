// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of AccountSession that answers tokenFor(): from memory, by silent refresh (one at a
// time, however many wait), or through the person.

#include "app/base/log.h"
#include "auth/account_session_p.h"
#include "auth/id_token.h"
#include "auth/token_endpoint.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

constexpr std::chrono::minutes misconfiguredPause{1};

Error signInNeeded(const QString &detail)
{
    return Error{.kind = Kind::SignInNeeded, .detail = detail};
}

bool isTransient(Kind kind)
{
    return kind == Kind::Offline || kind == Kind::Timeout || kind == Kind::Throttled
        || kind == Kind::ServiceFault;
}

} // namespace

void AccountSession::Private::Held::hold(const Error &why, const QDateTime &now,
                                         std::chrono::milliseconds time)
{
    error = why;
    since = now;
    until = now.addMSecs(time.count());
}

std::optional<Error> AccountSession::Private::Held::at(const QDateTime &now) const
{
    // A clock that was set back must not make it last longer.
    if (!error || now < since || now >= until)
        return {};
    Error held = *error;
    if (held.kind == Kind::Throttled)
        held.retryAfter = std::chrono::seconds(std::max(qint64(1), now.secsTo(until)));
    return held;
}

Async<AccessToken> AccountSession::Private::tokenFor(const TokenRequest &request)
{
    if (request.cancellation && request.cancellation->isCancelled()) {
        return readyAsync<AccessToken>(
            Error{.kind = Kind::Cancelled, .detail = u"the caller withdrew"_s});
    }
    auto *call = new TokenCall(request, cache.serial(), this);
    calls.append(call);
    connect(call, &TokenCall::ended, this, [this, call] { calls.removeOne(call); });
    Async<AccessToken> future = call->future();
    // A keychain that could not be read may be open by now.
    if (isLoaded && !usable() && loadProblem && !loadRetry.isActive() && config.ok()) {
        loadRetry.start(timing.retries.value(0));
        load();
    }
    serve(call);
    return future;
}

QList<TokenCall *> AccountSession::Private::callsThatWaitFor(TokenCall::WaitsFor what) const
{
    QList<TokenCall *> found;
    for (TokenCall *call : calls) {
        if (call->waitsFor() == what)
            found.append(call);
    }
    return found;
}

void AccountSession::Private::serveAll()
{
    const auto waiting = calls;
    for (TokenCall *call : waiting)
        serve(call);
}

void AccountSession::Private::serve(TokenCall *call)
{
    if (call->isEnded())
        return;
    if (!config)
        return call->answer(config.error());
    if (!isLoaded || (isLoading && loadProblem && !usable()))
        return call->waitFor(TokenCall::WaitsFor::Keychain);
    // A new sign-in is not handed out before its record is written.
    if (isSettling)
        return call->waitFor(TokenCall::WaitsFor::Network);
    if (!usable())
        return needPerson(call);
    const QString &wanted = call->request().principal;
    if (!wanted.isEmpty() && wanted != record->account.principal()) {
        return call->answer(
            signInNeeded(u"another account is signed in than the one this call is for"_s));
    }
    keeper.nudge();
    if (!interaction) {
        // A refresh under way has a newer token; its predecessor still serves meanwhile.
        if (const auto token = cache.tokenFor(call->request(), now(), call->newerThan()))
            return call->answer(*token);
        return refresh(call);
    }
    if (isSigningIn() || record->refreshToken.isEmpty() || interactionPause.at(now()))
        return needPerson(call);
    refresh(call); // what Entra wanted may have been done elsewhere
}

void AccountSession::Private::needPerson(TokenCall *call)
{
    // Where there is no keychain at all nothing can be in it; a locked one is another matter.
    if (!usable() && loadProblem && loadProblem->serviceCode != u"absent")
        return call->answer(*loadProblem);
    // A policy's no: signing in again would end the same way, so only the person starts that.
    if (interaction && interaction->kind == Kind::Denied && usable() && !isSigningIn())
        return call->answer(*interaction);
    if (call->request().interaction == Interaction::Never) {
        Error error =
            usable() && interaction ? *interaction : signInNeeded(u"nobody is signed in"_s);
        if (error.kind != Kind::ConsentNeeded)
            error.kind = Kind::SignInNeeded;
        return call->answer(error);
    }
    if (!isSigningIn()) {
        if (const auto no = declined.at(now()))
            return call->answer(*no);
        call->waitFor(TokenCall::WaitsFor::Person);
        beginAttempt(SignInWay::Browser);
        Q_EMIT q->attentionNeeded();
        return;
    }
    call->waitFor(TokenCall::WaitsFor::Person);
}

void AccountSession::Private::refresh(TokenCall *call)
{
    call->waitFor(TokenCall::WaitsFor::Network);
    if (isFlying)
        return; // served when it has landed
    if (const auto pause = refreshPause.at(now())) {
        if (const auto token = cache.lastResort(call->request(), now()))
            return call->answer(*token);
        return call->answer(*pause);
    }
    isFlying = true;
    const Flight flight{.generation = generation,
                        .configuration = configuration,
                        .scopes = unitedScopes(config->scopes, call->request().scopes),
                        .claims = call->request().claims};
    auto *endpoint = new TokenEndpoint(*config, this);
    whenDone(endpoint->refresh(record->refreshToken, flight.scopes, flight.claims), this,
             [this, endpoint, flight](const Result<TokenAnswer> &answer) {
                 endpoint->deleteLater();
                 landed(flight,
                        answer.ok() ? *answer : TokenAnswer(TokenFailure{.error = answer.error()}));
             });
}

void AccountSession::Private::landed(const Flight &flight, const TokenAnswer &answer)
{
    if (flight.generation != generation) {
        isFlying = false; // of a sign-in that is over
        serveAll();
        return;
    }
    if (const auto *tokens = std::get_if<TokenSet>(&answer))
        return refreshed(flight, *tokens);
    isFlying = false;
    refused(flight, std::get<TokenFailure>(answer));
}

void AccountSession::Private::refreshed(const Flight &flight, const TokenSet &tokens)
{
    const bool isCurrent = flight.configuration == configuration;
    if (isCurrent && !tokens.idToken.isEmpty()) {
        const auto who = accountFromIdToken(tokens.idToken, *config, {}, now());
        if (who.ok() && who->principal() != record->account.principal()) {
            isFlying = false;
            refused(flight,
                    {.error = {.kind = Kind::ServiceFault,
                               .detail = u"the token endpoint answered for another account"_s}});
            return;
        }
        if (who.ok())
            record->account = *who; // names change
    }
    const bool isRotated =
        !tokens.refreshToken.isEmpty() && !(tokens.refreshToken == record->refreshToken);
    const auto handOut = [this, flight, tokens] {
        isFlying = false;
        if (flight.generation == generation && flight.configuration == configuration) {
            interaction.reset();
            interactionClaims.clear();
            refreshPause = interactionPause = {};
            cache.put(tokens, record->account.principal(), flight.scopes, flight.claims, now());
        }
        Q_EMIT q->stateChanged();
        serveAll();
    };
    if (!isRotated)
        return handOut();
    record->refreshToken = tokens.refreshToken;
    keepThen(handOut);
}

void AccountSession::Private::refused(const Flight &flight, const TokenFailure &failure)
{
    const Error &error = failure.error;
    if (flight.configuration != configuration) {
        serveAll();
        return;
    }
    const bool isForMore = flight.scopes != config->scopes || !flight.claims.isEmpty();
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Network);
    if (error.kind == Kind::ConsentNeeded && isForMore) {
        // Only what goes beyond the sign-in's own scopes is missing.
        for (TokenCall *call : waiting) {
            if (unitedScopes(config->scopes, call->request().scopes) == flight.scopes)
                call->answer(error);
        }
        serveAll();
        return;
    }
    if (isTransient(error.kind) || error.kind == Kind::Misconfigured || error.kind == Kind::Bug
        || error.kind == Kind::Cancelled) {
        if (error.kind == Kind::Misconfigured)
            refreshPause.hold(error, now(), misconfiguredPause);
        else if (error.retryAfter > std::chrono::seconds(0))
            refreshPause.hold(error, now(), error.retryAfter);
        for (TokenCall *call : waiting) {
            const auto token = cache.lastResort(call->request(), now());
            call->answer(token ? Result<AccessToken>(*token) : Result<AccessToken>(error));
        }
        return;
    }
    // Entra wants the person.
    interaction = error;
    interactionClaims = failure.claims;
    interactionPause.hold(error, now(), timing.interactionPause);
    cache.clear();
    if (failure.isTokenDead && !record->refreshToken.isEmpty()) {
        // The account stays known, the worthless token does not stay in the keychain.
        record->refreshToken = {};
        keeper.keep(*record);
    }
    Q_EMIT q->stateChanged();
    serveAll();
}

} // namespace auth
