// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/interactive_sign_in.h"

#include "app/base/log.h"
#include "auth/entra_flow.h"
#include "auth/loopback_reply_handler.h"
#include "auth/random_text.h"
#include "auth/token_network.h"
#include "auth/url_opener.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace auth {

namespace {

struct PageText
{
    QString title;
    QString message;
    QString action;
};

// For the person who looks at the browser; the tray and the client say it in their own words.
PageText pageText(const Error &error)
{
    const QString code =
        error.serviceCode.isEmpty() ? QString() : u" (%1)"_s.arg(error.serviceCode);
    const QString again = u"Close this page and sign in again from Graph Valet."_s;
    if (error.cause == Cause::AdminConsentMissing) {
        return {
            u"An administrator has to approve"_s,
            u"Graph Valet asks for something that only an administrator may grant%1."_s.arg(code),
            u"Graph Valet has a link for your administrator: choose Copy link for the "
            "administrator in its menu."_s};
    }
    if (error.cause == Cause::WrongAccount) {
        return {u"This is another account"_s,
                u"Graph Valet asked on behalf of an account that is signed in already, and you "
                "chose another one. Nothing was changed."_s,
                u"Close this page and try again with the right account. To add this one, choose "
                "Sign in another account in Graph Valet."_s};
    }
    if (nextStepFor(error) == NextStep::CheckNetwork) {
        return {
            u"Sign-in did not finish"_s,
            u"Something between this computer and Microsoft Entra ID is in the way: a proxy, or "
            "a certificate that this computer does not accept."_s,
            u"Graph Valet says which. When it is mended, sign in again from there."_s};
    }
    switch (error.kind) {
    case Kind::Cancelled:
        return {u"You are not signed in"_s, u"The sign-in was cancelled."_s,
                u"You can close this page. To sign in after all, choose Sign in in Graph Valet."_s};
    case Kind::Misconfigured:
        return {u"The app registration needs a change"_s,
                u"Microsoft Entra ID refuses Graph Valet as it is registered%1: %2."_s.arg(
                    code, error.detail),
                u"Show this page to whoever looks after the app registration."_s};
    case Kind::ConsentNeeded:
        return {u"Approval is missing"_s,
                u"Graph Valet has not been granted what it asks for%1."_s.arg(code),
                u"Ask your administrator to grant it, then sign in again."_s};
    case Kind::Denied:
        return {u"You are not signed in"_s,
                u"Your organisation does not allow this sign-in%1."_s.arg(code),
                u"Try another account, or ask your administrator."_s};
    case Kind::Offline:
    case Kind::Timeout:
        return {u"Sign-in did not finish"_s, u"Graph Valet could not reach Microsoft Entra ID."_s,
                u"Check the connection to the internet, then sign in again from Graph Valet."_s};
    case Kind::NoAnswer: return {u"Sign-in took too long"_s, u"The time for it is over."_s, again};
    default:
        return {u"Sign-in did not finish"_s,
                u"Microsoft Entra ID gave an answer that Graph Valet cannot use%1."_s.arg(code),
                again};
    }
}

} // namespace

InteractiveSignIn::InteractiveSignIn(EntraConfig config, Wishes wishes, UrlOpener *opener,
                                     QObject *parent)
    : SignInAttempt(parent)
    , m_config(std::move(config))
    , m_wishes(std::move(wishes))
    , m_opener(opener)
    , m_nonce(randomText())
{
}

InteractiveSignIn::~InteractiveSignIn() = default;

Async<SignedIn> InteractiveSignIn::start()
{
    const QByteArray state = randomText();
    m_handler = std::make_unique<LoopbackReplyHandler>(state);
    if (const auto problem = m_handler->listen()) {
        m_promise.answer(*problem);
        return m_promise.future();
    }
    m_network = std::make_unique<TokenNetwork>(m_config.tokenUrl());
    m_flow = std::make_unique<EntraFlow>(m_config,
                                         EntraFlow::Wishes{.state = state,
                                                           .nonce = m_nonce,
                                                           .loginHint = m_wishes.loginHint,
                                                           .claims = m_wishes.claims},
                                         m_handler.get(), m_network.get());
    connect(m_handler.get(), &LoopbackReplyHandler::refused, this,
            [this](const QString &word, const QString &description) {
                fail(classifyAuthorizationError(word, description));
            });
    connect(m_handler.get(), &LoopbackReplyHandler::tokenReplyFinished, this,
            &InteractiveSignIn::redeemed);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        fail({.kind = Kind::NoAnswer, .detail = u"the sign-in page got no answer in time"_s});
    });
    m_limit.start(m_wishes.limit);
    m_pageUrl = m_flow->pageUrl();
    qCInfo(lcAuth) << "sign-in page ready, waiting on port" << m_handler->port();
    if (m_wishes.opensBrowser)
        openBrowser();
    else
        Q_EMIT pageReady(m_pageUrl, false);
    return m_promise.future();
}

void InteractiveSignIn::openBrowser()
{
    if (m_isOpened || m_pageUrl.isEmpty())
        return;
    m_isOpened = true;
    const bool opened = m_opener->open(m_pageUrl);
    Q_EMIT pageReady(m_pageUrl, opened);
}

void InteractiveSignIn::cancel()
{
    fail({.kind = Kind::Cancelled, .detail = u"the sign-in was cancelled"_s});
}

void InteractiveSignIn::redeemed(QNetworkReply *reply)
{
    reply->deleteLater(); // QtNetworkAuth 6.4 never does
    if (m_promise.isAnswered())
        return;
    const auto outcome =
        signedInWith(readTokenAnswer(reply), m_config, m_nonce, m_wishes.principal);
    if (!outcome)
        return fail(outcome.error());
    const Account &account = outcome->account;
    m_handler->showSignedIn(account.username.isEmpty() ? account.name : account.username);
    end(outcome);
}

void InteractiveSignIn::fail(const Error &error)
{
    if (m_promise.isAnswered())
        return;
    qCWarning(lcAuth).noquote() << "sign-in ended:" << kindName(error.kind) << error.serviceCode
                                << error.detail;
    const PageText text = pageText(error);
    m_handler->showFailed(text.title, text.message, text.action);
    end(error);
}

void InteractiveSignIn::end(Result<SignedIn> result)
{
    m_limit.stop();
    m_pageUrl.clear();
    // Not at once: this may run inside a signal of theirs.
    for (QObject *part :
         {static_cast<QObject *>(m_flow.release()), static_cast<QObject *>(m_network.release()),
          static_cast<QObject *>(m_handler.release())}) {
        if (part)
            part->deleteLater();
    }
    m_promise.answer(std::move(result));
}

} // namespace auth
