// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What calls get: tokens from memory, silent refresh, or through the person.

#include "tests/auth/session_world.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::Interaction;
using State = AccountSession::State;
using Click = sandbox::SandboxBrowser::Click;

class TestSessionTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fiftyCallersShareOneRefresh()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QList<Async<auth::AccessToken>> futures;
        for (int i = 0; i < 50; ++i)
            futures.append(world.session->tokenFor(world.request()));
        for (const auto &future : futures)
            QCOMPARE(outcome(awaited(future)), QString());
        QCOMPARE(world.refreshes(), 1);
        QVERIFY(futures.first().result()->value == futures.last().result()->value);
    }

    void callersThatGoAwayEndAloneAndAtOnce()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        Cancellation cancellation;
        auto request = world.request();
        request.cancellation = &cancellation;
        const auto leaving = world.session->tokenFor(request);
        const auto staying = world.session->tokenFor(world.request());
        cancellation.cancel();
        QVERIFY(leaving.isFinished());
        QCOMPARE(outcome(awaited(leaving)), u"Cancelled"_s);
        QCOMPARE(outcome(awaited(staying)), QString());
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), u"Cancelled"_s);
    }

    void aRejectedTokenIsReplacedOnce()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        auto request = world.request();
        const auto old = awaited(world.session->tokenFor(request));
        request.rejectedToken = old->value;
        const auto first = world.session->tokenFor(request);
        const auto second = world.session->tokenFor(request);
        QCOMPARE(outcome(awaited(first)), QString());
        QCOMPARE(outcome(awaited(second)), QString());
        QVERIFY(!(first.result()->value == old->value));
        // Somebody who comes late with the same old one gets the new one.
        const auto late = awaited(world.session->tokenFor(request));
        QVERIFY(late->value == first.result()->value);
        QCOMPARE(world.refreshes(), 1);
    }

    void everyRefreshUsesTheNewestRefreshToken()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        for (int i = 1; i <= 3; ++i) {
            world.aheadSeconds += 2 * 3600;
            QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
            QCOMPARE(world.refreshes(), i);
        }
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.tenant.count(u"refreshWithReplacedToken"_s), 0);
    }

    void aTokenThatEndsAtOnceIsStillHandedOutOnce()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"short-lived-token"_s, sandbox::Faults::always));
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.refreshes(), 1);
    }

    void anotherScopeIsAskedForOnce()
    {
        SessionWorld world;
        world.tenant.consentForEverybody({u"Mail.Read"_s});
        QVERIFY(world.signIn());
        auto request = world.request();
        request.scopes = {u"Mail.Read"_s};
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), QString());
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), QString());
        request.scopes = {u"https://graph.microsoft.com/user.read"_s};
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), QString());
        QCOMPARE(world.refreshes(), 1);
    }

    void faultsKeepThePersonSignedIn_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("kind");
        QTest::newRow("500") << u"token-500"_s << u"ServiceFault"_s;
        QTest::newRow("503") << u"token-503-retry-after"_s << u"Throttled"_s;
        QTest::newRow("429") << u"token-429"_s << u"Throttled"_s;
        QTest::newRow("a proxy's page") << u"token-html"_s << u"ServiceFault"_s;
        QTest::newRow("half an answer") << u"token-truncated"_s << u"ServiceFault"_s;
        QTest::newRow("connection reset") << u"token-reset"_s << u"Offline"_s;
        QTest::newRow("a redirect elsewhere") << u"token-redirect"_s << u"ServiceFault"_s;
    }
    void faultsKeepThePersonSignedIn()
    {
        QFETCH(QString, fault);
        QFETCH(QString, kind);
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        const auto entries = world.store.entries;
        QVERIFY(world.tenant.setFault(fault));
        const auto token = awaited(world.session->tokenFor(world.request(Interaction::Allowed)));
        QCOMPARE(outcome(token), kind);
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(world.tenant.count(u"token"_s), 2); // the sign-in's and one refresh, not repeated
        QCOMPARE(world.pages(), 1);
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
        if (kind == u"Throttled") {
            QVERIFY(token.error().retryAfter >= std::chrono::seconds(1));
            // Not asked again before its time.
            QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), kind);
            QCOMPARE(world.tenant.count(u"token"_s), 2);
        }
        world.aheadSeconds += 2;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.tenant.violations(), QStringList());
        QVERIFY(!entries.isEmpty());
    }

    void offlineKeepsThePersonSignedIn()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        world.tenant.goAway();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 u"Offline"_s);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.tenant.comeBack());
        world.aheadSeconds += 2;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
    }

    void offlineTheLastMinutesOfATokenAreUsed()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.tenant.goAway();
        world.aheadSeconds = 4201 - 50;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        world.aheadSeconds = 4201;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"Offline"_s);
    }

    void aRefusedRefreshTokenAsksForThePerson_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<bool>("isDead");
        QTest::newRow("invalid_grant, expired") << u"invalid-grant"_s << true;
        QTest::newRow("interaction_required, another factor") << u"interaction-required"_s << false;
    }
    void aRefusedRefreshTokenAsksForThePerson()
    {
        QFETCH(QString, fault);
        QFETCH(bool, isDead);
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto account = world.session->account();
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(fault));
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        QCOMPARE(world.session->state(), State::InteractionRequired);
        QCOMPARE(*world.session->account(), *account);
        QVERIFY(world.session->problem());
        QVERIFY(world.session->problem()->serviceCode.startsWith(u"AADSTS"_s));
        // Asked once, not for every call.
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        QCOMPARE(world.refreshes(), 1);
        // A worthless token does not stay in the keychain, one that is only not enough does.
        const auto stored = auth::TokenRecord::fromJson(world.store.entries.value(world.profile));
        QVERIFY(stored.ok());
        QCOMPARE(stored->refreshToken.isEmpty(), isDead);

        QSignalSpy attention(world.session.get(), &AccountSession::attentionNeeded);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 QString());
        QCOMPARE(attention.count(), 1);
        QCOMPARE(world.session->state(), State::SignedIn);
        const auto fields =
            test_support::parseForm(world.opener.last.query(QUrl::FullyEncoded).toLatin1());
        QCOMPARE(test_support::fieldValue(fields, u"login_hint"_s), account->username);
        QVERIFY(!test_support::hasField(fields, u"prompt"_s));
        // What the policy asks for travels to the page.
        QCOMPARE(test_support::fieldValue(fields, u"claims"_s).contains(u"capolids"_s), !isDead);
    }

    void theNeedForThePersonOutlivesARestart()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        world.tenant.revokeRefreshTokens();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::InteractionRequired);
        QVERIFY(!world.session->defaultPrincipal().isEmpty());
        QCOMPARE(world.refreshes(), 1);
    }

    void whatWasMissingMayBeThereLater()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"interaction-required"_s));
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        world.aheadSeconds += 121;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void nobodyIsSignedIn()
    {
        SessionWorld world;
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        QCOMPARE(world.pages(), 0);
    }

    void callsThatMayAskShareOnePage()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        QSignalSpy attention(world.session.get(), &AccountSession::attentionNeeded);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        int told = 0;
        QList<Async<auth::AccessToken>> futures;
        for (int i = 0; i < 5; ++i) {
            auto request = world.request(Interaction::Allowed);
            request.progress = [&told](const QString &text) {
                QVERIFY(!text.isEmpty());
                ++told;
            };
            futures.append(world.session->tokenFor(request));
        }
        QCOMPARE(told, 5);
        QCOMPARE(attention.count(), 1);
        QTRY_COMPARE(shown.count(), 1);
        world.browser.click(Click::Continue);
        for (const auto &future : futures)
            QCOMPARE(outcome(awaited(future)), QString());
        QCOMPARE(world.browser.opened(), 1);
        QCOMPARE(told, 5);
    }

    void theDeadlineEndsTheCallAndNotTheSignIn()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        auto request = world.request(Interaction::Allowed);
        request.deadline = QDeadlineTimer(200);
        const auto token = world.session->tokenFor(request);
        QTRY_COMPARE(shown.count(), 1);
        QCOMPARE(outcome(awaited(token)), u"NoAnswer"_s);
        QCOMPARE(world.session->state(), State::SigningIn);
        const auto next = world.session->tokenFor(world.request(Interaction::Allowed));
        world.browser.click(Click::Continue);
        QCOMPARE(outcome(awaited(next)), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(world.browser.opened(), 1);
    }

    void afterACancelCallsOpenNoPageForAMinute_data()
    {
        QTest::addColumn<bool>("onThePage");
        QTest::newRow("cancelled on the page") << true;
        QTest::newRow("cancelled in the tray") << false;
    }
    void afterACancelCallsOpenNoPageForAMinute()
    {
        QFETCH(bool, onThePage);
        SessionWorld world;
        world.browser.setClick(onThePage ? Click::Cancel : Click::Nothing);
        world.restartLoaded();
        const auto token = world.session->tokenFor(world.request(Interaction::Allowed));
        if (!onThePage)
            world.session->cancelSignIn();
        QCOMPARE(outcome(awaited(token)), u"Cancelled"_s);
        world.browser.setClick(Click::Continue);
        world.aheadSeconds = 55;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 u"Cancelled"_s);
        QCOMPARE(world.browser.opened(), 1);
        world.aheadSeconds = 61;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 QString());
        QCOMPARE(world.browser.opened(), 2);
    }

    void afterACancelThePersonMaySignIn()
    {
        SessionWorld world;
        world.browser.setClick(Click::Cancel);
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 u"Cancelled"_s);
        world.browser.setClick(Click::Continue);
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 QString());
    }

    void aCallForAnotherAccountGetsNothing()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        auto request = world.request(Interaction::Allowed);
        request.principal = u"somebody.else"_s;
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), u"SignInNeeded"_s);
        QCOMPARE(world.pages(), 1);
    }

    void whoSignsInInsteadDoesNotServeTheOthersCall()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        world.tenant.revokeRefreshTokens();
        auto request = world.request(Interaction::Allowed);
        world.browser.setPerson(u"alex"_s);
        QCOMPARE(awaited(world.session->tokenFor(request)).error().cause, Cause::WrongAccount);
        QCOMPARE(world.session->account()->name, u"Adele Vance"_s);
        // Nor where the person wanted the other one.
        const auto begun = world.session->defaultPrincipal();
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
        QCOMPARE(world.session->account()->name, u"Alex Wilber"_s);
        QCOMPARE(request.principal, begun);
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), u"SignInNeeded"_s);
    }

    void signingOutEndsWaitingCalls()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        const auto token = world.session->tokenFor(world.request(Interaction::Allowed));
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QCOMPARE(outcome(awaited(token)), u"SignInNeeded"_s);
        // The refresh that was under way brings nobody back.
        QTRY_COMPARE(world.refreshes(), 1);
        QTest::qWait(50);
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.store.entries.isEmpty());
        QCOMPARE(world.pages(), 1);
    }

    void aConfigurationProblemIsTold()
    {
        SessionWorld world;
        world.restartLoaded();
        world.session->setConfig(
            Error{.kind = Error::Kind::Misconfigured, .detail = u"GRAPH_VALET_AUTHORITY: ..."_s});
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 u"Misconfigured"_s);
    }
};

QTEST_GUILESS_MAIN(TestSessionTokens)
#include "tst_session_tokens.moc"
