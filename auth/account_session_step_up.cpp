// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of AccountSession in which a call wants more than was consented to:
//
//   silent refresh ─ok─► token                       ┌─ consent ──► token with all scopes
//         └─ consent missing ─► page (person may) ───┼─ no ───────► ConsentDeclined, 1 min no page
//                 └─ ConsentNeeded (they may not)    ├─ other account ► WrongAccount
//                                                    └─ needs an administrator ► their link
//
// The account goes on to serve what it has.

#include "auth/account_session_p.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

// Where only an administrator can consent, showing the page again soon would help nobody.
constexpr std::chrono::hours administratorPause{24};

} // namespace

// Only what goes beyond the sign-in's own scopes is missing.
void AccountSession::Private::consentMissing(const Flight &flight, const Error &error)
{
    const QStringList usual = usualScopes();
    if (flight.scopes == usual) {
        granted.clear(); // some of it was taken back
        serveAll();
        return;
    }
    const Error explained = withAdminLink(error, flight.scopes);
    scopePauses[scopeKey(flight.scopes)].hold(explained, now(), timing.interactionPause);
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Network);
    for (TokenCall *call : waiting) {
        if (unitedScopes(usual, call->request().scopes) == flight.scopes)
            needConsent(call, explained);
    }
    serveAll();
}

void AccountSession::Private::needConsent(TokenCall *call, const Error &missing)
{
    // Where an administrator has to consent, a page would not help.
    if (call->request().interaction == Interaction::Never
        || missing.cause == Cause::AdminConsentMissing)
        return call->answer(missing);
    const QStringList scopes = beyondUsual(call->request().scopes);
    if (const auto no = stepUpPauses.value(scopeKey(scopes)).at(now()))
        return call->answer(*no);
    call->waitFor(TokenCall::WaitsFor::Person);
    if (isSigningIn())
        return; // served when that page has ended
    beginAttempt(SignInWay::Browser,
                 {.moreScopes = scopes, .keepsAccount = true, .client = call->request().client});
    Q_EMIT q->attentionNeeded();
}

// The account stays as it is, with what it had.
void AccountSession::Private::stepUpEnded(const Error &end, bool isStale)
{
    Error error = end;
    // Said on Microsoft's page, and not in our menu.
    if (error.kind == Kind::Cancelled && !error.serviceCode.isEmpty()) {
        error.kind = Kind::ConsentNeeded;
        error.cause = Cause::ConsentDeclined;
    }
    const QStringList scopes = purpose.moreScopes;
    activity.failed(ActivityEvent::Kind::StepUp, &record->account, purpose.client, scopes, error);
    const bool isForAdministrator = nextStepFor(error) == NextStep::AskAdministrator;
    // A no was said about the client whose call it was, and to nobody else.
    Error toOthers = error;
    if (toOthers.cause == Cause::ConsentDeclined)
        toOthers.cause = Cause::ConsentMissing;
    if (!isStale) {
        // Silent tries go on, so what an administrator grants meanwhile is noticed all the same.
        stepUpPauses[scopeKey(scopes)].hold(
            toOthers, now(), isForAdministrator ? administratorPause : timing.declinePause);
        if (isForAdministrator)
            refusal = error;
    }
    Q_EMIT q->stateChanged();
    endSignIns(error);
    const auto waiting = callsThatWaitFor(TokenCall::WaitsFor::Person);
    for (TokenCall *call : waiting) {
        const bool wasForIt = !isStale
            && unitedScopes(scopes, beyondUsual(call->request().scopes)).size() == scopes.size();
        if (wasForIt && call->request().client.program == purpose.client.program)
            call->answer(error);
        else if (wasForIt)
            call->answer(toOthers);
        else
            serve(call);
    }
}

} // namespace auth
