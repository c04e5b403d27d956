// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the real Valet does itself, whatever surface asks: no device code unless the settings allow
// it; it says when somebody has signed out.

#include "app/live_valet.h"
#include "app/remembered_answers.h"
#include "app/unattended_prompt.h"
#include "auth/keychain_token_store.h"
#include "tests/app/settings_fixture.h"
#include "tests/auth/session_world.h"

#include <QTest>

using namespace Qt::StringLiterals;
using auth::SignInWay;

namespace {

class NoBrowser : public auth::UrlOpener
{
public:
    bool open(const QUrl &) override { return false; }
};

} // namespace

class TestLiveValet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deviceCodesNeedTheSettingAndOtherWaysDoNot_data()
    {
        QTest::addColumn<SignInWay>("way");
        QTest::addColumn<bool>("isAllowed");
        QTest::addColumn<Error::Kind>("kind");
        // Who gets through finds that nothing is configured here.
        QTest::newRow("code, not allowed") << SignInWay::DeviceCode << false << Error::Kind::Denied;
        QTest::newRow("code, allowed")
            << SignInWay::DeviceCode << true << Error::Kind::NotConfigured;
        QTest::newRow("browser") << SignInWay::Browser << false << Error::Kind::NotConfigured;
        QTest::newRow("link") << SignInWay::Link << false << Error::Kind::NotConfigured;
    }
    void deviceCodesNeedTheSettingAndOtherWaysDoNot()
    {
        QFETCH(SignInWay, way);
        QFETCH(bool, isAllowed);
        QTemporaryDir state;
        SettingsFixture fixture;
        fixture.person = {{u"allowDeviceCode"_s, isAllowed ? u"1"_s : u"0"_s}};
        const auto settings = fixture.make();
        auth::KeychainTokenStore store(state.path());
        NoBrowser opener;
        auth::AccountSession session(u"default"_s, settings->entraConfig(), &store, &opener);
        RememberedAnswers answers(settings.get());
        UnattendedPrompt prompt;
        mcp::McpHost host({.tokens = &session, .prompt = &prompt, .approvals = &answers}, QUrl(),
                          settings->approvalMode());
        LiveValet valet(&session, &host, false,
                        {.showStatus = [] { return false; },
                         .showSettings = [] { return false; },
                         .quit = [] {},
                         .deviceCodeRule = [&] { return settings->deviceCodeRule(); },
                         .signedOut = [] {}});
        QCOMPARE(valet.deviceCodeRule().isAllowed, isAllowed);
        const auto answer = valet.signIn(way);
        QVERIFY(answer.isFinished());
        QTEST(answer.result().error().kind, "kind");
    }

    void whoSignsOutIsToldOfAfterwards_data()
    {
        QTest::addColumn<bool>("isSignedIn");
        QTest::addColumn<bool>("isOnline");
        QTest::addColumn<bool>("hasKeychain");
        QTest::addColumn<int>("times");
        QTest::newRow("somebody") << true << true << true << 1;
        QTest::newRow("somebody, offline") << true << false << true << 1;
        QTest::newRow("somebody, the keychain hangs") << true << true << false << 1;
        QTest::newRow("nobody") << false << true << true << 0;
    }
    void whoSignsOutIsToldOfAfterwards()
    {
        QFETCH(bool, isSignedIn);
        QFETCH(bool, isOnline);
        QFETCH(bool, hasKeychain);
        SessionWorld world;
        if (isSignedIn)
            QVERIFY(world.signIn());
        else
            world.restartLoaded();
        SettingsFixture fixture;
        const auto settings = fixture.make();
        RememberedAnswers answers(settings.get());
        UnattendedPrompt prompt;
        mcp::McpHost host({.tokens = world.session.get(), .prompt = &prompt, .approvals = &answers},
                          QUrl(), settings->approvalMode());
        std::optional<Async<Done>> signedOut;
        int told = 0;
        LiveValet valet(
            world.session.get(), &host, false,
            {.showStatus = [] { return false; },
             .showSettings = [] { return false; },
             .quit = [] {},
             .deviceCodeRule = [&] { return settings->deviceCodeRule(); },
             .signedOut =
                 [&] {
                     ++told;
                     QVERIFY(signedOut && signedOut->isFinished()); // so a browser cannot delay it
                 }});
        if (!isOnline)
            world.tenant.goAway();
        if (!hasKeychain)
            world.store.hold();
        signedOut = valet.signOut();
        QTRY_VERIFY(signedOut->isFinished());
        QTRY_COMPARE(told, isSignedIn ? 1 : 0);
        QTEST(told, "times");
        QCOMPARE(world.session->state(), auth::AccountSession::State::SignedOut);
        world.store.release();
    }
};

QTEST_GUILESS_MAIN(TestLiveValet)
#include "tst_live_valet.moc"
