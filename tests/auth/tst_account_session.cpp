// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Signing in and out through the sandbox's page and a real loopback redirect.

#include "tests/auth/log_capture.h"
#include "tests/auth/session_world.h"

#include <QSignalSpy>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using auth::AccountSession;
using auth::Interaction;
using State = AccountSession::State;
using Click = sandbox::SandboxBrowser::Click;

class TestAccountSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsIn()
    {
        SessionWorld world;
        world.restart();
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(!world.session->isLoaded());
        QSignalSpy loaded(world.session.get(), &AccountSession::loaded);
        QTRY_COMPARE(loaded.count(), 1);
        QSignalSpy page(world.session.get(), &AccountSession::signInPageReady);
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::finished);

        const auto future = world.session->signIn();
        QCOMPARE(world.session->state(), State::SigningIn);
        QCOMPARE(page.count(), 1);
        QCOMPARE(page.first().at(1).toBool(), true);
        QCOMPARE(world.session->signInUrl(), page.first().at(0).toUrl());
        const auto account = awaited(future);
        QCOMPARE(outcome(account), QString());
        QCOMPARE(account->name, u"Adele Vance"_s);
        QCOMPARE(account->username, u"AdeleV@contoso.onmicrosoft.com"_s);
        QCOMPARE(account->tenantId, world.tenant.tenantId());
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(*world.session->account(), *account);
        QCOMPARE(world.session->defaultPrincipal(), account->principal());
        QVERIFY(world.session->signInUrl().isEmpty());
        QVERIFY(!world.session->isMemoryOnly());
        QVERIFY(!world.session->problem());
        QCOMPARE(world.store.entries.size(), 1);

        QTRY_COMPARE(shown.count(), 1);
        QCOMPARE(shown.first().at(0).toInt(), 200);
        QVERIFY(shown.first().at(1).toByteArray().contains("AdeleV@contoso.onmicrosoft.com"));
        QCOMPARE(world.tenant.violations(), QStringList());

        const auto token = awaited(world.session->tokenFor(world.request()));
        QCOMPARE(outcome(token), QString());
        QCOMPARE(token->principal, account->principal());
        QVERIFY(token->scopes.contains(u"User.Read"_s));
        QCOMPARE(world.refreshes(), 0);
    }

    void codesThatNeedEncodingArrive()
    {
        SessionWorld world;
        world.browser.setPerson(u"alex"_s); // his codes hold !, * and $
        QVERIFY(world.signIn());
        QCOMPARE(world.session->account()->name, u"Alex Wilber"_s);
    }

    void asksForWhatTheDesignSays()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto fields =
            test_support::parseForm(world.opener.last.query(QUrl::FullyEncoded).toLatin1());
        const auto field = [&](const QString &name) {
            return test_support::fieldValue(fields, name);
        };
        QCOMPARE(field(u"response_mode"_s), u"form_post"_s);
        QCOMPARE(field(u"response_type"_s), u"code"_s);
        QCOMPARE(field(u"code_challenge_method"_s), u"S256"_s);
        QCOMPARE(field(u"prompt"_s), u"select_account"_s);
        QCOMPARE(field(u"scope"_s), u"openid profile offline_access User.Read"_s);
        QCOMPARE(field(u"client_info"_s), u"1"_s);
        QCOMPARE(field(u"state"_s).size(), 43);
        QCOMPARE(field(u"nonce"_s).size(), 43);
        QVERIFY(field(u"redirect_uri"_s).startsWith(u"http://localhost:"_s));
        QVERIFY(!field(u"redirect_uri"_s).endsWith(u'/'));
        QVERIFY(!test_support::hasField(fields, u"client_secret"_s));
        QSet<QString> names;
        for (const auto &each : fields)
            names += each.first;
        QCOMPARE(names.size(), fields.size());
    }

    void isStillSignedInAfterARestart()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto account = world.session->account();
        const int pages = world.pages();
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::SignedIn);
        QCOMPARE(*world.session->account(), *account);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        QCOMPARE(world.refreshes(), 1);
        QCOMPARE(world.pages(), pages);
    }

    void requestsWaitForTheKeychain()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.hold();
        world.restart();
        auto request = world.request();
        request.principal.clear();
        const auto token = world.session->tokenFor(request);
        QTest::qWait(20);
        QVERIFY(!token.isFinished());
        world.store.release();
        QCOMPARE(outcome(awaited(token)), QString());
    }

    void aSecondSignInJoinsTheFirst()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::pageShown);
        const auto first = world.session->signIn();
        const auto second = world.session->signIn();
        QTRY_COMPARE(shown.count(), 1);
        world.browser.click(Click::Continue);
        QCOMPARE(outcome(awaited(first)), QString());
        QCOMPARE(outcome(awaited(second)), QString());
        QCOMPARE(world.browser.opened(), 1);
    }

    void thePersonCancelsOnThePage()
    {
        SessionWorld world;
        world.browser.setClick(Click::Cancel);
        world.restartLoaded();
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::finished);
        QCOMPARE(outcome(awaited(world.session->signIn())), u"Cancelled"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        QTRY_COMPARE(shown.count(), 1);
        QVERIFY(shown.first().at(1).toByteArray().contains("You are not signed in"));
        QCOMPARE(world.store.writes, 0);
    }

    void thePersonCancelsInTheTray()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        const auto future = world.session->signIn();
        const QUrl redirect(test_support::fieldValue(
            test_support::parseForm(
                world.session->signInUrl().query(QUrl::FullyEncoded).toLatin1()),
            u"redirect_uri"_s));
        world.session->cancelSignIn();
        QCOMPARE(outcome(awaited(future)), u"Cancelled"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        // The port is closed.
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(redirect.port()));
        QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
        // The person may start again at once.
        world.browser.setClick(Click::Continue);
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
    }

    void nobodyAnswersThePage()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.timing.signInLimit = std::chrono::milliseconds(50);
        world.restartLoaded();
        QCOMPARE(outcome(awaited(world.session->signIn())), u"NoAnswer"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
    }

    void faultsDuringSignIn_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("kind");
        QTest::newRow("another nonce") << u"wrong-nonce"_s << u"ServiceFault"_s;
        QTest::newRow("for another app") << u"wrong-audience"_s << u"ServiceFault"_s;
        QTest::newRow("expired id_token") << u"expired-id-token"_s << u"ServiceFault"_s;
        QTest::newRow("no id_token") << u"no-id-token"_s << u"ServiceFault"_s;
        QTest::newRow("500") << u"token-500"_s << u"ServiceFault"_s;
        QTest::newRow("503") << u"token-503-retry-after"_s << u"Throttled"_s;
        QTest::newRow("429") << u"token-429"_s << u"Throttled"_s;
        QTest::newRow("a proxy's page") << u"token-html"_s << u"ServiceFault"_s;
        QTest::newRow("half an answer") << u"token-truncated"_s << u"ServiceFault"_s;
        QTest::newRow("connection reset") << u"token-reset"_s << u"Offline"_s;
        QTest::newRow("a redirect elsewhere") << u"token-redirect"_s << u"ServiceFault"_s;
        QTest::newRow("code refused") << u"invalid-grant"_s << u"ServiceFault"_s;
    }
    void faultsDuringSignIn()
    {
        QFETCH(QString, fault);
        QFETCH(QString, kind);
        SessionWorld world;
        world.restartLoaded();
        QVERIFY(world.tenant.setFault(fault));
        QSignalSpy shown(&world.browser, &sandbox::SandboxBrowser::finished);
        const auto result = awaited(world.session->signIn());
        QCOMPARE(outcome(result), kind);
        // Whoever has just signed in is not told to sign in, unless the code was lost on the way.
        QCOMPARE(nextStepFor(result.error()) == NextStep::SignIn, fault == u"invalid-grant");
        QCOMPARE(world.session->state(), State::SignedOut);
        QCOMPARE(world.store.writes, 0);
        QCOMPARE(world.tenant.count(u"token"_s), 1); // a code is redeemed once
        QCOMPARE(world.tenant.count(u"foreign"_s), 0);
        QCOMPARE(world.tenant.violations(), QStringList());
        QTRY_COMPARE(shown.count(), 1);
        QVERIFY(shown.first().at(1).toByteArray().contains("Sign-in did not finish"));
        // The next attempt is a fresh one.
        QCOMPARE(outcome(awaited(world.session->signIn())), QString());
    }

    void signsOut()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto request = world.request();
        const auto done = world.session->signOut();
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(!world.session->account());
        QCOMPARE(outcome(awaited(done)), QString());
        QVERIFY(world.store.entries.isEmpty());
        QCOMPARE(outcome(awaited(world.session->tokenFor(request))), u"SignInNeeded"_s);
        world.restartLoaded();
        QCOMPARE(world.session->state(), State::SignedOut);
    }

    void aKeychainThatKeepsTheEntryIsSaid()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        world.store.removeFault = MemoryTokenStore::fault(u"locked"_s, u"locked"_s);
        QCOMPARE(outcome(awaited(world.session->signOut())), u"StorageFault"_s);
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->problem());
        QCOMPARE(world.session->problem()->kind, Error::Kind::StorageFault);
    }

    void signingOutEndsASignInUnderWay()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        const auto future = world.session->signIn();
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QCOMPARE(outcome(awaited(future)), u"Cancelled"_s);
        QTRY_COMPARE(world.session->state(), State::SignedOut);
    }

    void anotherRegistrationEndsASignInUnderWay()
    {
        SessionWorld world;
        world.browser.setClick(Click::Nothing);
        world.restartLoaded();
        const auto future = world.session->signIn();
        auto other = world.config();
        other.tenant = u"organizations"_s;
        world.session->setConfig(other);
        QCOMPARE(outcome(awaited(future)), u"Cancelled"_s);
        // Nobody declined anything: a call may open a page for the new one.
        world.browser.setClick(Click::Continue);
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request(Interaction::Allowed)))),
                 QString());
        QCOMPARE(world.browser.opened(), 2);
    }

    void aHandOverBeforeTheStartIsNotOverwritten()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        const auto record = auth::TokenRecord::fromJson(world.store.entries.value(world.profile));
        world.store.entries.clear();
        world.store.writeFaults = -1;
        world.session = std::make_unique<AccountSession>(
            world.profile, world.config(), &world.store, &world.opener, nullptr, world.timing);
        world.session->adopt(*record);
        world.session->start();
        QTRY_COMPARE(world.store.reads, 2);
        QTest::qWait(20);
        QCOMPARE(world.session->state(), State::SignedIn);
        QVERIFY(world.session->isMemoryOnly());
    }

    void anotherRegistrationDoesNotUseTheRecord()
    {
        SessionWorld world;
        QVERIFY(world.signIn());
        auto other = world.config();
        other.clientId = u"11111111-2222-3333-4444-555555555555"_s;
        world.session->setConfig(other);
        QCOMPARE(world.session->state(), State::SignedOut);
        QVERIFY(world.session->defaultPrincipal().isEmpty());
        QCOMPARE(world.store.entries.size(), 1);
        world.session->setConfig(
            Error{.kind = Error::Kind::NotConfigured, .detail = u"no client id"_s});
        QCOMPARE(world.session->state(), State::Error);
        QCOMPARE(world.session->problem()->kind, Error::Kind::NotConfigured);
        QCOMPARE(outcome(awaited(world.session->signIn())), u"NotConfigured"_s);
        world.session->setConfig(world.config());
        QCOMPARE(world.session->state(), State::SignedIn);
    }

    void noSecretIsLogged()
    {
        SessionWorld world;
        const LogCapture log;
        QVERIFY(world.signIn());
        world.aheadSeconds = 3 * 3600;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), QString());
        world.tenant.revokeRefreshTokens();
        world.aheadSeconds += 3 * 3600;
        QCOMPARE(outcome(awaited(world.session->tokenFor(world.request()))), u"SignInNeeded"_s);
        QCOMPARE(outcome(awaited(world.session->signOut())), QString());
        QVERIFY(log.contains("signed in"));
        QVERIFY(world.tenant.secrets().size() >= 6);
        for (const QByteArray &secret : world.tenant.secrets()) {
            QVERIFY2(!log.contains(secret), log.text().constData());
            QVERIFY(!log.contains(QUrl::toPercentEncoding(QString::fromUtf8(secret))));
        }
    }
};

QTEST_GUILESS_MAIN(TestAccountSession)
#include "tst_account_session.moc"
