// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is said of this computer, for made-up surroundings.

#include "app/doctor/local_checks.h"
#include "tests/app/fake_valet.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using doctor::Check;
using doctor::Outcome;
using doctor::Surroundings;
using State = auth::AccountSession::State;

namespace {

const QString own = QString::fromLatin1(GRAPH_VALET_VERSION);

auth::EntraConfig config()
{
    return auth::EntraConfig::fromValues({.clientId = u"11111111-2222-4333-8444-555555555555"_s,
                                          .tenant = u"contoso.onmicrosoft.com"_s})
        .value();
}

Surroundings healthy()
{
    return {.trayProgram = u"/opt/graph-valet-tray"_s,
            .relayProgram = u"/opt/graph-valet"_s,
            .config = config(),
            .status = {.state = State::SignedIn, .account = FakeValet::adele()},
            .display = DisplayKind::Visible,
            .hasTray = true};
}

QString fact(const Check &check, const QString &name)
{
    for (const doctor::Fact &one : check.facts) {
        if (one.name == name)
            return one.value;
    }
    return {};
}

Error storageFault(const char *code, Cause cause)
{
    return {.kind = Error::Kind::StorageFault,
            .serviceCode = QString::fromLatin1(code),
            .cause = cause};
}

} // namespace

class TestLocalChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programs()
    {
        Check check = doctor::local::program(healthy(), own);
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.advice.isEmpty());
        QCOMPARE(fact(check, u"version"_s), own);

        check = doctor::local::program(healthy(), u"9.9.9"_s);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY(check.finding.contains(u"9.9.9"_s) && check.finding.contains(own));
        QVERIFY(check.advice.contains(u"start it again"_s));

        check = doctor::local::program(healthy(), Error{.kind = Error::Kind::NotFound});
        QCOMPARE(check.outcome, Outcome::Failed);
        Surroundings around = healthy();
        around.relayProgram.clear();
        check = doctor::local::program(around, own);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.finding.contains(u"not found"_s));
        around.relayInPath = u"/usr/bin/graph-valet"_s;
        check = doctor::local::program(around, own);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY(check.finding.contains(u"/usr/bin/graph-valet"_s));
    }

    void settings()
    {
        Surroundings around = healthy();
        around.environment.insert(u"GRAPH_VALET_TENANT_ID"_s, u"hidden-value"_s);
        around.environment.insert(u"HTTPS_PROXY"_s, u"http://u:secret@proxy"_s);
        around.environment.insert(u"HOME"_s, u"/home/x"_s);
        Check check = doctor::local::settings(around);
        QCOMPARE(check.outcome, Outcome::Ok);
        QCOMPARE(fact(check, u"environment variables"_s), u"GRAPH_VALET_TENANT_ID, HTTPS_PROXY"_s);
        QCOMPARE(fact(check, u"tenant"_s), u"contoso.onmicrosoft.com"_s);
        for (const doctor::Fact &one : std::as_const(check.facts))
            QVERIFY(!one.value.contains(u"hidden-value"_s) && !one.value.contains(u"secret"_s));

        around.settings.managed = {u"clientId"_s, u"areas"_s};
        check = doctor::local::settings(around);
        QCOMPARE(fact(check, u"set by the organisation"_s), u"clientId, areas"_s);
        QVERIFY(check.finding.contains(u"organisation"_s));

        around.config = Error{.kind = Error::Kind::NotConfigured};
        check = doctor::local::settings(around);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.advice.contains(u"Settings"_s));
        around.config = Error{.kind = Error::Kind::Misconfigured, .detail = u"cloud is odd"_s};
        check = doctor::local::settings(around);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.advice.contains(u"cloud is odd"_s));

        around = healthy();
        around.settings.isReadable = false;
        around.settings.file = u"/home/x/graph-valet.conf"_s;
        check = doctor::local::settings(around);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.advice.contains(u"/home/x/graph-valet.conf"_s));
    }

    void keychain_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<QString>("probe"); // "": not tried; "ok"; else the fault
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("word");
        const Status fine{.state = State::SignedIn};
        QTest::newRow("works") << fine << u"ok"_s << Outcome::Ok << u"gives it back"_s;
        QTest::newRow("not tried") << fine << QString() << Outcome::Ok << u"not tried"_s;
        QTest::newRow("probe refused") << fine << u"failed"_s << Outcome::Failed << u"test entry"_s;
        QTest::newRow("locked") << Status{.keychain = storageFault("locked", Cause::KeychainLocked)}
                                << QString() << Outcome::Failed << u"Unlock"_s;
        QTest::newRow("there is none")
            << Status{.keychain = storageFault("absent", Cause::KeychainAbsent)} << QString()
            << Outcome::Warning << u"GNOME Keyring"_s;
        QTest::newRow("not kept yet") << Status{.state = State::SignedIn, .isMemoryOnly = true}
                                      << u"ok"_s << Outcome::Warning << u"not in it yet"_s;
    }
    void keychain()
    {
        QFETCH(Status, status);
        QFETCH(QString, probe);
        QFETCH(QString, word);
        Surroundings around = healthy();
        around.status = status;
        std::optional<Result<Done>> tried;
        if (probe == u"ok")
            tried = Result<Done>(Done());
        else if (!probe.isEmpty())
            tried = Result<Done>(storageFault(qPrintable(probe), Cause::None));
        const Check check = doctor::local::keychain(around, tried);
        QTEST(check.outcome, "outcome");
        QVERIFY2((check.finding + check.advice).contains(word),
                 qPrintable(check.finding + check.advice));
    }

    void trayHost_data()
    {
        QTest::addColumn<DisplayKind>("display");
        QTest::addColumn<int>("tray"); // -1: not looked yet
        QTest::addColumn<QString>("desktop");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("word");
        QTest::newRow("there") << DisplayKind::Visible << 1 << u"KDE"_s << Outcome::Ok
                               << u"shows the icon"_s;
        QTest::newRow("GNOME") << DisplayKind::Visible << 0 << u"ubuntu:GNOME"_s << Outcome::Warning
                               << u"AppIndicator"_s;
        QTest::newRow("another desktop")
            << DisplayKind::Visible << 0 << u"sway"_s << Outcome::Warning << u"system tray"_s;
        QTest::newRow("not looked yet")
            << DisplayKind::Visible << -1 << QString() << Outcome::Skipped << u"moment"_s;
        QTest::newRow("no display")
            << DisplayKind::None << -1 << QString() << Outcome::Warning << u"console"_s;
    }
    void trayHost()
    {
        QFETCH(DisplayKind, display);
        QFETCH(int, tray);
        QFETCH(QString, desktop);
        QFETCH(QString, word);
        Surroundings around = healthy();
        around.display = display;
        around.hasTray = tray < 0 ? std::nullopt : std::optional(tray == 1);
        around.environment.insert(u"XDG_CURRENT_DESKTOP"_s, desktop);
        const Check check = doctor::local::trayHost(around);
        QTEST(check.outcome, "outcome");
        QVERIFY2((check.finding + check.advice).contains(word), qPrintable(check.advice));
    }

    void socket()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        Surroundings around = healthy();
        around.locations.socketDirectory = path;
        around.locations.socket = path + "/socket";
        around.locations.rendezvousFile = path + "/rendezvous";
        std::string problem;
        QVERIFY(valet_link::writeRendezvous(around.locations,
                                            {.socket = around.locations.socket,
                                             .pid = QCoreApplication::applicationPid(),
                                             .version = GRAPH_VALET_VERSION,
                                             .trayProgram = "/opt/graph-valet-tray"},
                                            problem));
        Check check = doctor::local::socket(around, Done());
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.advice.isEmpty());
        QCOMPARE(fact(check, u"folder mode"_s), u"0700"_s);

        check = doctor::local::socket(around, Error{.detail = u"nobody home"_s});
        QCOMPARE(check.outcome, Outcome::Failed);
        QCOMPARE(fact(check, u"problem"_s), u"nobody home"_s);
        around.isListening = false;
        check = doctor::local::socket(around, Done());
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.finding.contains(u"listen"_s));
        around.isListening = true;

        QVERIFY(valet_link::writeRendezvous(around.locations,
                                            {.socket = "/elsewhere",
                                             .pid = QCoreApplication::applicationPid(),
                                             .version = GRAPH_VALET_VERSION,
                                             .trayProgram = "/opt/graph-valet-tray"},
                                            problem));
        check = doctor::local::socket(around, Done());
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.finding.contains(u"do not find"_s));

        QFile::setPermissions(folder.path(),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                  | QFile::ReadOther | QFile::ExeOther);
        check = doctor::local::socket(around, Done());
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.finding.contains(u"Others"_s));
        QVERIFY(check.advice.contains(folder.path()));
    }

    void account()
    {
        Surroundings around = healthy();
        Check check = doctor::local::account(around);
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.finding.contains(u"adele@contoso.example"_s));

        around.status = {.state = State::SignedOut};
        check = doctor::local::account(around);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY(check.advice.contains(u"sign-in"_s));

        around.isLoaded = false;
        QCOMPARE(doctor::local::account(around).outcome, Outcome::Skipped);
        around.isLoaded = true;

        around.status = {
            .state = State::InteractionRequired,
            .account = FakeValet::adele(),
            .problem = Error{.kind = Error::Kind::SignInNeeded, .serviceCode = u"AADSTS50173"_s}};
        check = doctor::local::account(around);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY(check.advice.contains(u"AADSTS50173"_s));

        around.status = {.state = State::SignedIn,
                         .account = FakeValet::adele(),
                         .problem = Error{.kind = Error::Kind::Denied, .cause = Cause::RoleMissing},
                         .isSandbox = true};
        check = doctor::local::account(around);
        QCOMPARE(check.outcome, Outcome::Warning);
        QVERIFY(check.advice.contains(u"GraphValet.Reader"_s));
        QVERIFY(check.finding.contains(u"made-up people"_s));
    }

    void clients()
    {
        Surroundings around = healthy();
        Check check = doctor::local::clients(around);
        QCOMPARE(check.outcome, Outcome::Ok);
        QVERIFY(check.advice.contains(u"graph-valet stdio"_s));
        around.status.clients = {FakeValet::client(u"Evil\u202E"_s, u"/opt/claude"_s, 42),
                                 FakeValet::client({}, u"/opt/code"_s, 43)};
        check = doctor::local::clients(around);
        QVERIFY(check.finding.contains(u'2'));
        QVERIFY(check.advice.isEmpty());
        QVERIFY(fact(check, u"client 1"_s).contains(u"Evil[U+202E] (claude, process 42)"_s));
        QVERIFY(fact(check, u"client 1"_s).contains(u"2026-07-01T08:00:00Z"_s));
        QVERIFY(fact(check, u"client 2"_s).contains(u"last call none"_s));
    }

    void aReportForOthersSaysNotWhoItIs()
    {
        Surroundings around = healthy();
        around.trayProgram = QDir::homePath() + u"/bin/graph-valet-tray"_s;
        const doctor::Report report{
            .checks = {doctor::local::program(around, own), doctor::local::account(around)},
            .time = QDateTime::currentDateTimeUtc(),
            .personal = doctor::local::personalIn(around)};
        const QString full = toText(report, doctor::Names::Kept);
        QVERIFY(full.contains(u"adele@contoso.example"_s) && full.contains(u"Adele Vance"_s)
                && full.contains(around.trayProgram));
        const QString others = toText(report, doctor::Names::Shortened);
        QVERIFY2(!others.contains(u"adele"_s, Qt::CaseInsensitive), qPrintable(others));
        QVERIFY(!others.contains(u"Vance"_s));
        QVERIFY(others.contains(u"a…@contoso.example"_s));
        QVERIFY(others.contains(u"~/bin/graph-valet-tray"_s));
    }

    void theReportCountsAndIsJson()
    {
        doctor::Report report{.checks = {{.id = u"a"_s, .title = u"A"_s, .finding = u"fine"_s}},
                              .time = QDateTime(QDate(2026, 7, 1), QTime(8, 0), QTimeZone::utc())};
        QVERIFY(report.isGood());
        QCOMPARE(doctor::summary(report), u"No problem was found."_s);
        report.checks.append({.id = u"b"_s, .outcome = Outcome::Warning});
        QVERIFY(report.isGood());
        QVERIFY(doctor::summary(report).contains(u"one thing"_s));
        report.checks.append({.id = u"c"_s,
                              .title = u"C"_s,
                              .outcome = Outcome::Failed,
                              .finding = u"broken"_s,
                              .advice = u"mend it"_s,
                              .facts = {{u"k"_s, u"v"_s}}});
        QVERIFY(!report.isGood());
        const QJsonObject json = doctor::toJson(report);
        QCOMPARE(json.value("ok"_L1), QJsonValue(false));
        QCOMPARE(json.value("tray"_L1), QJsonValue(true));
        QCOMPARE(json.value("time"_L1), QJsonValue(u"2026-07-01T08:00:00Z"_s));
        const QJsonArray checks = json.value("checks"_L1).toArray();
        QCOMPARE(checks.size(), 3);
        QVERIFY(checks.at(0).toObject().value("whatToDo"_L1).isNull());
        QCOMPARE(checks.at(2).toObject(),
                 (QJsonObject{{u"id"_s, u"c"_s},
                              {u"title"_s, u"C"_s},
                              {u"outcome"_s, u"failed"_s},
                              {u"finding"_s, u"broken"_s},
                              {u"whatToDo"_s, u"mend it"_s},
                              {u"facts"_s, QJsonObject{{u"k"_s, u"v"_s}}}}));
    }
};

QTEST_GUILESS_MAIN(TestLocalChecks)
#include "tst_local_checks.moc"
