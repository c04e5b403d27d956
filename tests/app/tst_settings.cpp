// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_places.h"
#include "tests/app/settings_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Key = Settings::Key;
using Origin = Settings::Origin;
using Mode = mcp::ApprovalMode;
using Values = SettingsFixture::Values;

namespace {

const QString loopback = u"http://127.0.0.1:8080"_s;

Values sandboxEnvironment()
{
    return {{u"GRAPH_VALET_AUTHORITY"_s, loopback}, {u"GRAPH_VALET_GRAPH_URL"_s, loopback}};
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstLayerWins_data()
    {
        QTest::addColumn<Values>("policy");
        QTest::addColumn<Values>("environment");
        QTest::addColumn<Values>("person");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<Origin>("origin");
        QTest::addColumn<bool>("isManaged");
        QTest::addColumn<bool>("isLocked");
        const Values policy{{u"tenantId"_s, u"policy.example"_s}};
        const Values environment{{u"GRAPH_VALET_TENANT_ID"_s, u" environment.example "_s}};
        const Values person{{u"tenantId"_s, u"person.example"_s}};
        QTest::newRow("nothing is set")
            << Values() << Values() << Values() << QString() << Origin::Default << false << false;
        QTest::newRow("only the person") << Values() << Values() << person << u"person.example"_s
                                         << Origin::Person << false << false;
        QTest::newRow("environment over person, blanks cut")
            << Values() << environment << person << u"environment.example"_s << Origin::Environment
            << false << true;
        QTest::newRow("policy over all") << policy << environment << person << u"policy.example"_s
                                         << Origin::Policy << true << true;
        QTest::newRow("an empty variable is none")
            << Values() << Values{{u"GRAPH_VALET_TENANT_ID"_s, u" "_s}} << person
            << u"person.example"_s << Origin::Person << false << false;
    }
    void firstLayerWins()
    {
        SettingsFixture fixture;
        QFETCH(Values, policy);
        fixture.policy = policy;
        QFETCH(Values, environment);
        fixture.environment = environment;
        QFETCH(Values, person);
        fixture.person = person;
        const auto settings = fixture.make();
        QTEST(settings->value(Key::Tenant).text, "expected");
        QTEST(settings->value(Key::Tenant).origin, "origin");
        QTEST(settings->isManaged(Key::Tenant), "isManaged");
        QTEST(settings->isLocked(Key::Tenant), "isLocked");
    }

    void theFolderForDownloadsIsForPersonAndPolicy_data()
    {
        QTest::addColumn<Values>("policy");
        QTest::addColumn<Values>("person");
        QTest::addColumn<QString>("folder");
        const QString home = QFileInfo(QDir::homePath()).canonicalFilePath();
        const auto value = [](const QString &path) { return Values{{u"downloadFolder"_s, path}}; };
        QTest::newRow("none") << Values() << Values() << QString();
        QTest::newRow("person") << Values() << value(u"/a/b"_s) << u"/a/b"_s;
        QTest::newRow("not absolute") << Values() << value(u"a/b"_s) << QString();
        QTest::newRow("policy") << value(QDir::homePath()) << value(u"/a/b"_s) << home;
        QTest::newRow("policy for every home") << value(u"~/"_s) << Values() << home;
        QTest::newRow("policy of what is not there")
            << value(u"/no/such/folder"_s) << value(u"/a/b"_s) << QString();
    }
    void theFolderForDownloadsIsForPersonAndPolicy()
    {
        SettingsFixture fixture;
        QFETCH(Values, policy);
        fixture.policy = policy;
        QFETCH(Values, person);
        fixture.person = person;
        fixture.environment = {{u"GRAPH_VALET_DOWNLOAD_FOLDER"_s, u"/evil"_s}};
        const auto settings = fixture.make();
        QTEST(settings->downloadFolder(), "folder");
        QCOMPARE(Settings::environmentVariable(Key::DownloadFolder), QString());
    }

    void environmentOnlyTightensApproval_data()
    {
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<bool>("isSandbox");
        QTest::addColumn<Mode>("expected");
        QTest::newRow("ask by default") << QString() << QString() << false << Mode::Ask;
        QTest::newRow("ask to deny is taken") << QString() << u"deny"_s << false << Mode::Deny;
        QTest::newRow("ask to allow is ignored") << QString() << u"allow"_s << false << Mode::Ask;
        QTest::newRow("allow to ask is taken") << u"allow"_s << u"ask"_s << false << Mode::Ask;
        QTest::newRow("deny to ask is ignored") << u"deny"_s << u"ask"_s << false << Mode::Deny;
        QTest::newRow("the person may allow") << u"allow"_s << QString() << false << Mode::Allow;
        QTest::newRow("a wrong word changes nothing")
            << QString() << u"yes"_s << false << Mode::Ask;
        QTest::newRow("a wrong word of the person is the strictest")
            << u"yes"_s << QString() << false << Mode::Deny;
        QTest::newRow("in the sandbox allow is taken")
            << QString() << u"allow"_s << true << Mode::Allow;
        QTest::newRow("in the sandbox it beats the person")
            << u"deny"_s << u"allow"_s << true << Mode::Allow;
    }
    void environmentOnlyTightensApproval()
    {
        QFETCH(QString, person);
        QFETCH(QString, environment);
        QFETCH(bool, isSandbox);
        SettingsFixture fixture;
        if (isSandbox)
            fixture.environment = sandboxEnvironment();
        fixture.environment.append({u"GRAPH_VALET_CLIENT_APPROVAL"_s, environment});
        fixture.person = {{u"clientApproval"_s, person}};
        QTEST(fixture.make()->approvalMode(), "expected");
    }

    void policyOnApprovalCannotBeLoosenedInTheSandboxEither()
    {
        SettingsFixture fixture;
        fixture.environment = sandboxEnvironment();
        fixture.environment.append({u"GRAPH_VALET_CLIENT_APPROVAL"_s, u"allow"_s});
        fixture.policy = {{u"clientApproval"_s, u"deny"_s}};
        QCOMPARE(fixture.make()->approvalMode(), Mode::Deny);
    }

    void halfASandboxLoosensNothing()
    {
        SettingsFixture fixture;
        fixture.environment = {{u"GRAPH_VALET_GRAPH_URL"_s, loopback},
                               {u"GRAPH_VALET_CLIENT_APPROVAL"_s, u"allow"_s}};
        QCOMPARE(fixture.make()->approvalMode(), Mode::Ask);
        fixture.environment = {{u"GRAPH_VALET_AUTHORITY"_s, loopback},
                               {u"GRAPH_VALET_CLIENT_APPROVAL"_s, u"allow"_s}};
        QCOMPARE(fixture.make()->approvalMode(), Mode::Ask);
    }

    void environmentOnlyTightensReadOnly_data()
    {
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<bool>("isSandbox");
        QTest::addColumn<bool>("expected");
        QTest::newRow("read-only by default") << QString() << QString() << false << true;
        QTest::newRow("the person may write") << u"0"_s << QString() << false << false;
        QTest::newRow("0 is ignored") << QString() << u"0"_s << false << true;
        QTest::newRow("1 is taken") << u"0"_s << u"1"_s << false << true;
        QTest::newRow("in the sandbox 0 is taken") << QString() << u"0"_s << true << false;
    }
    void environmentOnlyTightensReadOnly()
    {
        QFETCH(QString, person);
        QFETCH(QString, environment);
        QFETCH(bool, isSandbox);
        SettingsFixture fixture;
        if (isSandbox)
            fixture.environment = sandboxEnvironment();
        fixture.environment.append({u"GRAPH_VALET_READ_ONLY"_s, environment});
        fixture.person = {{u"readOnly"_s, person}};
        QTEST(fixture.make()->isReadOnly(), "expected");
    }

    void deviceCodesAreForPersonAndPolicyToAllow_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("person");
        QTest::addColumn<bool>("isSandbox");
        QTest::addColumn<bool>("isAllowed");
        QTest::addColumn<bool>("isManaged");
        QTest::newRow("off by default") << QString() << QString() << false << false << false;
        QTest::newRow("off in the sandbox too") << QString() << QString() << true << false << false;
        QTest::newRow("the person may allow") << QString() << u"1"_s << false << true << false;
        QTest::newRow("true is 1") << QString() << u"true"_s << false << true << false;
        QTest::newRow("the person may not") << QString() << u"0"_s << false << false << false;
        QTest::newRow("what cannot be read is a no")
            << QString() << u"yes"_s << false << false << false;
        QTest::newRow("policy allows") << u"1"_s << QString() << false << true << true;
        QTest::newRow("policy forbids what the person allows")
            << u"0"_s << u"1"_s << false << false << true;
        QTest::newRow("policy cannot be read") << u"maybe"_s << u"1"_s << true << false << true;
    }
    // Whatever an AI client puts into the environment makes no difference.
    void deviceCodesAreForPersonAndPolicyToAllow()
    {
        QFETCH(QString, policy);
        QFETCH(QString, person);
        QFETCH(bool, isSandbox);
        QVERIFY(Settings::environmentVariable(Key::AllowDeviceCode).isEmpty());
        for (const QString &inEnvironment : {QString(), u"0"_s, u"1"_s}) {
            SettingsFixture fixture;
            if (isSandbox)
                fixture.environment = sandboxEnvironment();
            for (const QString &name : {u"GRAPH_VALET_ALLOW_DEVICE_CODE"_s,
                                        u"GRAPH_VALET_DEVICE_CODE"_s, u"allowDeviceCode"_s})
                fixture.environment.append({name, inEnvironment});
            fixture.policy = {{u"allowDeviceCode"_s, policy}};
            fixture.person = {{u"allowDeviceCode"_s, person}};
            const auto settings = fixture.make();
            const DeviceCodeRule rule = settings->deviceCodeRule();
            QTEST(rule.isAllowed, "isAllowed");
            QTEST(rule.isManaged, "isManaged");
            QCOMPARE(rule.setting, u"allowDeviceCode"_s);
            QCOMPARE(rule.file, fixture.personFile());
        }
    }

