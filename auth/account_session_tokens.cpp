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
// After a fault ahead of need; the token then still serves for minutes.
constexpr std::chrono::seconds aheadFaultPause{30};

Error signInNeeded(const QString &detail)
{
    return Error{.kind = Kind::SignInNeeded, .detail = detail};
}

} // namespace

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
    readAgain(); // a keychain that could not be read may be open by now
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
    if (cache.wasIssuedFor(call->request().claims, call->request().rejectedToken)) {
        // The silent try with these claims did not satisfy the resource; answers all calls.
        return personWanted({.error = {.kind = Kind::SignInNeeded,
                                       .detail = u"Microsoft Graph wants more proof than a silent "
                                                 "refresh can give"_s,
                                       .cause = Cause::AnotherFactor},
                             .claims = call->request().claims});
    }
    if (interaction) {
        if (isSigningIn() || record->refreshToken.isEmpty() || interactionPause.at(now()))
            return needPerson(call);
        return refresh(call); // what Entra wanted may have been done elsewhere
    }
    // A refresh under way has a newer token; its predecessor still serves meanwhile.
    if (const auto token = cache.tokenFor(call->request(), now(), call->newerThan())) {
        call->answer(*token);
        return refreshAhead();
    }
    refresh(call);
}

void AccountSession::Private::needPerson(TokenCall *call)
{
    // Where there is no keychain at all nothing can be in it; a locked one is another matter.
    if (!usable() && loadProblem && loadProblem->cause != Cause::KeychainAbsent)
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
        // Whoever is known has to come again; it is for them that the call came.
        beginAttempt(SignInWay::Browser, {.keepsAccount = true, .client = call->request().client});
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
    const QStringList scopes = unitedScopes(usualScopes(), call->request().scopes);
    if (const auto missing = scopePauses.value(scopeKey(scopes)).at(now()))
        return needConsent(call, *missing);
    if (const auto pause = refreshPause.at(now())) {
        if (const auto token = cache.lastResort(call->request(), now()))
            return call->answer(*token);
        return call->answer(*pause);
    }
    launch({.generation = generation,
            .configuration = configuration,
            .scopes = scopes,
            .claims = call->request().claims,
            .client = call->request().client});
}

// Nobody waits for it: a failure costs nothing while the old token serves.
void AccountSession::Private::refreshAhead()
{
    if (!usable() || isFlying || !cache.isDue(now()) || aheadPause.at(now())
        || refreshPause.at(now()))
        return;
    launch({.generation = generation,
            .configuration = configuration,
            .scopes = usualScopes(),
            .isAhead = true});
}

void AccountSession::Private::launch(const Flight &flight)
{
    isFlying = true;
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
        const auto who = accountFromIdToken(tokens.idToken, *config, {}, now().wall);
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
    activity.succeeded(ActivityEvent::Kind::Refresh, record->account, flight.client, tokens);
    const bool isRotated =
        !tokens.refreshToken.isEmpty() && !(tokens.refreshToken == record->refreshToken);
    const auto handOut = [this, flight, tokens] {
        isFlying = false;
        if (flight.generation == generation && flight.configuration == configuration) {
            interaction.reset();
            interactionClaims.clear();
            refreshPause = interactionPause = aheadPause = {};
            failures = 0;
            granted = unitedScopes(granted, withoutOpenIdScopes(tokens.scopes));
            // What was refused has been granted since, perhaps by an administrator.
            if (refusal && beyondUsual(purpose.moreScopes).isEmpty())
                refusal.reset();
            cache.put(tokens, record->account.principal(), flight.scopes, flight.claims, now());
        }
        Q_EMIT q->stateChanged();
        serveAll();
    };
    if (!isRotated)
        return handOut();
    record->refreshToken = tokens.refreshToken;
    record->savedAt = now().wall;
    keepThen(handOut);
}

void AccountSession::Private::refused(const Flight &flight, const TokenFailure &failure)
{
    const Error &error = failure.error;
    if (flight.configuration != configuration) {
        serveAll();
        return;
    }
    activity.failed(ActivityEvent::Kind::Refresh, &record->account, flight.client, flight.scopes,
                    error);
    if (flight.isAhead && callsThatWaitFor(TokenCall::WaitsFor::Network).isEmpty()) {
        // Whoever comes when the old token no longer serves asks again, and then it counts.
        const std::chrono::milliseconds time =
            isTransient(error.kind) ? aheadFaultPause : timing.interactionPause;
        aheadPause.hold(error, now(), std::max(time, std::chrono::milliseconds(error.retryAfter)));
        return;
    }
    if (error.kind == Kind::ConsentNeeded && flight.scopes != config->scopes)
        return consentMissing(flight, error);
    if (isTransient(error.kind) || error.kind == Kind::Misconfigured || error.kind == Kind::Bug
        || error.kind == Kind::Cancelled)
        return failedTransiently(error);
    TokenFailure explained = failure;
    if (explained.claims.isEmpty())
        explained.claims = flight.claims;
    personWanted(explained);
}

void AccountSession::Private::failedTransiently(const Error &error)
{
    ++failures;
    std::chrono::milliseconds time = backOff(error.kind, failures);
    if (error.kind == Kind::Misconfigured)
        time = misconfiguredPause;
    refreshPause.hold(error, now(), std::max(time, std::chrono::milliseconds(error.retryAfter)));
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Network);
    for (TokenCall *call : waiting) {
        const auto token = cache.lastResort(call->request(), now());
        call->answer(token ? Result<AccessToken>(*token) : Result<AccessToken>(error));
    }
}

void AccountSession::Private::personWanted(const TokenFailure &failure)
{
    interaction = withAdminLink(failure.error, usualScopes());
    interactionClaims = failure.claims;
    interactionPause.hold(failure.error, now(), timing.interactionPause);
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
