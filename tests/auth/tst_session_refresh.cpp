// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When the token endpoint is asked and when it is left alone: ahead of need, both clocks, back-off,
// remembered refusals, scopes.

#include "tests/auth/session_world.h"

using namespace Qt::StringLiterals;
using auth::AccountSession;
using State = AccountSession::State;

namespace {

constexpr qint64 lifetime = 4201; // of the sandbox's access tokens, seconds

Result<auth::AccessToken> take(SessionWorld &world)
{
    return awaited(world.session->tokenFor(world.request()));
}

} // namespace

class TestSessionRefresh : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTokenIsReplacedAheadWithoutDelayingAnybody()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.aheadSeconds = lifetime - 330;
        const auto old = take(world);
        QCOMPARE(outcome(old), QString());
        world.aheadSeconds = lifetime - 270;
        const auto future = world.session->tokenFor(world.request());
        QVERIFY(future.isFinished());
        QVERIFY(future.result()->value == old->value);
        QCOMPARE(world.refreshes(), 0); // so far
        QTRY_COMPARE(world.refreshes(), 1);
        QTRY_VERIFY(!(take(world)->value == old->value));
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void inItsLastMinuteATokenServesNobody()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = take(world);
        world.aheadSeconds = lifetime - 55;
        const auto fresh = take(world);
        QCOMPARE(outcome(fresh), QString());
        QVERIFY(!(fresh->value == old->value));
        QCOMPARE(world.refreshes(), 1);
    }

    void aLongLivedTokenIsReplacedWhenEntraSays()
    {
        SessionWorld world;
        QVERIFY(world.tenant.setFault(u"long-lived-token"_s));
        QVERIFY(world.signIn());
        const auto old = take(world);
        world.aheadSeconds = 12 * 3600 - 30;
        QVERIFY(take(world)->value == old->value);
        QTest::qWait(20);
        QCOMPARE(world.refreshes(), 0);
        world.aheadSeconds = 12 * 3600 + 30;
        QVERIFY(take(world)->value == old->value);
        QTRY_COMPARE(world.refreshes(), 1);
        QTRY_VERIFY(!(take(world)->value == old->value));
    }

    void aRefusalAheadCostsNothingWhileTheTokenServes_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("pause"); // seconds
        QTest::newRow("a fault") << u"token-500"_s << 30;
        QTest::newRow("the person is wanted") << u"interaction-required"_s << 120;
        QTest::newRow("the refresh token is dead") << u"invalid-grant"_s << 120;
    }
    void aRefusalAheadCostsNothingWhileTheTokenServes()
    {
        QFETCH(QString, fault);
        QFETCH(int, pause);
        SessionWorld world;
        QVERIFY(world.tenant.setFault(u"long-lived-token"_s));
        QVERIFY(world.signIn());
        const auto old = take(world);
        QVERIFY(world.tenant.setFault(fault, sandbox::Faults::always));
        world.aheadSeconds = 12 * 3600 + 1;
        QVERIFY(take(world)->value == old->value);
        QTRY_COMPARE(world.refreshes(), 1);
        // Wait until the refusal has been taken in: then the next try starts only after the pause.
        QTest::qWait(50);
        world.aheadSeconds += pause - 5;
        QVERIFY(take(world)->value == old->value);
        QTest::qWait(20);
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(!world.session->problem());
        world.aheadSeconds += 6;
        QVERIFY(take(world)->value == old->value);
        QTRY_COMPARE(world.refreshes(), 2);
        QVERIFY(world.tenant.setFault(fault, 0));
        world.aheadSeconds += pause + 1;
        QTRY_VERIFY(!(take(world)->value == old->value));
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void bothClocksEndAToken_data()
    {
        QTest::addColumn<qint64>("both");
        QTest::addColumn<qint64>("wallOnly");
        QTest::addColumn<bool>("serves");
        QTest::newRow("nothing happened") << qint64(60) << qint64(0) << true;
        QTest::newRow("slept for two hours") << qint64(60) << qint64(7200) << false;
        QTest::newRow("set back by a day, still young") << qint64(60) << qint64(-86400) << true;
        QTest::newRow("set back by a day, too old") << lifetime << qint64(-86400) << false;
    }
    void bothClocksEndAToken()
    {
        QFETCH(qint64, both);
        QFETCH(qint64, wallOnly);
        QFETCH(bool, serves);
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto old = take(world);
        world.aheadSeconds = both;
        world.wallSeconds = wallOnly;
        const auto token = take(world);
        QCOMPARE(outcome(token), QString());
        QCOMPARE(token->value == old->value, serves);
        QCOMPARE(world.refreshes(), serves ? 0 : 1);
    }

    void faultsBackOff()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"token-500"_s, sandbox::Faults::always));
        int asked = 0;
        for (const qint64 pause : {1, 2, 4, 8}) {
            QCOMPARE(outcome(take(world)), u"ServiceFault"_s);
            QCOMPARE(world.refreshes(), ++asked);
            // Until then nobody is asked, and callers learn how long.
            const auto held = take(world);
            QCOMPARE(outcome(held), u"ServiceFault"_s);
            QCOMPARE(held.error().retryAfter, std::chrono::seconds(pause));
            QCOMPARE(world.refreshes(), asked);
            world.aheadSeconds += pause;
        }
        QVERIFY(world.tenant.setFault(u"token-500"_s, 0));
        QCOMPARE(outcome(take(world)), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
        // A success begins anew.
        world.aheadSeconds += lifetime;
        QVERIFY(world.tenant.setFault(u"token-500"_s));
        QCOMPARE(outcome(take(world)), u"ServiceFault"_s);
        world.aheadSeconds += 1;
        QCOMPARE(outcome(take(world)), QString());
    }

    void aLoopIsGivenFiveMinutes()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"loop-detected"_s));
        const auto refused = take(world);
        QCOMPARE(outcome(refused), u"Throttled"_s);
        QCOMPARE(refused.error().cause, Cause::Loop);
        world.aheadSeconds = 295;
        QCOMPARE(outcome(take(world)), u"Throttled"_s);
        QCOMPARE(world.refreshes(), 1);
        world.aheadSeconds = 301;
        QCOMPARE(outcome(take(world)), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void aPageOfSomebodyElseIsTold()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"token-html"_s));
        QCOMPARE(take(world).error().cause, Cause::NotMicrosoft);
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void everyScopeThatWasGrantedIsAskedForAgain()
    {
        SessionWorld world;
        world.tenant.consentForEverybody({u"Mail.Read"_s, u"Calendars.Read"_s});
        QVERIFY(world.signIn());
        auto mail = world.request();
        mail.scopes = {u"Mail.Read"_s};
        auto calendar = world.request();
        calendar.scopes = {u"Calendars.Read"_s};
        for (int round = 0; round < 3; ++round) {
            QCOMPARE(outcome(awaited(world.session->tokenFor(mail))), QString());
            QCOMPARE(outcome(awaited(world.session->tokenFor(calendar))), QString());
            QCOMPARE(outcome(take(world)), QString());
        }
        QVERIFY(world.refreshes() <= 2);
    }

    void consentThatWasTakenBackCostsOnlyWhatItWasFor()
    {
        SessionWorld world;
        world.tenant.consentForEverybody({u"Mail.Read"_s});
        QVERIFY(world.signIn());
        auto mail = world.request();
        mail.scopes = {u"Mail.Read"_s};
        QCOMPARE(outcome(awaited(world.session->tokenFor(mail))), QString());
        world.tenant.withdrawConsent(u"Mail.Read"_s);
        world.aheadSeconds = lifetime;
        QCOMPARE(outcome(take(world)), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(world.refreshes(), 3); // with Mail.Read, with it in vain, without it
        QCOMPARE(outcome(awaited(world.session->tokenFor(mail))), u"ConsentNeeded"_s);
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(outcome(take(world)), QString());
    }

    void missingConsentForMoreIsRememberedAndHurtsNobodyElse()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        auto request = world.request();
        request.scopes = {u"Mail.Read"_s};
        QVERIFY(world.tenant.setFault(u"admin-consent-required"_s));
        const auto refused = awaited(world.session->tokenFor(request));
        QCOMPARE(outcome(refused), u"ConsentNeeded"_s);
        QCOMPARE(refused.error().cause, Cause::AdminConsentMissing);
        QVERIFY(refused.error().link.contains(u"/v2.0/adminconsent?client_id="_s));
        QVERIFY(refused.error().link.contains(u"Mail.Read"_s));
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(outcome(take(world)), QString());
        world.aheadSeconds = 115;
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), u"ConsentNeeded"_s);
        QCOMPARE(world.refreshes(), 1);
        world.aheadSeconds = 121;
        world.tenant.consentForEverybody({u"Mail.Read"_s});
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), QString());
        QCOMPARE(world.refreshes(), 2);
    }

    void missingConsentForTheSignInItselfNeedsThePerson()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"admin-consent-required"_s));
        QCOMPARE(outcome(take(world)), u"ConsentNeeded"_s);
        QCOMPARE(world.session->state(), State::InteractionRequired);
        QVERIFY(world.session->problem());
        QVERIFY(world.session->problem()->link.contains(u"User.Read"_s));
        QCOMPARE(nextStepFor(*world.session->problem()), NextStep::AskAdministrator);
    }

    void aSignInThatAnAdministratorMustAllowStaysExplained()
    {
        SessionWorld world;
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(u"admin-consent-required"_s));
        QCOMPARE(outcome(awaited(world.session->signIn())), u"ConsentNeeded"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->problem());
        QVERIFY(world.session->problem()->link.startsWith(world.tenant.authority().toString()));
        // The next page tells its own end.
        world.browser.setClick(sandbox::SandboxBrowser::Click::Cancel);
        QCOMPARE(outcome(awaited(world.session->signIn())), u"Cancelled"_s);
        QVERIFY(!world.session->problem());
    }
};

QTEST_GUILESS_MAIN(TestSessionRefresh)
#include "tst_session_refresh.moc"
