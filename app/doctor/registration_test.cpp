// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor/registration_test.h"

#include "app/base/log.h"
#include "app/display_text.h"
#include "app/doctor/registration_advice.h"
#include "app/doctor/service_checks.h"
#include "app/user_messages.h"
#include "auth/pkce.h"
#include "auth/random_text.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QUrlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace doctor {
namespace {

// As a sign-in sends it; the port is of no account.
constexpr char redirectUri[] = "http://localhost";
constexpr char madeUpCode[] = "graph-valet-doctor";

struct RegistrationCheck
{
    Q_DECLARE_TR_FUNCTIONS(RegistrationCheck)
public:
    static QString title() { return tr("App registration"); }
    static QString right()
    {
        return tr("Microsoft knows the app, and takes it for a desktop program with the redirect "
                  "URI http://localhost. Permissions and rules of your organisation show only when "
                  "you sign in.");
    }
    static QString rightButRedirect()
    {
        return tr("Microsoft knows the app and takes it for a desktop program. Its redirect URI "
                  "could not be tested without a sign-in.");
    }
    static QString rightButToken()
    {
        return tr("Microsoft knows the app and its redirect URI. Whether it is taken for a desktop "
                  "program could not be tested without a sign-in.");
    }
    static QString refused(const QString &code)
    {
        return tr("Microsoft refuses the test with the code %1.").arg(code);
    }
    static QString lookUp(const QString &page)
    {
        return tr("Sign in to see whether it matters. What Microsoft says of it: %1").arg(page);
    }
    static QString untested() { return tr("The app registration could not be tested."); }
};

int numberOf(const QString &code)
{
    return code.startsWith("AADSTS"_L1) ? QStringView(code).mid(6).toInt() : 0;
}

// Of the page: a redirect to our own address says that it is registered.
struct PageView
{
    bool isRedirectKnown = false;
    int code = 0;
};

PageView viewOf(const Result<WebAnswer> &page)
{
    if (!page.ok())
        return {};
    const QUrl target(QString::fromLatin1(page->location));
    if (page->status >= 300 && page->status < 400 && target.scheme() == u"http"
        && target.host() == u"localhost") {
        const QString text = QUrlQuery(target).queryItemValue(u"error_description"_s);
        const int code = entraCode({.body = text.toUtf8()});
        return {.isRedirectKnown = true, .code = code};
    }
    return {.code = entraCode(*page)};
}

// What a silent request without a session is told; no fault of the registration.
bool isExpectedOnPage(int code)
{
    return code == 0 || code == 50058 || code == 16000 || code == 65001 || code == 50059;
}

} // namespace

