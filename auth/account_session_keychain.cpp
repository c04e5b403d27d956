// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of AccountSession that reads the keychain's record and keeps it, takes one from another
// session, or gives one up.

#include "app/base/log.h"
#include "auth/account_session_p.h"

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

void AccountSession::Private::load()
{
    if (isLoading)
        return;
    isLoading = true;
    isReadAgain = false;
    whenDone(store->read(key), this,
             [this, begun = generation](const Result<std::optional<TokenRecord>> &result) {
                 isLoading = false;
                 loadedWith(begun, result);
             });
}

void AccountSession::Private::loadedWith(quint64 begun,
                                         const Result<std::optional<TokenRecord>> &result)
{
    if (begun != generation || record) {
        markLoaded(); // a sign-in, sign-out or hand-over came meanwhile and knows better
        return;
    }
    if (result.ok()) {
        loadProblem.reset();
        record = *result;
        if (!record && store->isToBeRemoved(key))
            keeper.forget(); // a sign-out that the keychain refused; nobody waits for it
        noteEndedSignIn();
        if (record && !fits(*record))
            qCInfo(lcAuth) << "the stored sign-in is of another registration and is not used";
    } else {
        loadProblem = result.error();
        qCWarning(lcAuth).noquote() << "keychain:" << result.error().detail;
        if (isReadAgain) {
            loadRetry.start(0);
        } else if (loadProblem->cause == Cause::None) {
            if (loadFailures < timing.retries.size())
                loadRetry.start(timing.retries.at(loadFailures));
            ++loadFailures;
        }
    }
    markLoaded();
}

// Its token was worthless and has been blanked; whose it was stays known.
void AccountSession::Private::noteEndedSignIn()
{
    if (record && record->refreshToken.isEmpty()) {
        interaction = Error{.kind = Kind::SignInNeeded,
                            .detail = u"Microsoft Entra ID has ended this sign-in"_s};
    }
}

void AccountSession::Private::keychainChanged()
{
    keeper.tryAgain();
    isReadAgain = isLoading;
    if (isStarted && !record && loadProblem)
        load();
}

// A write or deletion that waits tells more of the keychain of today than the read at the start.
std::optional<Error> AccountSession::Private::keychainProblem() const
{
    if (keeper.isPending() || keeper.isForgetting())
        return keeper.problem();
    return loadProblem;
}

void AccountSession::Private::markLoaded()
{
    const bool isFirst = !isLoaded;
    isLoaded = true;
    Q_EMIT q->stateChanged();
    if (isFirst)
        Q_EMIT q->loaded();
    if (!signIns.isEmpty() && !isSigningIn())
        beginAttempt(waitingWay);
    serveAll();
}

Async<Done> AccountSession::Private::adopt(const TokenRecord &given)
{
    ++generation;
    record = given;
    cache.clear();
    loadProblem.reset();
    loadRetry.stop();
    forgetAnswers();
    interactionClaims.clear();
    noteEndedSignIn();
    // Until it is written the session says that it lives in memory only.
    auto kept = keeper.keep(*record);
    isSettling = false;
    if (attempt)
        attempt->cancel();
    endSignIns(record->account); // this one came instead
    markLoaded();
    return kept;
}

bool AccountSession::Private::hasUnreadEntry() const
{
    if (record || !isStarted)
        return false;
    return !isLoaded || (loadProblem && loadProblem->cause != Cause::KeychainAbsent);
}

void AccountSession::Private::readAgain()
{
    if (isLoaded && !usable() && loadProblem && !loadRetry.isActive() && config.ok()
        && !store->wouldAskAgain(*loadProblem)) {
        loadRetry.start(timing.retries.value(0));
        load();
    }
}

void AccountSession::Private::loseEverything()
{
    ++generation;
    record.reset();
    cache.clear();
    loadRetry.stop();
    forgetAnswers();
    interactionClaims.clear();
    if (attempt)
        attempt->cancel();
    isSettling = false;
}

void AccountSession::Private::retire(const Async<Done> &kept)
{
    loseEverything();
    endSignIns(Error{.kind = Kind::Cancelled, .detail = u"the account is held already"_s});
    const auto waiting = calls;
    for (TokenCall *call : waiting) {
        call->answer(
            Error{.kind = Kind::Busy, .detail = u"the account has signed in again meanwhile"_s});
    }
    whenDone(kept, this, [this, begun = generation](const Result<Done> &result) {
        if (result.ok() && begun == generation)
            keeper.forget();
    });
    Q_EMIT q->stateChanged();
}

void AccountSession::Private::keepThen(std::function<void()> next)
{
    isWriting = true;
    auto *context = new QObject(this); // gone once next() has run
    const auto go = [this, context, next = std::move(next)] {
        context->deleteLater();
        context->disconnect();
        if (context->property("_gv_gone").toBool())
            return;
        context->setProperty("_gv_gone", true);
        isWriting = false;
        next();
    };
    whenDone(keeper.keep(*record), context, [go](const Result<Done> &) { go(); });
    auto *patience = new QTimer(context);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, context, go);
    patience->start(timing.writePatience);
}

} // namespace auth
