// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the real Valet adds to session and host: no device code unless the settings allow it,
// whatever surface asks; a missing role is shown.

#include "app/live_valet.h"
#include "app/remembered_answers.h"
#include "app/unattended_prompt.h"
#include "auth/keychain_token_store.h"
#include "tests/app/settings_fixture.h"
#include "tests/auth/memory_token_store.h"

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
        LiveValet valet(&accounts, &host, false,
                        {.showStatus = [] { return false; },
                         .showAccess = [] { return false; },
                         .showSettings = [] { return false; },
                         .quit = [] {},
                         .deviceCodeRule = [&] { return settings->deviceCodeRule(); },
                         .keepDefault = [](const QString &) {}});
        QCOMPARE(valet.deviceCodeRule().isAllowed, isAllowed);
        for (const auto &answer : {valet.signIn(way), valet.signInAnother(way)}) {
            QVERIFY(answer.isFinished());
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
        LiveValet valet(&accounts, &host, false, {});
        QTRY_VERIFY(!accounts.current()->isMemoryOnly()); // written: no other problem
        QCOMPARE(valet.status().state, auth::AccountSession::State::SignedIn);
        QCOMPARE(valet.status().problem.has_value(), isShown);
        if (isShown)
            QCOMPARE(valet.status().problem->cause, Cause::RoleMissing);
    }
};

QTEST_GUILESS_MAIN(TestLiveValet)
#include "tst_live_valet.moc"
