// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A whole examination against the sandbox tenant, a real socket and real programs: what it finds
// for each thing that is wrong, that every wait ends, and what it leaves behind.

#include "app/base/network/system_proxies.h"
#include "app/doctor/doctor.h"
#include "app/doctor/registration_test.h"
#include "app/doctor/service_checks.h"
#include "mcp/local/local_server.h"
#include "tests/app/fake_valet.h"
#include "tests/auth/memory_token_store.h"
#include "tests/sandbox/sandbox_tenant.h"
#include "tests/support/certificates.h"
#include "tests/support/connect_proxy.h"
#include "tests/support/scripted_server.h"
#include "tests/support/uses_proxy.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using doctor::Check;
using doctor::Outcome;
using doctor::Report;
using State = auth::AccountSession::State;
using test_support::ScriptedServer;
namespace answer = test_support::answer;

class TestDoctor : public QObject
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxTenant> tenant;
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<mcp::LocalServer> server;
    std::unique_ptr<MemoryTokenStore> store;
    std::unique_ptr<doctor::Doctor> theDoctor;
    doctor::Surroundings around;
    doctor::Doctor::Limits limits;

    auth::EntraConfig config(const QString &tenantId) const
    {
        auth::EntraConfig config;
        config.clientId = tenant->clientId();
        config.tenant = tenantId;
        config.authority = tenant->authority();
        config.graphUrl = tenant->graphUrl();
        return config;
    }

    Report examine()
    {
        theDoctor =
            std::make_unique<doctor::Doctor>([this] { return around; }, store.get(), limits);
        const auto report = theDoctor->examine();
        if (!QTest::qWaitFor([&] { return report.isFinished(); }, 20000) || !report.result().ok()) {
            QTest::qFail("no report", __FILE__, __LINE__);
            return {};
        }
        return *report.result();
    }

    static Check find(const Report &report, const QString &id)
    {
        for (const Check &check : report.checks) {
            if (check.id == id)
                return check;
        }
        return {.outcome = Outcome::Skipped, .finding = u"there is no check "_s + id};
    }

    QString relay(const QByteArray &script) const
    {
        QFile file(folder->filePath(u"graph-valet"_s));
        file.open(QFile::WriteOnly);
        file.write("#!/bin/sh\n" + script + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    static bool isBad(const Check &check) { return check.outcome == Outcome::Failed; }

private Q_SLOTS:
    void init()
    {
        tenant = std::make_unique<sandbox::SandboxTenant>();
        QVERIFY(tenant->listen());
        folder = std::make_unique<QTemporaryDir>();
        store = std::make_unique<MemoryTokenStore>();
        server = std::make_unique<mcp::LocalServer>();
        limits = {};
        const std::string path = folder->path().toStdString();
        around = {.trayProgram = QCoreApplication::applicationFilePath(),
                  .relayProgram = QStringLiteral(GRAPH_VALET_PROGRAM),
                  .config = config(tenant->tenantId()),
                  .status = {.state = State::SignedIn, .account = FakeValet::adele()},
                  .display = DisplayKind::Visible,
                  .hasTray = true};
        around.locations.stateDirectory = path;
        around.locations.socketDirectory = path;
        around.locations.socket = path + "/socket";
        around.locations.rendezvousFile = path + "/rendezvous";
        QVERIFY(server->listen(QString::fromStdString(around.locations.socket)).ok());
        std::string problem;
        QVERIFY(valet_link::writeRendezvous(around.locations,
                                            {.socket = around.locations.socket,
                                             .pid = QCoreApplication::applicationPid(),
                                             .version = GRAPH_VALET_VERSION,
                                             .trayProgram = "/opt/graph-valet-tray"},
                                            problem));
    }
    void cleanup()
    {
        theDoctor.reset();
        QCOMPARE(tenant->violations(), QStringList());
        server.reset();
        store.reset();
        folder.reset();
        tenant.reset();
    }

    void findsNothingWhereAllIsWell()
    {
        const Report report = examine();
        QStringList ids;
        for (const Check &check : report.checks) {
            ids.append(check.id);
            QVERIFY2(check.outcome == Outcome::Ok,
                     qPrintable(check.id + u": "_s + check.finding + check.advice));
            QVERIFY(!check.title.isEmpty() && !check.finding.isEmpty());
        }
        QCOMPARE(ids,
                 (QStringList{u"program"_s, u"settings"_s, u"keychain"_s, u"tray"_s, u"socket"_s,
                              u"clock"_s, u"proxy"_s, u"authority"_s, u"graph"_s, u"registration"_s,
                              u"account"_s, u"clients"_s}));
        // Nobody was signed in for it, and no token went anywhere.
        QCOMPARE(tenant->count(u"discovery"_s), 1);
        QCOMPARE(tenant->count(u"authorize"_s), 1);
        QCOMPARE(tenant->count(u"token:authorization_code"_s), 1);
        QCOMPARE(tenant->count(u"signin"_s), 0);
        QCOMPARE(tenant->count(u"me"_s), 1);
        // The entry for trying the keychain is gone.
        QCOMPARE(store->writes, 1);
        QCOMPARE(store->reads, 1);
        QCOMPARE(store->removes, 1);
        QVERIFY(store->entries.isEmpty());
    }

    void explainsTheRegistration_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("tenantId");
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("advice");
        QTest::newRow("unknown client")
            << QString() << QString() << u"00000000-0000-4000-8000-000000000000"_s
            << u"AADSTS700016"_s << u"az ad app show --id 00000000-0000-4000-8000-000000000000"_s;
        QTest::newRow("not public") << u"not-public"_s << QString() << QString()
                                    << u"AADSTS7000218"_s << u"Mobile and desktop applications"_s;
        QTest::newRow("redirect missing")
            << u"redirect-missing"_s << QString() << QString() << u"AADSTS50011"_s
            << u"--public-client-redirect-uris http://localhost"_s;
        QTest::newRow("one tenant only") << u"single-tenant"_s << u"organizations"_s << QString()
                                         << u"AADSTS50194"_s << u"Directory (tenant) ID"_s;
        QTest::newRow("unknown tenant")
            << QString() << u"nobody.example"_s << QString() << u"AADSTS90002"_s << u"cloud"_s;
    }
    void explainsTheRegistration()
    {
        QFETCH(QString, fault);
        QFETCH(QString, tenantId);
        QFETCH(QString, clientId);
        QFETCH(QString, code);
        QFETCH(QString, advice);
        auth::EntraConfig wrong = config(tenantId.isEmpty() ? tenant->tenantId() : tenantId);
        if (!clientId.isEmpty())
            wrong.clientId = clientId;
        around.config = wrong;
        if (!fault.isEmpty())
            QVERIFY(tenant->setFault(fault, sandbox::Faults::always));
        const Report report = examine();
        const Check check = find(report, u"registration"_s);
        QVERIFY2(isBad(check), qPrintable(check.finding));
        QVERIFY2(check.finding.contains(code), qPrintable(check.finding));
        QVERIFY2(check.advice.contains(advice), qPrintable(check.advice));
        QVERIFY(!report.isGood());
        // An unknown tenant is seen there, too; nothing else is.
        QCOMPARE(isBad(find(report, u"authority"_s)), code == u"AADSTS90002");
        QCOMPARE(find(report, u"clock"_s).outcome, Outcome::Ok);
    }

    void aRegistrationForManyIsRight()
    {
        around.config = config(u"organizations"_s);
        const Report report = examine();
        QCOMPARE(find(report, u"registration"_s).outcome, Outcome::Ok);
        QCOMPARE(find(report, u"authority"_s).outcome, Outcome::Ok);
    }

    void saysWhatCouldNotBeTested_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("finding");
        QTest::newRow("the token endpoint is down")
            << u"token-500"_s << Outcome::Ok << u"Whether it is taken for a desktop"_s;
        QTest::newRow("a proxy's page")
            << u"token-html"_s << Outcome::Ok << u"Whether it is taken for a desktop"_s;
        QTest::newRow("strange code")
            << u"interaction-required"_s << Outcome::Warning << u"AADSTS50076"_s;
    }
    void saysWhatCouldNotBeTested()
    {
        QFETCH(QString, fault);
        QFETCH(QString, finding);
        QVERIFY(tenant->setFault(fault));
        const Check check = find(examine(), u"registration"_s);
        QTEST(check.outcome, "outcome");
        QVERIFY2(check.finding.contains(finding), qPrintable(check.finding));
    }

    void onlyOurOwnAddressSaysThatItIsRegistered_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("isSeen");
        QTest::newRow("ours") << QByteArray("http://localhost/?error=login_required") << true;
        QTest::newRow("a Wi-Fi's page") << QByteArray("http://portal.example/login") << false;
        QTest::newRow("another one that looks like it")
            << QByteArray("https://localhost.example/?error=login_required") << false;
        QTest::newRow("none") << QByteArray() << false;
    }
    void onlyOurOwnAddressSaysThatItIsRegistered()
    {
        QFETCH(QByteArray, location);
        QFETCH(bool, isSeen);
        const auth::TokenFailure known{.error = {.kind = Error::Kind::SignInNeeded,
                                                 .serviceCode = u"AADSTS9002313"_s,
                                                 .cause = Cause::SessionEnded}};
        const Check check =
            doctor::judgeRegistration(config(tenant->tenantId()), known,
                                      doctor::WebAnswer{.status = 302, .location = location});
        QCOMPARE(check.outcome, Outcome::Ok);
        QCOMPARE(check.finding.contains(u"could not be tested"_s), !isSeen);
    }

    void findsAWrongClock()
    {
        QVERIFY(tenant->setFault(u"clock-ahead"_s, sandbox::Faults::always));
        const Check check = find(examine(), u"clock"_s);
        QVERIFY(isBad(check));
        QVERIFY2(check.finding.contains(u"60 minutes slow"_s), qPrintable(check.finding));
        QVERIFY(check.advice.contains(u"time zone"_s));
    }

    void clockIsComparedFairly_data()
    {
        QTest::addColumn<int>("ahead"); // seconds of ours
        QTest::addColumn<int>("took"); // seconds
        QTest::addColumn<bool>("isWrong");
        QTest::newRow("to the second") << 0 << 0 << false;
        QTest::newRow("five minutes") << 300 << 0 << false;
        QTest::newRow("a little more") << 301 << 0 << true;
        QTest::newRow("behind") << -301 << 0 << true;
        QTest::newRow("a slow answer proves nothing") << 305 << 10 << false;
    }
    void clockIsComparedFairly()
    {
        QFETCH(int, ahead);
        QFETCH(int, took);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const doctor::WebAnswer graph{.status = 401,
                                      .body = R"({"error":{"code":"x"}})",
                                      .date = now,
                                      .heard = now.addSecs(ahead),
                                      .took = std::chrono::seconds(took)};
        const doctor::ServiceAnswers answers{.authority = Error{.kind = Error::Kind::Offline},
                                             .graph = graph};
        QTEST(isBad(doctor::service::clock(answers)), "isWrong");
    }

    void aStrangersClockCountsNothing()
    {
        ScriptedServer stranger;
        const auto page = answer::with(
            {.status = 200,
             .headers = {{"Content-Type", "text/html"}, {"Date", "Sat, 01 Jan 2000 00:00:00 GMT"}},
             .body = "<html>Welcome to our Wi-Fi</html>"});
        stranger.expect(
            "GET", u'/' + tenant->tenantId() + u"/v2.0/.well-known/openid-configuration"_s, page);
        stranger.expect("GET", u"/v1.0/me"_s, page);
        stranger.expect("GET", u'/' + tenant->tenantId() + u"/oauth2/v2.0/authorize"_s, page);
        stranger.expect("POST", u'/' + tenant->tenantId() + u"/oauth2/v2.0/token"_s, page);
        auth::EntraConfig captured = config(tenant->tenantId());
        captured.authority = stranger.url();
        captured.graphUrl = stranger.url();
        around.config = captured;
        const Report report = examine();
        for (const QString &id : {u"authority"_s, u"graph"_s}) {
            const Check check = find(report, id);
            QVERIFY(isBad(check));
            QVERIFY2(check.finding.contains(u"Something else answers"_s),
                     qPrintable(check.finding));
            QVERIFY(check.advice.contains(u"Wi-Fi"_s));
        }
        QCOMPARE(find(report, u"clock"_s).outcome, Outcome::Skipped);
        QCOMPARE(find(report, u"registration"_s).outcome, Outcome::Skipped);
        // Nothing of a token or a person went there.
        for (const auto &request : stranger.requests()) {
            QVERIFY(request.header("Authorization").isNull());
            QVERIFY(request.header("Cookie").isNull());
            QVERIFY(!request.body.contains("adele") && !request.target.contains("adele"));
        }
    }

    void aRedirectIsNotFollowed()
    {
        ScriptedServer elsewhere; // expects nothing
        ScriptedServer stranger;
        const auto away = answer::with(test_support::HttpResponse::redirect(302, elsewhere.url()));
        auth::EntraConfig captured = config(tenant->tenantId());
        captured.graphUrl = stranger.url();
        stranger.expect("GET", u"/v1.0/me"_s, away);
        around.config = captured;
        const Check check = find(examine(), u"graph"_s);
        QVERIFY(isBad(check));
        QVERIFY(check.finding.contains(u"Something else answers"_s));
    }

    void findsTheTenantInAnotherCloud_data()
    {
        QTest::addColumn<QJsonObject>("document");
        const QString here = u"https://login.microsoftonline.com/x"_s;
        const QString there = u"https://login.microsoftonline.us/x"_s;
        QTest::newRow("other endpoints") << QJsonObject{{u"issuer"_s, there},
                                                        {u"authorization_endpoint"_s, there},
                                                        {u"token_endpoint"_s, there}};
        QTest::newRow("another Graph") << QJsonObject{{u"issuer"_s, here},
                                                      {u"authorization_endpoint"_s, here},
                                                      {u"token_endpoint"_s, here},
                                                      {u"msgraph_host"_s, u"graph.microsoft.us"_s}};
    }
    void findsTheTenantInAnotherCloud()
    {
        QFETCH(QJsonObject, document);
        const auto real = auth::EntraConfig::fromValues(
            {.clientId = tenant->clientId(), .tenant = u"contoso.us"_s});
        const doctor::ServiceAnswers answers{
            .authority = doctor::WebAnswer{.status = 200, .body = QJsonDocument(document).toJson()},
            .graph = Error{.kind = Error::Kind::Offline}};
        const Check check = doctor::service::authority(*real, answers);
        QVERIFY(isBad(check));
        QVERIFY(check.advice.contains(u"US Government"_s));
    }

    void offlineIsToldAsSuch()
    {
        tenant->goAway();
        const Report report = examine();
        for (const QString &id : {u"authority"_s, u"graph"_s}) {
            const Check check = find(report, id);
            QVERIFY(isBad(check));
            QVERIFY2(check.finding.contains(u"cannot be reached"_s), qPrintable(check.finding));
            QVERIFY(check.advice.contains(u"network connection"_s));
        }
        QCOMPARE(find(report, u"clock"_s).outcome, Outcome::Skipped);
        QCOMPARE(find(report, u"registration"_s).outcome, Outcome::Skipped);
        QCOMPARE(find(report, u"socket"_s).outcome, Outcome::Ok);
    }

    void everyWaitEnds()
    {
        limits = {.web = 200ms, .keychain = 200ms, .socket = 200ms, .program = 200ms};
        ScriptedServer silent;
        const QString id = tenant->tenantId();
        silent.expect("GET", u'/' + id + u"/v2.0/.well-known/openid-configuration"_s,
                      answer::never());
        silent.expect("GET", u"/v1.0/me"_s, answer::never());
        silent.expect("GET", u'/' + id + u"/oauth2/v2.0/authorize"_s, answer::never());
        silent.expect("POST", u'/' + id + u"/oauth2/v2.0/token"_s, answer::never());
        auth::EntraConfig mute = config(id);
        mute.authority = silent.url();
        mute.graphUrl = silent.url();
        around.config = mute;
        around.relayProgram = relay("exec sleep 30");
        store->hold();
        const Report report = examine();
        QVERIFY(isBad(find(report, u"program"_s)));
        QVERIFY(isBad(find(report, u"keychain"_s)));
        QVERIFY(isBad(find(report, u"authority"_s)));
        QVERIFY(find(report, u"graph"_s).advice.contains(u"in time"_s));
        // The keychain answers after all: its entry goes even so.
        store->release();
        QTRY_COMPARE(store->removes, 1);
        QVERIFY(store->entries.isEmpty());
    }

    void aKeychainThatMayAskIsNotTried()
    {
        store->asksByItself = true;
        const Check check = find(examine(), u"keychain"_s);
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.finding.contains(u"not tried"_s));
        QCOMPARE(store->writes, 0);
    }

    void aLockedKeychainIsToldAndLeftAlone()
    {
        around.status.keychain = MemoryTokenStore::fault(u"locked"_s, u"locked"_s);
        const Check check = find(examine(), u"keychain"_s);
        QVERIFY(isBad(check));
        QCOMPARE(store->writes + store->reads + store->unlocks, 0);
    }

    void aKeychainThatDoesNotKeepIsFound()
    {
        store->writeFaults = -1;
        store->writeFaultCode = u"unavailable"_s;
        const Check check = find(examine(), u"keychain"_s);
        QVERIFY(isBad(check));
        QVERIFY(check.finding.contains(u"test entry"_s));
        QCOMPARE(store->removes, 1);
    }

    void anotherVersionOfTheRelayIsFound()
    {
        around.relayProgram = relay("echo 'graph-valet 9.9.9'");
        Check check = find(examine(), u"program"_s);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY(check.finding.contains(u"9.9.9"_s));
        around.relayProgram = relay("echo something; exit 3");
        check = find(examine(), u"program"_s);
        QVERIFY(isBad(check));
        around.relayProgram = folder->filePath(u"nowhere"_s);
        QVERIFY(isBad(find(examine(), u"program"_s)));
    }

    void aDeadSocketIsFound()
    {
        server->close();
        const Check check = find(examine(), u"socket"_s);
        QVERIFY(isBad(check));
    }

    void withoutARegistrationNobodyIsAsked()
    {
        around.config = Error{.kind = Error::Kind::NotConfigured};
        const Report report = examine();
        QVERIFY(isBad(find(report, u"settings"_s)));
        for (const QString &id :
             {u"clock"_s, u"proxy"_s, u"authority"_s, u"graph"_s, u"registration"_s})
            QCOMPARE(find(report, id).outcome, Outcome::Skipped);
        QCOMPARE(tenant->count(u"discovery"_s), 0);
        QCOMPARE(report.checks.size(), 12);
    }

    void proxiesAreNamedWithoutTheirPasswords()
    {
        QNetworkProxy proxy(QNetworkProxy::HttpProxy, u"proxy.contoso.example"_s, 3128, u"anna"_s,
                            u"secret"_s);
        const test_support::UsesProxy uses(proxy);
        QCOMPARE(doctor::proxyFor(QUrl(u"https://graph.microsoft.com"_s)),
                 u"proxy.contoso.example:3128"_s);
        QCOMPARE(doctor::proxyFor(tenant->graphUrl()), QString()); // never for this computer
        doctor::ServiceAnswers answers{
            .authority = Error{.kind = Error::Kind::Offline},
            .graph = Error{.kind = Error::Kind::Offline},
            .authorityProxy = doctor::proxyFor(QUrl(u"https://login.microsoftonline.com"_s)),
            .graphProxy = {}};
        Check check = doctor::service::proxy(answers);
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.finding.contains(u"proxy.contoso.example:3128"_s));
        QVERIFY(!check.finding.contains(u"secret"_s) && !check.finding.contains(u"anna"_s));
        answers.authority = Error{.kind = Error::Kind::Offline,
                                  .cause = Cause::ProxyPassword,
                                  .intermediary = u"proxy.contoso.example:3128"_s};
        check = doctor::service::proxy(answers);
        QVERIFY(isBad(check));
        QVERIFY(check.advice.contains(u"password"_s));
    }

    void anInspectedConnectionNamesItsIssuer()
    {
        ScriptedServer inspected(test_support::serverTls(u"good"_s)); // gets no request
        auth::EntraConfig real = config(tenant->tenantId());
        real.graphUrl = inspected.url();
        around.config = real;
        const Check check = find(examine(), u"graph"_s);
        QVERIFY(isBad(check));
        QVERIFY2(check.advice.contains(u"Contoso Proxy CA"_s), qPrintable(check.advice));
        QVERIFY(inspected.requests().isEmpty());
    }

    void canBeStopped()
    {
        ScriptedServer silent;
        auth::EntraConfig mute = config(tenant->tenantId());
        mute.graphUrl = silent.url();
        silent.expect("GET", u"/v1.0/me"_s, answer::never(), ScriptedServer::always);
        around.config = mute;
        theDoctor =
            std::make_unique<doctor::Doctor>([this] { return around; }, store.get(), limits);
        Cancellation cancellation;
        const auto report = theDoctor->examine(&cancellation);
        QTRY_COMPARE(silent.requests().size(), 1);
        cancellation.cancel();
        QVERIFY(report.isFinished());
        QCOMPARE(report.result().error().kind, Error::Kind::Cancelled);
        QTRY_VERIFY(theDoctor->children().isEmpty());
        QVERIFY(theDoctor->examine(&cancellation).isFinished());
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
