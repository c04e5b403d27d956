// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the real Valet does itself, whatever surface asks: no device code unless the settings allow
// it; a missing role is shown; it says when somebody has signed out.

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
        auth::Accounts accounts(u"default"_s, settings->entraConfig(), &store, &opener);
        RememberedAnswers answers(settings.get());
        UnattendedPrompt prompt;
        mcp::McpHost host({.tokens = &accounts, .prompt = &prompt, .approvals = &answers}, QUrl(),
                          settings->approvalMode());
        PauseSwitch pauses(settings.get());
        LiveValet valet(&accounts, &host, &pauses, false,
                        {.showStatus = [] { return false; },
                         .showAccess = [] { return false; },
                         .showSettings = [] { return false; },
                         .quit = [] {},
                         .deviceCodeRule = [&] { return settings->deviceCodeRule(); },
                         .keepDefault = [](const QString &) {},
                         .signedOut = [] {}});
        QCOMPARE(valet.deviceCodeRule().isAllowed, isAllowed);
        for (const auto &answer : {valet.signIn(way), valet.signInAnother(way)}) {
            QTRY_VERIFY(answer.isFinished());
            QTEST(answer.result().error().kind, "kind");
        }
    }

    void aMissingRoleIsShown_data()
    {
        QTest::addColumn<QStringList>("roles");
        QTest::addColumn<bool>("isRequired");
        QTest::addColumn<bool>("isShown");
        QTest::newRow("missing and required") << QStringList() << true << true;
        QTest::newRow("missing") << QStringList() << false << false;
        QTest::newRow("there") << QStringList{u"GraphValet.Reader"_s} << true << false;
    }
    void aMissingRoleIsShown()
    {
        QFETCH(QStringList, roles);
        QFETCH(bool, isRequired);
        QFETCH(bool, isShown);
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"organizations"_s}};
        const auto settings = fixture.make();
        const auto config = settings->entraConfig();
        QVERIFY(config.ok());
        MemoryTokenStore store;
        NoBrowser opener;
        auth::Accounts accounts(u"default"_s, config, &store, &opener);
        accounts.adopt({{u"default"_s,
                         {.profile = u"default"_s,
                          .authority = config->authorityText(),
                          .clientId = config->clientId,
                          .tenant = config->tenant,
                          .account = {.tenantId = u"tid"_s, .objectId = u"oid"_s, .roles = roles},
                          .refreshToken = Secret("token")}}});
        RememberedAnswers answers(settings.get());
        UnattendedPrompt prompt;
        mcp::McpHost host({.tokens = &accounts, .prompt = &prompt, .approvals = &answers}, QUrl(),
                          settings->approvalMode());
        host.setRoleRequired(isRequired);
        PauseSwitch pauses(settings.get());
        LiveValet valet(&accounts, &host, &pauses, false, {});
        QTRY_VERIFY(!accounts.current()->isMemoryOnly()); // written: no other problem
        QCOMPARE(valet.status().state, auth::AccountSession::State::SignedIn);
        QCOMPARE(valet.status().problem.has_value(), isShown);
        if (isShown)
            QCOMPARE(valet.status().problem->cause, Cause::RoleMissing);
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
        auth::Accounts accounts(world.profile, world.config(), &world.store, &world.opener);
        accounts.start();
        QTRY_VERIFY(accounts.isLoaded());
        if (isSignedIn)
            QVERIFY(awaited(accounts.signIn()).ok());
        SettingsFixture fixture;
        const auto settings = fixture.make();
        RememberedAnswers answers(settings.get());
        UnattendedPrompt prompt;
        mcp::McpHost host({.tokens = &accounts, .prompt = &prompt, .approvals = &answers}, QUrl(),
                          settings->approvalMode());
        std::optional<Async<Done>> signedOut;
        int told = 0;
        PauseSwitch pauses(settings.get());
        LiveValet valet(
            &accounts, &host, &pauses, false,
            {.showStatus = [] { return false; },
             .showAccess = [] { return false; },
             .showSettings = [] { return false; },
             .quit = [] {},
             .deviceCodeRule = [&] { return settings->deviceCodeRule(); },
             .keepDefault = [](const QString &) {},
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
        QCOMPARE(accounts.current()->state(), auth::AccountSession::State::SignedOut);
        world.store.release();
    }
};

QTEST_GUILESS_MAIN(TestLiveValet)
#include "tst_live_valet.moc"