    void aDeviceCodeIsAllowedWithoutARestart()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        QVERIFY(!settings->deviceCodeRule().isAllowed);
        QFile file(fixture.personFile()); // as an editor writes it
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General]\nallowDeviceCode=1\n");
        file.close();
        QVERIFY(settings->deviceCodeRule().isAllowed);
    }

    void aWrongWordAboutDeviceCodesIsNamed()
    {
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s},
                          {u"allowDeviceCode"_s, u"sometimes"_s}};
        const auto config = fixture.make()->entraConfig();
        QVERIFY(!config.ok());
        QVERIFY2(config.error().detail.contains(u"allowDeviceCode"_s),
                 qPrintable(config.error().detail));
        QVERIFY(!fixture.make()->environmentProblem());
    }

    void aRoleIsForPersonAndPolicyToRequire_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("person");
        QTest::addColumn<bool>("expected");
        QTest::newRow("not by default") << QString() << QString() << false;
        QTest::newRow("the person does") << QString() << u"1"_s << true;
        QTest::newRow("policy does") << u"1"_s << QString() << true;
        QTest::newRow("the person cannot undo it") << u"1"_s << u"0"_s << true;
        QTest::newRow("policy outranks the person") << u"0"_s << u"1"_s << false;
        QTest::newRow("what cannot be read is the strictest") << u"perhaps"_s << u"0"_s << true;
    }
    void aRoleIsForPersonAndPolicyToRequire()
    {
        QFETCH(QString, policy);
        QFETCH(QString, person);
        QVERIFY(Settings::environmentVariable(Key::RequireRole).isEmpty());
        for (const Values &environment : {Values(), sandboxEnvironment()}) {
            SettingsFixture fixture;
            fixture.environment = environment;
            fixture.environment.append({u"GRAPH_VALET_REQUIRE_ROLE"_s, u"0"_s});
            fixture.environment.append({u"requireRole"_s, u"0"_s});
            fixture.policy = {{u"requireRole"_s, policy}};
            fixture.person = {{u"requireRole"_s, person}};
            QTEST(fixture.make()->isRoleRequired(), "expected");
        }
    }

    void daysOfTheActivityLog_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("person");
        QTest::addColumn<int>("expected");
        QTest::addColumn<bool>("isFine");
        QTest::newRow("default") << QString() << QString() << 30 << true;
        QTest::newRow("the person's") << QString() << u"7"_s << 7 << true;
        QTest::newRow("none") << QString() << u"0"_s << 0 << true;
        QTest::newRow("policy outranks the person") << u"90"_s << u"0"_s << 90 << true;
        QTest::newRow("ten years") << QString() << u"3650"_s << 3650 << true;
        QTest::newRow("more") << QString() << u"3651"_s << 30 << false;
        QTest::newRow("less than none") << QString() << u"-1"_s << 30 << false;
        QTest::newRow("words lose nothing") << u"a week"_s << u"0"_s << 30 << false;
    }
    void daysOfTheActivityLog()
    {
        QFETCH(QString, policy);
        QFETCH(QString, person);
        SettingsFixture fixture;
        fixture.environment = {{u"GRAPH_VALET_ACTIVITY_DAYS"_s, u"0"_s}};
        fixture.policy = {{u"activityDays"_s, policy}};
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s},
                          {u"activityDays"_s, person}};
        const auto settings = fixture.make();
        QVERIFY(Settings::environmentVariable(Key::ActivityDays).isEmpty());
        QTEST(settings->activityDays(), "expected");
        QTEST(settings->entraConfig().ok(), "isFine");
        if (!settings->entraConfig().ok())
            QVERIFY(settings->entraConfig().error().detail.contains(u"activityDays"_s));
    }

    void areasForAiClients_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("isFine");
        QTest::newRow("default") << QString() << QString() << u"standard"_s << true;
        QTest::newRow("the person's") << QString() << u"minimal"_s << u"minimal"_s << true;
        QTest::newRow("one by one")
            << QString() << u"mail,tasks"_s << u"profile,mail,tasks"_s << true;
        QTest::newRow("policy outranks the person")
            << u"mail"_s << u"all"_s << u"profile,mail"_s << true;
        QTest::newRow("words are the strictest")
            << u"some of it"_s << u"all"_s << u"profile"_s << false;
    }
    void areasForAiClients()
    {
        QFETCH(QString, policy);
        QFETCH(QString, person);
        SettingsFixture fixture;
        fixture.environment = {{u"GRAPH_VALET_AREAS"_s, u"all"_s}};
        fixture.policy = {{u"areas"_s, policy}};
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s},
                          {u"areas"_s, person}};
        const auto settings = fixture.make();
        QVERIFY(Settings::environmentVariable(Key::Areas).isEmpty());
        QTEST(mcp::areaChoiceText(settings->areas()), "expected");
        QTEST(settings->entraConfig().ok(), "isFine");
        if (!settings->entraConfig().ok())
            QVERIFY(settings->entraConfig().error().detail.contains(u"areas"_s));
    }

    // As people write it by hand, and the format reads as a list.
    void aListWithoutQuotesIsRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"policy.conf"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General]\nareas=mail, calendar\n");
        file.close();
        Settings settings(
            std::make_unique<QSettings>(path, QSettings::IniFormat), {},
            std::make_unique<QSettings>(folder.filePath(u"person.conf"_s), QSettings::IniFormat));
        QCOMPARE(mcp::areaChoiceText(settings.areas()), u"profile,mail,calendar"_s);
    }

    void onlyTheOrganisationShowsHiddenOperations()
    {
        SettingsFixture fixture;
        const SettingsFixture::Values on{{u"showAdministratorOperations"_s, u"1"_s},
                                         {u"showSecretOperations"_s, u"1"_s}};
        fixture.person = on;
        QVERIFY(fixture.make()->operationsShown() == mcp::OperationsShown());
        fixture.policy = {on.first()};
        QVERIFY(fixture.make()->operationsShown()
                == mcp::OperationsShown({.areAdministrators = true, .areSecrets = false}));
        fixture.policy = on;
        QVERIFY(fixture.make()->operationsShown()
                == mcp::OperationsShown({.areAdministrators = true, .areSecrets = true}));
    }

    void wrongValuesAreNamed_data()
    {
        QTest::addColumn<Values>("environment");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QString &variable, const QString &text) {
            QTest::newRow(name) << Values{{variable, text}} << variable;
        };
        row("approval", u"GRAPH_VALET_CLIENT_APPROVAL"_s, u"maybe"_s);
        row("read-only", u"GRAPH_VALET_READ_ONLY"_s, u"2"_s);
        QTest::newRow("client id") << Values{{u"GRAPH_VALET_CLIENT_ID"_s, u"abc"_s}} << QString();
        QTest::newRow("Graph of somebody else")
            << Values{{u"GRAPH_VALET_GRAPH_URL"_s, u"https://graph.evil.example"_s}} << QString();
        QTest::newRow("http to elsewhere")
            << Values{{u"GRAPH_VALET_AUTHORITY"_s, u"http://login.microsoftonline.com"_s}}
            << QString();
    }
    void wrongValuesAreNamed()
    {
        SettingsFixture fixture;
        QFETCH(Values, environment);
        fixture.environment = environment;
        QFETCH(QString, named);
        const auto problem = fixture.make()->environmentProblem();
        QVERIFY(problem);
        QCOMPARE(problem->kind, Error::Kind::Misconfigured);
        QVERIFY2(problem->detail.contains(named) && !problem->detail.isEmpty(),
                 qPrintable(problem->detail));
        QVERIFY(!fixture.make()->entraConfig().ok());
    }

    void missingOrWrongValuesOfThePersonAreNoMistakeOfTheEnvironment()
    {
        SettingsFixture fixture;
        QVERIFY(!fixture.make()->environmentProblem());
        QCOMPARE(fixture.make()->entraConfig().error().kind, Error::Kind::NotConfigured);
        fixture.person = {{u"clientId"_s, u"abc"_s}, {u"tenantId"_s, u"contoso.example"_s}};
        fixture.environment = {{u"GRAPH_VALET_TENANT_ID"_s, u"fabrikam.example"_s}};
        QVERIFY(!fixture.make()->environmentProblem());
        QCOMPARE(fixture.make()->entraConfig().error().kind, Error::Kind::Misconfigured);
    }

    void policyMaySetEndpointsOfItsOwnButNotHalfOfThem()
    {
        SettingsFixture fixture;
        fixture.person = {{u"clientId"_s, SettingsFixture::guid()},
                          {u"tenantId"_s, u"contoso.example"_s}};
        fixture.policy = {{u"authority"_s, u"https://login.gov.example"_s},
                          {u"graphUrl"_s, u"https://graph.gov.example"_s}};
        QVERIFY(fixture.make()->entraConfig().ok());
        fixture.policy = {{u"authority"_s, u"https://login.gov.example"_s}, {u"graphUrl"_s, {}}};
        fixture.environment = {{u"GRAPH_VALET_GRAPH_URL"_s, u"https://graph.evil.example"_s}};
        QVERIFY(!fixture.make()->entraConfig().ok());
    }

    void savesWhatThePersonTyped()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        QSignalSpy saved(settings.get(), &Settings::saved);
        QVERIFY(settings
                    ->savePerson({.clientId = u' ' + SettingsFixture::guid(),
                                  .tenant = u"contoso.example "_s,
                                  .cloud = u"china"_s})
                    .ok());
        QCOMPARE(saved.size(), 1);
        const auto config = settings->entraConfig();
        QVERIFY(config.ok());
        QCOMPARE(config->clientId, SettingsFixture::guid());
        QCOMPARE(config->tenant, u"contoso.example"_s);
        QCOMPARE(config->graphUrl.host(), u"microsoftgraph.chinacloudapi.cn"_s);
        QVERIFY(settings->savePerson({}).ok());
        QCOMPARE(settings->value(Key::Tenant).origin, Origin::Default);
        QCOMPARE(settings->value(Key::Cloud).text, u"global"_s);
    }

    void whatIsTheDefaultIsNotWritten()
    {
        SettingsFixture fixture;
        fixture.person = {{u"cloud"_s, u"china"_s}};
        const auto settings = fixture.make();
        QVERIFY(settings->savePerson({.cloud = u"global"_s}).ok());
        QCOMPARE(settings->value(Key::Cloud).origin, Origin::Default);
    }

    void clouds_data()
    {
        QTest::addColumn<Values>("policy");
        QTest::addColumn<Values>("environment");
        QTest::addColumn<Values>("person");
        QTest::addColumn<QString>("graphHost"); // empty: refused
        QTest::addColumn<std::optional<Origin>>("addressOrigin");
        const std::optional<Origin> nobody;
        const QString global = u"graph.microsoft.com"_s;
        const Values china{{u"cloud"_s, u"china"_s}};
        const Values usGov{{u"cloud"_s, u"usGov"_s}};
        const Values dodAddresses{
            {u"GRAPH_VALET_AUTHORITY"_s, u"https://login.microsoftonline.us"_s},
            {u"GRAPH_VALET_GRAPH_URL"_s, u"https://dod-graph.microsoft.us"_s}};
        const Values dodByPerson{{u"authority"_s, u"https://login.microsoftonline.us"_s},
                                 {u"graphUrl"_s, u"https://dod-graph.microsoft.us"_s},
                                 {u"cloud"_s, u"china"_s}};
        QTest::newRow("nothing") << Values() << Values() << Values() << global << nobody;
        QTest::newRow("the person's")
            << Values() << Values() << china << u"microsoftgraph.chinacloudapi.cn"_s << nobody;
        QTest::newRow("policy over person")
            << usGov << Values() << china << u"graph.microsoft.us"_s << nobody;
        QTest::newRow("no variable names a cloud")
            << Values() << Values{{u"GRAPH_VALET_CLOUD"_s, u"china"_s}} << Values() << global
            << nobody;
        QTest::newRow("addresses of the environment over the person's cloud")
            << Values() << dodAddresses << china << u"dod-graph.microsoft.us"_s
            << std::optional(Origin::Environment);
        QTest::newRow("addresses of the person over their cloud")
            << Values() << Values() << dodByPerson << u"dod-graph.microsoft.us"_s
            << std::optional(Origin::Person);
        QTest::newRow("policy's cloud over all other addresses")
            << china << dodAddresses << dodByPerson << u"microsoftgraph.chinacloudapi.cn"_s
            << nobody;
        QTest::newRow("policy's cloud over a sandbox")
            << usGov << sandboxEnvironment() << Values() << u"graph.microsoft.us"_s << nobody;
        QTest::newRow("addresses of policy over its cloud")
            << Values{{u"cloud"_s, u"china"_s},
                      {u"authority"_s, u"https://login.contoso.example"_s},
                      {u"graphUrl"_s, u"https://graph.contoso.example"_s}}
            << Values() << Values() << u"graph.contoso.example"_s << std::optional(Origin::Policy);
        QTest::newRow("a name of no cloud")
            << Values() << Values() << Values{{u"cloud"_s, u"mars"_s}} << QString() << nobody;
    }
    void clouds()
    {
        QFETCH(Values, policy);
        QFETCH(Values, environment);
        QFETCH(Values, person);
        QFETCH(QString, graphHost);
        SettingsFixture fixture;
        fixture.policy = policy;
        fixture.environment = environment;
        fixture.person = person;
        fixture.person.append(
            {{u"clientId"_s, SettingsFixture::guid()}, {u"tenantId"_s, u"contoso.example"_s}});
        const auto settings = fixture.make();
        const auto config = settings->entraConfig();
        QCOMPARE(config.ok() ? config->graphUrl.host() : QString(), graphHost);
        QTEST(settings->addressOrigin(), "addressOrigin");
        QVERIFY(!settings->environmentProblem());
    }

    void managedValuesAreNotSaved()
    {
        SettingsFixture fixture;
        fixture.policy = {{u"tenantId"_s, u"policy.example"_s}, {u"cloud"_s, u"china"_s}};
        const auto settings = fixture.make();
        QVERIFY(settings
                    ->savePerson({.clientId = SettingsFixture::guid(),
                                  .tenant = u"person.example"_s,
                                  .cloud = u"usGov"_s})
                    .ok());
        const QSettings person(fixture.personFile(), QSettings::IniFormat);
        QVERIFY(!person.contains(u"tenantId"_s));
        QCOMPARE(person.value(u"clientId"_s).toString(), SettingsFixture::guid());
        QVERIFY(!person.contains(u"cloud"_s));
    }

    void saysWhenTheFileCannotBeWritten()
    {
        QTemporaryDir folder;
        // A folder in the file's place: also root cannot write it.
        QVERIFY(QDir(folder.path()).mkdir(u"person.conf"_s));
        Settings settings(
            std::make_unique<QSettings>(folder.filePath(u"policy.conf"_s), QSettings::IniFormat),
            {},
            std::make_unique<QSettings>(folder.filePath(u"person.conf"_s), QSettings::IniFormat));
        const auto saved = settings.savePerson(
            {.clientId = SettingsFixture::guid(), .tenant = u"contoso.example"_s});
        QVERIFY(!saved.ok());
        QCOMPARE(saved.error().kind, Error::Kind::StorageFault);
    }

    void rememberedAnswersAreKeptByProgramAndApartForTheSandbox()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        const QString program = u"/opt/a b/claude"_s;
        QVERIFY(!settings->approvalFor(program, false));
        settings->setApproval(program, mcp::AccessDecision::Allowed, false);
        settings->setApproval(u"/other"_s, mcp::AccessDecision::Denied, false);
        QCOMPARE(settings->approvalFor(program, false), mcp::AccessDecision::Allowed);
        QCOMPARE(settings->approvalFor(u"/other"_s, false), mcp::AccessDecision::Denied);
        QVERIFY(!settings->approvalFor(program, true));
        QVERIFY(!settings->approvalFor({}, false));
        QCOMPARE(settings->approvals(false).size(), 2);
        QVERIFY(settings->approvals(true).isEmpty());
        // A new process reads the same.
        QCOMPARE(fixture.make()->approvalFor(program, false), mcp::AccessDecision::Allowed);
        settings->forgetApproval(program, false);
        QVERIFY(!settings->approvalFor(program, false));
        QCOMPARE(settings->approvals(false).size(), 1);
    }

    void areasAndAccountsAreKeptByProgram()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        const QString program = u"/opt/claude"_s;
        const auto yes = mcp::AccessDecision::Allowed;
        const auto no = mcp::AccessDecision::Denied;
        settings->setAreaApproval(program, mcp::Area::Mail, no, false);
        QVERIFY(!settings->approvalFor(program, false)); // not asked about it as a whole
        settings->setApproval(program, yes, false);
        settings->setAreaApproval(program, mcp::Area::Calendar, yes, false);
        settings->setAccountFor(program, u"tid.oid"_s, false);
        settings->setDefaultAccount(u"tid.other"_s, false);

        const auto again = fixture.make();
        QCOMPARE(again->areaApprovalFor(program, mcp::Area::Mail, false), no);
        QCOMPARE(again->areaApprovalFor(program, mcp::Area::Calendar, false), yes);
        QVERIFY(!again->areaApprovalFor(program, mcp::Area::Files, false));
        QVERIFY(!again->areaApprovalFor(u"/opt/codex"_s, mcp::Area::Mail, false));
        QVERIFY(!again->areaApprovalFor(program, mcp::Area::Mail, true));
        QCOMPARE(again->accountFor(program, false), u"tid.oid"_s);
        QVERIFY(again->accountFor(program, true).isEmpty());
        QCOMPARE(again->defaultAccount(false), u"tid.other"_s);
        QVERIFY(again->defaultAccount(true).isEmpty());
        const auto listed = again->approvals(false);
        QCOMPARE(listed.size(), 1);
        QCOMPARE(listed.first().areas.size(), 2);
        QCOMPARE(listed.first().account, u"tid.oid"_s);

        again->forgetAreaApproval(program, mcp::Area::Mail, false);
        QVERIFY(!again->areaApprovalFor(program, mcp::Area::Mail, false));
        again->setAccountFor(program, {}, false);
        QVERIFY(again->accountFor(program, false).isEmpty());
        // Forgetting the answer about it forgets all that hung on it.
        again->forgetApproval(program, false);
        QVERIFY(!again->areaApprovalFor(program, mcp::Area::Calendar, false));
        QVERIFY(again->approvals(false).isEmpty());
    }

    // An answer that was moved to another program in the file is nobody's.
    void anAnswerIsOfTheProgramThatIsBesideIt()
    {
        SettingsFixture fixture;
        const QString program = u"/opt/claude"_s;
        fixture.make()->setApproval(program, mcp::AccessDecision::Allowed, false);
        QSettings file(fixture.personFile(), QSettings::IniFormat);
        file.beginGroup(u"approvals"_s);
        file.setValue(file.childGroups().value(0) + u"/program"_s, u"/opt/codex"_s);
        file.sync();
        const auto settings = fixture.make();
        QVERIFY(!settings->approvalFor(program, false));
        QVERIFY(!settings->approvalFor(u"/opt/codex"_s, false));
    }

    void anAnswerIsFoundAmongManyPrograms()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        settings->setApproval(u"/usr/bin/claude"_s, mcp::AccessDecision::Allowed, false);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(!settings->approvalFor(u"/usr/bin/%1"_s.arg(i), false));
        QCOMPARE(settings->approvalFor(u"/usr/bin/claude"_s, false), mcp::AccessDecision::Allowed);
        settings->setApproval(u"/usr/bin/claude"_s, mcp::AccessDecision::Denied, false);
        QCOMPARE(settings->approvalFor(u"/usr/bin/claude"_s, false), mcp::AccessDecision::Denied);
        QVERIFY(!settings->approvalFor(u"/usr/bin/claude"_s, true));
    }

    void anUnknownProgramIsNeverRemembered()
    {
        SettingsFixture fixture;
        const auto settings = fixture.make();
        settings->setAreaApproval({}, mcp::Area::Mail, mcp::AccessDecision::Allowed, false);
        QVERIFY(!settings->areaApprovalFor({}, mcp::Area::Mail, false));
        settings->setAccountFor({}, u"tid.oid"_s, false);
        QVERIFY(settings->accountFor({}, false).isEmpty());
        settings->setApproval({}, mcp::AccessDecision::Allowed, false);
        QVERIFY(!settings->approvalFor({}, false));
        QVERIFY(settings->approvals(false).isEmpty());
    }

    void profilesHaveTheirOwnPlaces()
    {
        QCOMPARE(settings_places::applicationFor(u"default"_s), u"graph-valet"_s);
        QCOMPARE(settings_places::applicationFor(u"work"_s), u"graph-valet-work"_s);
    }

#ifdef Q_OS_LINUX
    void noVariableMovesTheFiles()
    {
        for (const char *name : {"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"})
            qputenv(name, "/tmp/evil");
        QCOMPARE(settings_places::openPolicy()->fileName(),
                 u"/etc/xdg/GraphValet/graph-valet.conf"_s);
        QCOMPARE(settings_places::openPolicy()->group(), u"Policy"_s);
        QCOMPARE(settings_places::openPerson(u"work"_s)->fileName(),
                 QDir::homePath() + u"/.config/GraphValet/graph-valet-work.conf"_s);
        for (const char *name : {"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"})
            qunsetenv(name);
    }
#endif
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
