// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ways to the sign-in page: opened, as a link only, or a device code; and what becomes of an
// attempt under way when somebody wishes for another one.

#include "tests/auth/log_capture.h"
#include "tests/auth/session_world.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::SignInWay;
using State = AccountSession::State;
using Click = sandbox::SandboxBrowser::Click;

namespace {

// The protocol's second is shorter on both sides.
struct WaysWorld : SessionWorld
{
    WaysWorld()
    {
        constexpr std::chrono::milliseconds second(20);
        timing.deviceCodeSecond = second;
        tenant.setDeviceCodeSecond(second);
    }
    int codes() const { return tenant.count(u"devicecode"_s); }
    int polls() const
    {
        return tenant.count(u"token:urn:ietf:params:oauth:grant-type:device_code"_s);
    }
};

} // namespace

class TestSessionWays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsInWithADeviceCode()
    {
        WaysWorld world;
        world.restartLoaded();
        QSignalSpy page(world.session.get(), &AccountSession::signInPageReady);
        QSignalSpy changed(world.session.get(), &AccountSession::stateChanged);
        const auto future = world.session->signIn(SignInWay::DeviceCode);
        QCOMPARE(world.session->state(), State::SigningIn);
        QCOMPARE(changed.size(), 1); // before the code is there
        QTRY_COMPARE(page.size(), 1);
        QCOMPARE(page.first().at(1).toBool(), false);
        QUrl expected = world.tenant.authority();
        expected.setPath(u"/devicelogin"_s);
        QCOMPARE(world.session->signInUrl(), expected);
        QTRY_VERIFY(world.polls() >= 2);
        QCOMPARE(world.session->state(), State::SigningIn);
        QVERIFY(world.tenant.enterDeviceCode(world.session->signInUserCode().toLower()));
        const auto account = awaited(future);
        QCOMPARE(outcome(account), QString());
        QCOMPARE(account->name, u"Adele Vance"_s);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->signInUserCode().isEmpty());
        QCOMPARE(world.store.entries.size(), 1);
        QCOMPARE(world.browser.opened(), 0);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.tenant.violations(), QStringList());
    }

    void endsOfADeviceCode_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("kind");
        QTest::newRow("declined on the page") << QString() << u"Cancelled"_s;
        QTest::newRow("expired") << u"device-expired"_s << u"NoAnswer"_s;
        QTest::newRow("not known") << u"device-bad-code"_s << u"ServiceFault"_s;
        QTest::newRow("no public client") << u"device-off"_s << u"Misconfigured"_s;
        QTest::newRow("a page elsewhere") << u"device-foreign-page"_s << u"ServiceFault"_s;
        QTest::newRow("for another app") << u"wrong-audience"_s << u"ServiceFault"_s;
        QTest::newRow("no id_token") << u"no-id-token"_s << u"ServiceFault"_s;
        QTest::newRow("500 on a poll") << u"token-500"_s << QString();
        QTest::newRow("429 on a poll") << u"token-429"_s << QString();
        QTest::newRow("a poll is lost") << u"token-reset"_s << QString();
        QTest::newRow("too fast") << u"device-slow-down"_s << QString();
    }
    void endsOfADeviceCode()
    {
        QFETCH(QString, fault);
        QFETCH(QString, kind);
        WaysWorld world;
        world.restartLoaded();
        if (!fault.isEmpty())
            QVERIFY(world.tenant.setFault(fault));
        connect(world.session.get(), &AccountSession::signInPageReady, &world.tenant, [&] {
            QVERIFY(
                world.tenant.enterDeviceCode(world.session->signInUserCode(), !fault.isEmpty()));
        });
        QCOMPARE(outcome(awaited(world.session->signIn(SignInWay::DeviceCode))), kind);
        QCOMPARE(world.session->state(), kind.isEmpty() ? State::SignedIn : State::SignedOut);
        QCOMPARE(world.store.writes, kind.isEmpty() ? 1 : 0);
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
        QCOMPARE(world.tenant.violations(), QStringList());
        QCOMPARE(world.browser.opened(), 0);
    }

    void aLinkOpensNoBrowser()
    {
        WaysWorld world;
        world.restartLoaded();
        QSignalSpy page(world.session.get(), &AccountSession::signInPageReady);
        const auto future = world.session->signIn(SignInWay::Link);
        QCOMPARE(page.size(), 1);
        QCOMPARE(page.first().at(1).toBool(), false);
        QCOMPARE(world.browser.opened(), 0);
        world.browser.open(world.session->signInUrl()); // the person does
        QCOMPARE(outcome(awaited(future)), QString());
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void whoWishesForTheBrowserHasTheLinkOpened()
    {
        WaysWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        QSignalSpy page(world.session.get(), &AccountSession::signInPageReady);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto first = world.session->signIn(SignInWay::Link);
        const auto second = world.session->signIn(SignInWay::Browser);
        const auto third = world.session->signIn(SignInWay::Browser);
        const auto fourth = world.session->signIn(SignInWay::Link);
        QCOMPARE(page.size(), 2);
        QCOMPARE(page.at(0).at(0), page.at(1).at(0));
        QCOMPARE(page.at(1).at(1).toBool(), true);
        QTRY_COMPARE(shown.size(), 1);
        world.browser.click(Click::Continue);
        for (const auto &future : {first, second, third, fourth})
            QCOMPARE(outcome(awaited(future)), QString());
        QCOMPARE(world.browser.opened(), 1);
        QCOMPARE(world.pages(), 1);
    }

    void aDeviceCodeTakesThePlaceOfAPage()
    {
        WaysWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto page = world.session->signIn();
        const auto token = world.session->tokenFor(
            {.scopes = {u"User.Read"_s}, .interaction = auth::Interaction::Allowed});
        QTRY_COMPARE(shown.size(), 1);
        const auto code = world.session->signIn(SignInWay::DeviceCode);
        QCOMPARE(world.session->state(), State::SigningIn);
        QTRY_VERIFY(!world.session->signInUserCode().isEmpty());
        QVERIFY(!page.isFinished());
        QVERIFY(!token.isFinished());
        // The page that was replaced has no say any more.
        QSignalSpy answered(&world.browser, &sandbox::SandboxBrowser::finished);
        world.browser.click(Click::Continue);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered.first().at(0).toInt(), 0); // nobody listens there
        QCOMPARE(world.session->state(), State::SigningIn);
        QVERIFY(world.tenant.enterDeviceCode(world.session->signInUserCode()));
        QCOMPARE(outcome(awaited(code)), QString());
        QCOMPARE(outcome(awaited(page)), QString());
        QCOMPARE(outcome(awaited(token)), QString());
        QCOMPARE(world.tenant.count(u"token:authorization_code"_s), 0);
    }

    void whoWishesForAPageJoinsADeviceCode_data()
    {
        QTest::addColumn<SignInWay>("way");
        QTest::newRow("browser") << SignInWay::Browser;
        QTest::newRow("link") << SignInWay::Link;
        QTest::newRow("another device code") << SignInWay::DeviceCode;
    }
    void whoWishesForAPageJoinsADeviceCode()
    {
        QFETCH(SignInWay, way);
        WaysWorld world;
        world.restartLoaded();
        const auto first = world.session->signIn(SignInWay::DeviceCode);
        QTRY_VERIFY(!world.session->signInUserCode().isEmpty());
        const QString shown = world.session->signInUserCode();
        const auto second = world.session->signIn(way);
        QCOMPARE(world.session->signInUserCode(), shown);
        QVERIFY(world.tenant.enterDeviceCode(shown));
        QCOMPARE(outcome(awaited(first)), QString());
        QCOMPARE(outcome(awaited(second)), QString());
        QCOMPARE(world.codes(), 1);
        QCOMPARE(world.browser.opened(), 0);
        QCOMPARE(world.pages(), 0);
    }

    void theWayWaitsForTheKeychain_data()
    {
        QTest::addColumn<QList<SignInWay>>("wishes");
        QTest::addColumn<int>("codes");
        QTest::addColumn<int>("opened");
        using Ways = QList<SignInWay>;
        QTest::newRow("a link") << Ways{SignInWay::Link} << 0 << 0;
        QTest::newRow("link and browser") << Ways{SignInWay::Browser, SignInWay::Link} << 0 << 1;
        QTest::newRow("browser and device code")
            << Ways{SignInWay::DeviceCode, SignInWay::Browser} << 1 << 0;
    }
    void theWayWaitsForTheKeychain()
    {
        QFETCH(QList<SignInWay>, wishes);
        WaysWorld world;
        world.browser.setClick(Click::Nothing);
        world.store.hold();
        world.restart();
        for (const SignInWay way : wishes)
            world.session->signIn(way);
        QCOMPARE(world.session->state(), State::SignedOut);
        world.store.release();
        QTRY_VERIFY(!world.session->signInUrl().isEmpty());
        QTEST(world.codes(), "codes");
        QTEST(world.browser.opened(), "opened");
    }

    void cancelEndsTheDeviceCode()
    {
        WaysWorld world;
        world.restartLoaded();
        const auto future = world.session->signIn(SignInWay::DeviceCode);
        QTRY_VERIFY(!world.session->signInUserCode().isEmpty());
        world.session->cancelSignIn();
        QCOMPARE(outcome(awaited(future)), u"Cancelled"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->signInUrl().isEmpty());
        // The person may start again at once, in another way.
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
    }

    void noCodeIsLogged()
    {
        WaysWorld world;
        const LogCapture log;
        world.restartLoaded();
        QString userCode;
        connect(world.session.get(), &AccountSession::signInPageReady, &world.tenant, [&] {
            userCode = world.session->signInUserCode();
            QVERIFY(world.tenant.enterDeviceCode(userCode));
        });
        QCOMPARE(outcome(awaited(world.session->signIn(SignInWay::DeviceCode))), QString());
        QVERIFY(log.contains("signed in"));
        QVERIFY(!userCode.isEmpty());
        QVERIFY(!log.contains(userCode.toUtf8()));
        QVERIFY(world.tenant.secrets().size() >= 4); // device code and three tokens
        for (const QByteArray &secret : world.tenant.secrets())
            QVERIFY2(!log.contains(secret), log.text().constData());
    }
};

QTEST_GUILESS_MAIN(TestSessionWays)
#include "tst_session_ways.moc"