RegistrationTest::RegistrationTest(auth::EntraConfig config, std::chrono::milliseconds limit,
                                   QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_page(limit)
    , m_token(m_config.tokenUrl(), {.time = limit})
{
}

Async<auth::TokenFailure> RegistrationTest::askTokenEndpoint()
{
    QByteArray form;
    const auto add = [&form](const char *name, const QByteArray &value) {
        auth::TokenNetwork::addField(form, name, value);
    };
    add("client_id", m_config.clientId.toLatin1());
    add("grant_type", "authorization_code");
    add("code", madeUpCode);
    add("redirect_uri", redirectUri);
    add("code_verifier", auth::Pkce::fresh().verifier.reveal());
    add("scope", "openid");
    qCInfo(lcAuth) << "a made-up code tests the app registration; that it is refused is right";
    QNetworkReply *reply = m_token.postForm(form);
    Promised<auth::TokenFailure> promised;
    connect(reply, &QNetworkReply::finished, this, [reply, promised] {
        reply->deleteLater();
        auto answer = auth::readTokenAnswer(reply);
        if (auto *failure = std::get_if<auth::TokenFailure>(&answer))
            promised.answer(std::move(*failure));
        else // nobody gives tokens for that
            promised.answer(Error{.kind = Error::Kind::ServiceFault, .cause = Cause::NotMicrosoft});
    });
    return promised.future();
}

Async<Check> RegistrationTest::run()
{
    QUrlQuery query;
    query.addQueryItem(u"client_id"_s, m_config.clientId);
    query.addQueryItem(u"response_type"_s, u"code"_s);
    query.addQueryItem(u"response_mode"_s, u"query"_s);
    query.addQueryItem(
        u"redirect_uri"_s,
        QString::fromLatin1(QUrl::toPercentEncoding(QLatin1StringView(redirectUri))));
    query.addQueryItem(u"scope"_s, u"openid"_s);
    query.addQueryItem(u"prompt"_s, u"none"_s);
    query.addQueryItem(u"state"_s, QString::fromLatin1(auth::randomText()));
    query.addQueryItem(u"nonce"_s, QString::fromLatin1(auth::randomText()));
    query.addQueryItem(u"code_challenge"_s, QString::fromLatin1(auth::Pkce::fresh().challenge));
    query.addQueryItem(u"code_challenge_method"_s, u"S256"_s);
    QUrl url = m_config.authorizeUrl();
    url.setQuery(query);

    const auto page = m_page.get(url);
    const auto token = askTokenEndpoint();
    const Promised<Check> promised;
    whenDone(token, this, [this, promised, page](const Result<auth::TokenFailure> &ofToken) {
        whenDone(page, this, [this, promised, ofToken](const Result<WebAnswer> &ofPage) {
            promised.answer(judgeRegistration(m_config, ofToken, ofPage));
        });
    });
    return promised.future();
}

Check judgeRegistration(const auth::EntraConfig &config, const Result<auth::TokenFailure> &token,
                        const Result<WebAnswer> &page)
{
    Check check{.id = u"registration"_s, .title = RegistrationCheck::title()};
    const QString tokenCode = token.ok() ? token->error.serviceCode : QString();
    const PageView view = viewOf(page);
    check.facts = {{u"token endpoint"_s, tokenCode.isEmpty() ? u"no answer"_s : tokenCode},
                   {u"sign-in page"_s,
                    view.code > 0              ? u"AADSTS%1"_s.arg(view.code)
                        : view.isRedirectKnown ? u"redirect"_s
                        : page.ok()            ? u"HTTP %1"_s.arg(page->status)
                                               : u"no answer"_s}};
    if (token.ok() && !token->error.requestId.isEmpty())
        check.facts.append({u"correlation id"_s, token->error.requestId});

    // What both know is told by the one that says more.
    for (const int code : {numberOf(tokenCode), view.code}) {
        if (const auto known = registrationAdvice(code, config)) {
            check.outcome = Outcome::Failed;
            check.finding = known->finding + u" (AADSTS%1)"_s.arg(code);
            check.advice = known->advice;
            return check;
        }
    }
    // Only whom Entra knows is told that their code is bad: all that ends in a new sign-in.
    const bool isTokenFine = token.ok()
        && (token->error.cause == Cause::SessionEnded || token->error.cause == Cause::CodeSpent
            || (token->error.kind == Error::Kind::SignInNeeded && tokenCode == "invalid_grant"_L1));
    const bool isPageFine = view.isRedirectKnown && isExpectedOnPage(view.code);
    if (isTokenFine && isPageFine) {
        check.finding = RegistrationCheck::right();
        return check;
    }
    const int strange = view.code > 0 && !isExpectedOnPage(view.code) ? view.code
        : !isTokenFine                                                ? numberOf(tokenCode)
                                                                      : 0;
    const bool isServiceDown = token.ok() && nextStepFor(token->error) == NextStep::Wait;
    if (strange > 0 && !isServiceDown) {
        check.outcome = Outcome::Warning;
        check.finding = RegistrationCheck::refused(u"AADSTS%1"_s.arg(strange));
        check.advice = RegistrationCheck::lookUp(
            u"https://login.microsoftonline.com/error?code=%1"_s.arg(strange));
    } else if (isTokenFine) {
        check.finding = RegistrationCheck::rightButRedirect();
    } else if (isPageFine) {
        check.finding = RegistrationCheck::rightButToken();
    } else {
        check.outcome = Outcome::Skipped;
        check.finding = RegistrationCheck::untested();
        check.advice = user_messages::forError(token.ok() ? token->error : token.error());
    }
    return check;
}

} // namespace doctor
