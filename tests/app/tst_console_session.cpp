// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console_session.h"
#include "tests/app/fake_valet.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using State = auth::AccountSession::State;

namespace {

class FakeConnection : public mcp::LinkConnection
{
    Q_OBJECT
public:
    QList<QJsonObject> sent;
    valet_link::Peer other{.pid = QCoreApplication::applicationPid(), .sameUser = true};
    bool isClosing = false;

    valet_link::Role role() const override { return valet_link::Role::Console; }
    valet_link::Peer peer() const override { return other; }
    void send(const QByteArray &line) override
    {
        QVERIFY(!isClosing);
        QVERIFY(!line.contains('\n'));
        sent.append(QJsonDocument::fromJson(line).object());
    }
    void close() override { isClosing = true; }
    void say(const QByteArray &line) { Q_EMIT lineReceived(line); }
    QJsonObject result() const { return sent.value(0).value("result"_L1).toObject(); }
    QJsonObject error() const { return sent.value(0).value("error"_L1).toObject(); }
};

} // namespace

class TestConsoleSession : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeValet> valet;
    std::unique_ptr<FakeConnection> connection;

    bool saysThatThePageIsOpen() const
    {
        return connection->error().value("message"_L1).toString().contains(u"still open"_s);
    }

private Q_SLOTS:
    void init()
    {
        valet = std::make_unique<FakeValet>();
        connection = std::make_unique<FakeConnection>();
        const auto own =
            QString::fromStdString(valet_link::programOf(QCoreApplication::applicationPid()));
        new ConsoleSession(connection.get(), valet.get(), own);
    }
    void cleanup()
    {
        connection.reset();
        valet.reset();
    }

    // No console word ends or begins one.
    void tellsOfAPause()
    {
        const QDateTime end(QDate(2026, 11, 28), QTime(5, 0), QTimeZone::utc());
        valet->state = {.state = State::SignedIn, .pause = mcp::CallPause{.until = end}};
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status","params":{}})");
        QCOMPARE(connection->result().value("paused"_L1), true);
        QCOMPARE(connection->result().value("pausedUntil"_L1), u"2026-11-28T05:00:00Z"_s);
        valet->state.pause = mcp::CallPause{};
        for (const char *word : {"status", "resume", "pause"}) {
            connection->sent.clear();
            const QJsonObject request{{u"jsonrpc"_s, u"2.0"_s},
                                      {u"id"_s, 1},
                                      {u"params"_s, QJsonObject()},
                                      {u"method"_s, QLatin1StringView(word)}};
            connection->say(QJsonDocument(request).toJson(QJsonDocument::Compact));
        }
        QVERIFY(!connection->error().isEmpty());
        QCOMPARE(valet->heard, QStringList());
    }

    void tellsStatus()
    {
        valet->state = {.state = State::SignedIn,
                        .account = FakeValet::adele(),
                        .isMemoryOnly = true,
                        .clients = {FakeValet::client(u"Claude"_s, u"/opt/claude"_s, 42)}};
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status","params":{}})");
        QCOMPARE(connection->sent.size(), 1);
        const QJsonObject result = connection->result();
        QCOMPARE(result.value("state"_L1), u"signedIn"_s);
        QCOMPARE(result.value("account"_L1).toObject(),
                 (QJsonObject{{u"username"_s, u"adele@contoso.example"_s},
                              {u"name"_s, u"Adele Vance"_s},
                              {u"tenantId"_s, FakeValet::adele().tenantId}}));
        QVERIFY(result.value("error"_L1).isNull());
        QVERIFY(result.value("nextStep"_L1).isNull());
        QVERIFY(result.value("adminConsentUrl"_L1).isNull());
        QCOMPARE(result.value("keychain"_L1), u"memoryOnly"_s);
        QCOMPARE(result.value("memoryOnly"_L1), true);
        QCOMPARE(result.value("paused"_L1), false);
        QVERIFY(result.value("pausedUntil"_L1).isNull());
        QCOMPARE(result.value("tray"_L1), true);
        QCOMPARE(result.value("pid"_L1).toInteger(), QCoreApplication::applicationPid());
        QCOMPARE(result.value("version"_L1), QString::fromLatin1(GRAPH_VALET_VERSION));
        const QJsonObject client = result.value("clients"_L1).toArray().at(0).toObject();
        QCOMPARE(client.value("name"_L1), u"Claude"_s);
        QCOMPARE(client.value("program"_L1), u"/opt/claude"_s);
        QCOMPARE(client.value("pid"_L1), 42);
        QCOMPARE(client.value("since"_L1), u"2026-07-01T08:00:00Z"_s);
        QVERIFY(client.value("lastCall"_L1).isNull());
        QCOMPARE(client.value("id"_L1), QString());
    }

    void tellsWhatTheDoctorFinds()
    {
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"doctor"})");
        QCOMPARE(valet->heard, QStringList{u"examine"_s});
        QVERIFY(connection->sent.isEmpty());
        valet->examineAnswer.answer(doctor::Report{.checks = {{.id = u"clock"_s,
                                                               .title = u"Date and time"_s,
                                                               .outcome = doctor::Outcome::Failed,
                                                               .finding = u"It is wrong."_s,
                                                               .advice = u"Set it."_s}},
                                                   .time = QDateTime::currentDateTimeUtc()});
        QTRY_COMPARE(connection->sent.size(), 1);
        const QJsonObject result = connection->result();
        QCOMPARE(result.value("ok"_L1), QJsonValue(false));
        const QJsonObject check = result.value("checks"_L1).toArray().at(0).toObject();
        QCOMPARE(check.value("outcome"_L1), QJsonValue(u"failed"_s));
        QCOMPARE(check.value("whatToDo"_L1), QJsonValue(u"Set it."_s));
    }

    void theDoctorWaitsForTheKeychainAndEndsWithTheConsole()
    {
        valet->isRead = false;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"doctor"})");
        QVERIFY(valet->heard.isEmpty());
        Q_EMIT valet->loaded();
        QTRY_COMPARE(valet->heard, QStringList{u"examine"_s});
        bool isCancelled = false;
        connect(valet->examineCancellation, &Cancellation::cancelled, this,
                [&] { isCancelled = true; });
        Q_EMIT connection->closed();
        QVERIFY(isCancelled);
    }

    void tellsWhatTheKeychainIsLike_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<QString>("keychain");
        const auto row = [](const char *code, Cause cause, State state) {
            const Error error{.kind = Error::Kind::StorageFault,
                              .serviceCode = QString::fromLatin1(code),
                              .cause = cause};
            QTest::newRow(code) << Status{.state = state, .problem = error, .keychain = error}
                                << error.serviceCode;
        };
        row("locked", Cause::KeychainLocked, State::Error);
        row("absent", Cause::KeychainAbsent, State::SignedOut);
        row("unavailable", Cause::KeychainUnavailable, State::Error);
        row("lost", Cause::KeychainLost, State::Error);
        row("damaged", Cause::KeychainDamaged, State::Error);
        row("timeout", Cause::KeychainSlow, State::Error);
        row("failed", Cause::None, State::SignedIn);
        QTest::newRow("ok") << Status{.state = State::SignedOut} << u"ok"_s;
    }
    void tellsWhatTheKeychainIsLike()
    {
        QFETCH(Status, status);
        valet->state = status;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status"})");
        QTEST(connection->result().value("keychain"_L1).toString(), "keychain");
        if (status.problem)
            QVERIFY(connection->result().value("error"_L1).toString().size() > 20);
    }

    void tellsWhatEndsAProblem()
    {
        valet->state = {.state = State::InteractionRequired,
                        .account = FakeValet::adele(),
                        .problem = Error{.kind = Error::Kind::ConsentNeeded,
                                         .cause = Cause::AdminConsentMissing,
                                         .link = u"https://login.example/adminconsent"_s}};
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status","params":{}})");
        const QJsonObject result = connection->result();
        QCOMPARE(result.value("nextStep"_L1), u"askAdministrator"_s);
        QCOMPARE(result.value("adminConsentUrl"_L1), u"https://login.example/adminconsent"_s);
        QVERIFY(!result.value("error"_L1).isNull());
    }

    void everyStateHasItsWord_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("word");
        QTest::newRow("signed out") << State::SignedOut << u"signedOut"_s;
        QTest::newRow("signing in") << State::SigningIn << u"signingIn"_s;
        QTest::newRow("signed in") << State::SignedIn << u"signedIn"_s;
        QTest::newRow("needs the person") << State::InteractionRequired << u"interactionRequired"_s;
        QTest::newRow("error") << State::Error << u"error"_s;
    }
    void everyStateHasItsWord()
    {
        QFETCH(State, state);
        valet->state = {.state = state, .problem = Error{.kind = Error::Kind::NotConfigured}};
        connection->say(R"({"jsonrpc":"2.0","id":"a","method":"status"})");
        QTEST(connection->result().value("state"_L1).toString(), "word");
        QVERIFY(connection->result().value("account"_L1).isNull());
        QVERIFY(connection->result().value("error"_L1).toString().contains(u"Settings"_s));
        QCOMPARE(connection->sent.at(0).value("id"_L1), u"a"_s);
    }

    void statusWaitsForTheFirstKeychainRead()
    {
        valet->isRead = false;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status"})");
        QCoreApplication::processEvents();
        QVERIFY(connection->sent.isEmpty());
        valet->isRead = true;
        valet->state.state = State::SignedIn;
        Q_EMIT valet->loaded();
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->result().value("state"_L1), u"signedIn"_s);
    }

    void signInTellsThePageAndThenTheAccount()
    {
        connection->say(
            R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":{"timeoutSeconds":60}})");
        QCOMPARE(valet->heard, QStringList{u"signIn"_s});
        QVERIFY(connection->sent.isEmpty());
        const QUrl url(u"http://localhost:1/a?x=%3A"_s);
        valet->state = {.state = State::SigningIn, .signInUrl = url, .signInPageOpened = true};
        Q_EMIT valet->signInPageReady(url, true);
        QCOMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->sent.at(0).value("method"_L1), u"signInPage"_s);
        QCOMPARE(connection->sent.at(0).value("params"_L1).toObject(),
                 (QJsonObject{{u"url"_s, u"http://localhost:1/a?x=%3A"_s}, {u"opened"_s, true}}));
        valet->signInAnswer.answer(FakeValet::adele());
        QTRY_COMPARE(connection->sent.size(), 2);
        QCOMPARE(connection->sent.at(1).value("id"_L1), 7);
        QCOMPARE(connection->sent.at(1)
                     .value("result"_L1)
                     .toObject()
                     .value("account"_L1)
                     .toObject()
                     .value("username"_L1),
                 u"adele@contoso.example"_s);
    }

    void signInHasItsWay_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QString>("wish");
        QTest::newRow("browser") << QByteArray("{}") << u"signIn"_s;
        QTest::newRow("link") << QByteArray(R"({"noBrowser":true})") << u"signIn by link"_s;
        QTest::newRow("device code") << QByteArray(R"({"deviceCode":true})") << u"signIn by code"_s;
        QTest::newRow("both denied")
            << QByteArray(R"({"deviceCode":false,"noBrowser":false})") << u"signIn"_s;
    }
    void signInHasItsWay()
    {
        QFETCH(QByteArray, params);
        QFETCH(QString, wish);
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":)" + params + '}');
        QCOMPARE(valet->heard, QStringList{wish});
        QVERIFY(connection->sent.isEmpty());
    }

    void aDeviceCodeIsToldWithItsPage()
    {
        connection->say(
            R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":{"deviceCode":true}})");
        const QUrl url(u"https://microsoft.com/devicelogin"_s);
        valet->state = {.state = State::SigningIn, .signInUrl = url, .signInUserCode = u"ABC"_s};
        Q_EMIT valet->signInPageReady(url, false);
        Q_EMIT valet->signInPageReady(url, false); // told once
        QCOMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->sent.at(0).value("method"_L1), u"signInPage"_s);
        QCOMPARE(connection->sent.at(0).value("params"_L1).toObject(),
                 (QJsonObject{{u"url"_s, u"https://microsoft.com/devicelogin"_s},
                              {u"opened"_s, false},
                              {u"userCode"_s, u"ABC"_s}}));
        // Another code has the same page.
        valet->state.signInUserCode = u"DEF"_s;
        Q_EMIT valet->signInPageReady(url, false);
        QCOMPARE(connection->sent.size(), 2);
    }

    void aDeviceCodeThatIsNotAllowedSaysWhichSettingToChange_data()
    {
        QTest::addColumn<bool>("isManaged");
        QTest::newRow("by the person") << false;
        QTest::newRow("by the organisation") << true;
    }
    void aDeviceCodeThatIsNotAllowedSaysWhichSettingToChange()
    {
        QFETCH(bool, isManaged);
        valet->codeRule = {.isAllowed = false,
                           .isManaged = isManaged,
                           .setting = u"allowDeviceCode"_s,
                           .file = u"/home/adele/graph-valet.conf"_s};
        connection->say(
            R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":{"deviceCode":true}})");
        QVERIFY(valet->heard.isEmpty());
        QCOMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->error().value("data"_L1).toObject().value("kind"_L1), u"Denied"_s);
        const QString message = connection->error().value("message"_L1).toString();
        QVERIFY2(message.contains(u"allowDeviceCode"_s), qPrintable(message));
        QCOMPARE(message.contains(u"allowDeviceCode=1 in /home/adele/graph-valet.conf"_s),
                 !isManaged);
        // Other ways are open.
        connection->say(R"({"jsonrpc":"2.0","id":8,"method":"signIn"})");
        QCOMPARE(valet->heard, QStringList{u"signIn"_s});
    }

    void theEndOfTheConsoleEndsItsDeviceCode_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<bool>("isAnswered");
        QTest::addColumn<bool>("ends");
        QTest::newRow("a code") << QByteArray(R"({"deviceCode":true})") << false << true;
        QTest::newRow("a code that was entered")
            << QByteArray(R"({"deviceCode":true})") << true << false;
        QTest::newRow("a page") << QByteArray("{}") << false << false;
        QTest::newRow("a link") << QByteArray(R"({"noBrowser":true})") << false << false;
    }
    void theEndOfTheConsoleEndsItsDeviceCode()
    {
        QFETCH(QByteArray, params);
        QFETCH(bool, isAnswered);
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":)" + params + '}');
        if (isAnswered) {
            valet->signInAnswer.answer(FakeValet::adele());
            QTRY_COMPARE(connection->sent.size(), 1);
        }
        Q_EMIT connection->closed();
        QTEST(valet->heard.contains(u"cancelWishedSignIn"_s), "ends");
    }

    void theTimeOfADeviceCodeEndsIt()
    {
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn",)"
                        R"("params":{"timeoutSeconds":1,"deviceCode":true}})");
        valet->state = {.state = State::SigningIn, .signInUserCode = u"BCDF-GHJKL"_s};
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->error().value("data"_L1).toObject().value("kind"_L1), u"NoAnswer"_s);
        QVERIFY(!saysThatThePageIsOpen());
        QCOMPARE(valet->heard, (QStringList{u"signIn by code"_s, u"cancelWishedSignIn"_s}));
        Q_EMIT connection->closed();
        QCOMPARE(valet->heard.size(), 2);
    }

    void signInUnderWayHasItsPageAtOnce()
    {
        valet->state = {.state = State::SigningIn, .signInUrl = QUrl(u"http://localhost:1/a"_s)};
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn"})");
        QCOMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->sent.at(0).value("method"_L1), u"signInPage"_s);
    }

    void signInOpensNoPageWhereSomebodyIsSignedIn()
    {
        valet->state = {.state = State::SignedIn, .account = FakeValet::adele()};
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn"})");
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->result().value("keychain"_L1), u"ok"_s);
        QCOMPARE(connection->result().value("memoryOnly"_L1), false);
        QCOMPARE(connection->result().value("account"_L1).toObject().value("username"_L1),
                 u"adele@contoso.example"_s);
        QVERIFY(valet->heard.isEmpty());
    }

    void signInWaitsForTheFirstKeychainRead()
    {
        valet->isRead = false;
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn"})");
        QCoreApplication::processEvents();
        QVERIFY(valet->heard.isEmpty());
        valet->isRead = true;
        valet->state = {.state = State::SignedIn, .account = FakeValet::adele()};
        Q_EMIT valet->loaded();
        QTRY_COMPARE(connection->sent.size(), 1);
        QVERIFY(connection->result().contains("account"_L1));
        QVERIFY(valet->heard.isEmpty());
    }

    void signInWhoseTimeIsOverBeforeTheKeychainReadOpensNoPage()
    {
        valet->isRead = false;
        connection->say(
            R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":{"timeoutSeconds":1}})");
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->error().value("data"_L1).toObject().value("kind"_L1), u"NoAnswer"_s);
        QVERIFY(!saysThatThePageIsOpen());
        valet->isRead = true;
        Q_EMIT valet->loaded();
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(valet->heard.isEmpty());
        QCOMPARE(connection->sent.size(), 1);
    }

    void signInAfterTheFirstKeychainReadWhereItFoundNobody()
    {
        valet->isRead = false;
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn"})");
        valet->isRead = true;
        Q_EMIT valet->loaded();
        QTRY_COMPARE(valet->heard, QStringList{u"signIn"_s});
    }

    void othersHearNothingOfASignIn()
    {
        const QUrl url(u"http://localhost:1/a"_s);
        valet->state = {.state = State::SigningIn, .signInUrl = url};
        Q_EMIT valet->signInPageReady(url, true);
        QVERIFY(connection->sent.isEmpty());
    }

    void signInFailureIsASentenceAndAKind()
    {
        connection->say(R"({"jsonrpc":"2.0","id":7,"method":"signIn"})");
        valet->signInAnswer.answer(
            Error{.kind = Error::Kind::Offline, .serviceCode = u"AADSTS90033"_s});
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->error().value("code"_L1), 1);
        QVERIFY(connection->error().value("message"_L1).toString().contains(u"AADSTS90033"_s));
        QCOMPARE(connection->error().value("data"_L1).toObject().value("kind"_L1), u"Offline"_s);
    }

    void signInEndsWithItsTimeAndIsAnsweredOnce()
    {
        connection->say(
            R"({"jsonrpc":"2.0","id":7,"method":"signIn","params":{"timeoutSeconds":1}})");
        valet->state = {.state = State::SigningIn};
        QTRY_COMPARE(connection->sent.size(), 1);
        QCOMPARE(connection->error().value("data"_L1).toObject().value("kind"_L1), u"NoAnswer"_s);
        QVERIFY(saysThatThePageIsOpen());
        valet->signInAnswer.answer(FakeValet::adele());
        QCoreApplication::processEvents();
        QCOMPARE(connection->sent.size(), 1);
        QVERIFY(!valet->heard.contains(u"cancelWishedSignIn"_s));
    }

    void simpleWishes_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("wish");
        QTest::addColumn<QJsonObject>("expected");
        QTest::newRow("cancelSignIn")
            << QByteArray(R"("cancelSignIn")") << u"cancelSignIn"_s << QJsonObject();
        QTest::newRow("show") << QByteArray(R"("show")") << u"showStatus"_s
                              << QJsonObject{{u"shown"_s, true}};
    }
    void simpleWishes()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, wish);
        connection->say(R"({"jsonrpc":"2.0","id":1,"params":{},"method":)" + line + '}');
        QCOMPARE(valet->heard, QStringList{wish});
        QCOMPARE(connection->sent.size(), 1);
        QTEST(connection->result(), "expected");
    }

    void signOutIsAnsweredWhenItIsDone()
    {
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"signOut"})");
        QCoreApplication::processEvents();
        QVERIFY(connection->sent.isEmpty());
        valet->signOutAnswer.answer(Done{});
        QTRY_COMPARE(connection->sent.size(), 1);
        QVERIFY(connection->sent.at(0).contains("result"_L1));
    }

    void quitAnswersFirst()
    {
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"quit"})");
        QCOMPARE(connection->sent.size(), 1);
        QVERIFY(connection->isClosing);
        QVERIFY(valet->heard.isEmpty());
        Q_EMIT connection->closed();
        QCOMPARE(valet->heard, QStringList{u"quit"_s});
    }

    void anotherAccountSignsInAlsoWhereOneIs()
    {
        valet->state = FakeValet::bothSignedIn();
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"another":true}})");
        QCOMPARE(valet->heard, QStringList{u"signInAnother"_s});
        valet->signInAnswer.answer(FakeValet::alex());
        QTRY_VERIFY(!connection->sent.isEmpty());
        QCOMPARE(connection->result()["account"_L1]["username"_L1].toString(),
                 FakeValet::alex().username);
    }

    // Of the account that came, not of the default one.
    void whetherAnotherAccountIsKeptIsSaid_data()
    {
        QTest::addColumn<bool>("isDefaultInMemory");
        QTest::addColumn<bool>("isOtherInMemory");
        QTest::newRow("the default one is not kept") << true << false;
        QTest::newRow("the other one is not kept") << false << true;
    }
    void whetherAnotherAccountIsKeptIsSaid()
    {
        QFETCH(bool, isDefaultInMemory);
        QFETCH(bool, isOtherInMemory);
        valet->state = FakeValet::bothSignedIn();
        valet->state.isMemoryOnly = isDefaultInMemory;
        valet->state.accounts[0].isMemoryOnly = isDefaultInMemory;
        valet->state.accounts[1].isMemoryOnly = isOtherInMemory;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"another":true}})");
        valet->signInAnswer.answer(FakeValet::alex());
        QTRY_VERIFY(!connection->sent.isEmpty());
        QCOMPARE(connection->result()["memoryOnly"_L1].toBool(), isOtherInMemory);
    }

    void oneAccountSignsOut_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("by its name, in any case") << u"ALEX@contoso.example"_s;
        QTest::newRow("by its id") << FakeValet::alex().principal();
    }
    void oneAccountSignsOut()
    {
        QFETCH(QString, name);
        valet->state = FakeValet::bothSignedIn();
        connection->say(
            QJsonDocument(QJsonObject{{u"jsonrpc"_s, u"2.0"_s},
                                      {u"id"_s, 1},
                                      {u"method"_s, u"signOut"_s},
                                      {u"params"_s, QJsonObject{{u"username"_s, name}}}})
                .toJson(QJsonDocument::Compact));
        QCOMPARE(valet->heard, QStringList{u"signOut "_s + FakeValet::alex().principal()});
        valet->signOutAnswer.answer(Done{});
        QTRY_VERIFY(!connection->sent.isEmpty());
        QCOMPARE(connection->result(), QJsonObject());
    }

    void anAccountThatIsAwayOrAmbiguousSignsNobodyOut()
    {
        valet->state = FakeValet::bothSignedIn();
        const QByteArray ask =
            R"({"jsonrpc":"2.0","id":1,"method":"signOut","params":{"username":"x@y.example"}})";
        connection->say(ask);
        QVERIFY(valet->heard.isEmpty());
        QCOMPARE(connection->sent.last()["error"_L1]["message"_L1].toString(),
                 u"x@y.example is not signed in."_s);
        // The same name in two organisations.
        for (AccountStatus &one : valet->state.accounts)
            one.account.username = u"x@y.example"_s;
        connection->say(ask);
        QVERIFY(valet->heard.isEmpty());
        QVERIFY(connection->sent.last()["error"_L1]["message"_L1].toString().contains(
            FakeValet::alex().principal()));
    }

    void statusTellsOfEveryAccount()
    {
        valet->state = FakeValet::bothSignedIn();
        valet->state.accounts[1].state = State::InteractionRequired;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"status"})");
        const QJsonArray accounts = connection->result()["accounts"_L1].toArray();
        QCOMPARE(accounts.size(), 2);
        QCOMPARE(accounts[0]["default"_L1].toBool(), true);
        QCOMPARE(accounts[0]["state"_L1].toString(), u"signedIn"_s);
        QCOMPARE(accounts[1]["default"_L1].toBool(), false);
        QCOMPARE(accounts[1]["state"_L1].toString(), u"interactionRequired"_s);
        QCOMPARE(accounts[1]["id"_L1].toString(), FakeValet::alex().principal());
        QCOMPARE(accounts[1]["username"_L1].toString(), FakeValet::alex().username);
    }

    void processWithADisplayStays()
    {
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"takeOver"})");
        QCOMPARE(connection->result(), (QJsonObject{{u"yields"_s, false}}));
        QVERIFY(!connection->isClosing);
    }

    void processWithoutADisplayHandsOverToItsOwnProgram()
    {
        valet->hasDisplay = false;
        valet->memoryOnlyRecords = {{u"default.2"_s,
                                     {.profile = u"default"_s,
                                      .authority = u"http://127.0.0.1:1"_s,
                                      .clientId = u"c"_s,
                                      .tenant = u"t"_s,
                                      .account = FakeValet::adele(),
                                      .refreshToken = Secret("refresh-me")}}};
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"takeOver"})");
        QCOMPARE(valet->heard, QStringList{u"handOver to own program"_s});
        QCOMPARE(connection->result().value("yields"_L1), true);
        const QJsonValue held = connection->result().value("records"_L1)[0];
        QCOMPARE(held["key"_L1].toString(), u"default.2"_s);
        const auto record =
            auth::TokenRecord::fromJson(QJsonDocument(held["record"_L1].toObject()).toJson());
        QVERIFY(record.ok());
        QCOMPARE(record->refreshToken.reveal(), QByteArray("refresh-me"));
        QVERIFY(connection->isClosing);
        Q_EMIT connection->closed();
        QCOMPARE(valet->heard.last(), u"quit"_s);
    }

    void noOtherProgramGetsTheSession()
    {
        valet->hasDisplay = false;
        valet->memoryOnlyRecords = {
            {u"default"_s, {.account = FakeValet::adele(), .refreshToken = Secret("refresh-me")}}};
        connection->other.pid = 1;
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"takeOver"})");
        QCOMPARE(valet->heard, QStringList{u"handOver to another program"_s});
        QVERIFY(!connection->result().contains("records"_L1));
    }

    void connectsAClient()
    {
        const QString file = valet->clientHome.home() + u"/.cursor/mcp.json"_s;
        ClientHome::write(file, "{}");
        const auto ask = [this](const QByteArray &params) {
            connection->sent.clear();
            connection->say(R"({"jsonrpc":"2.0","id":1,"method":"connect","params":)" + params
                            + '}');
            return connection->result();
        };
        const auto stateOf = [&](const QString &client) {
            const QJsonArray all = ask("{}").value("clients"_L1).toArray();
            for (const QJsonValue &one : all) {
                if (one.toObject().value("client"_L1) == client)
                    return one.toObject().value("state"_L1).toString();
            }
            return QString();
        };
        QCOMPARE(stateOf(u"cursor"_s), u"notConnected"_s);
        QCOMPARE(stateOf(u"zed"_s), u"missing"_s);

        const QJsonObject dry = ask(R"({"client":"cursor","dryRun":true})");
        QCOMPARE(dry.value("changes"_L1), true);
        QCOMPARE(dry.value("done"_L1), false);
        QVERIFY(dry.value("diff"_L1).toString().contains(u"+ "_s));
        QCOMPARE(ClientHome::read(file), "{}");

        const QJsonObject done = ask(R"({"client":"cursor"})");
        QCOMPARE(done.value("done"_L1), true);
        QVERIFY(!done.value("nextStep"_L1).toString().isEmpty());
        QCOMPARE(ClientHome::read(done.value("backup"_L1).toString()), "{}");
        QVERIFY(ClientHome::read(file).contains("graph-valet"));
        QCOMPARE(stateOf(u"cursor"_s), u"connected"_s);
        QCOMPARE(ask(R"({"client":"cursor"})").value("changes"_L1), false);

        QCOMPARE(ask(R"({"client":"cursor","undo":true})").value("action"_L1), u"undo"_s);
        QCOMPARE(ClientHome::read(file), "{}");
        QCOMPARE(ask(R"({"client":"cursor","remove":true})").value("changes"_L1), false);
    }

    void saysWhyAClientIsNotConnected_data()
    {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("nobody knows it") << QByteArray(R"({"client":"x"})") << 1 << u"“x”"_s;
        QTest::newRow("it is not here")
            << QByteArray(R"({"client":"zed"})") << 1 << u"Zed was not found"_s;
        QTest::newRow("its file is broken")
            << QByteArray(R"({"client":"cursor"})") << 1 << u"line 2, column 1"_s;
        QTest::newRow("nothing to undo")
            << QByteArray(R"({"client":"cursor","undo":true})") << 1 << u"nothing to undo"_s;
        QTest::newRow("undo of everybody")
            << QByteArray(R"({"undo":true})") << -32602 << u"params.undo"_s;
        QTest::newRow("undo and remove")
            << QByteArray(R"({"client":"cursor","undo":true,"remove":true})") << -32602
            << u"params.undo"_s;
        QTest::newRow("a client that is a number")
            << QByteArray(R"({"client":1})") << -32602 << u"params.client"_s;
    }

    void saysWhyAClientIsNotConnected()
    {
        QFETCH(QByteArray, params);
        QFETCH(QString, text);
        ClientHome::write(valet->clientHome.home() + u"/.cursor/mcp.json"_s, "{\n]");
        connection->say(R"({"jsonrpc":"2.0","id":1,"method":"connect","params":)" + params + '}');
        QTEST(connection->error().value("code"_L1).toInt(), "code");
        const QString message = connection->error().value("message"_L1).toString();
        QVERIFY2(message.contains(text), qPrintable(message));
    }

    void badInput_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("hello") << -32700;
        QTest::newRow("empty") << QByteArray() << -32700;
        QTest::newRow("two objects") << QByteArray("{}{}") << -32700;
        QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\"}") << -32700;
        QTest::newRow("an array") << QByteArray("[]") << -32600;
        QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"status"})") << -32600;
        QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})") << -32600;
        QTest::newRow("method is a number")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":1})") << -32600;
        QTest::newRow("id is an object")
            << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"status"})") << -32600;
        QTest::newRow("params are an array")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"status","params":[]})") << -32600;
        QTest::newRow("unknown method")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})") << -32601;
        QTest::newRow("timeout is a text") << QByteArray(
            R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"timeoutSeconds":"1"}})")
                                           << -32602;
        QTest::newRow("timeout is negative") << QByteArray(
            R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"timeoutSeconds":-1}})")
                                             << -32602;
        QTest::newRow("device code is a text") << QByteArray(
            R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"deviceCode":"1"}})")
                                               << -32602;
        QTest::newRow("no browser is a number")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"signIn","params":{"noBrowser":1}})")
            << -32602;
        QTest::newRow("device code without a browser")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"signIn",)"
                          R"("params":{"deviceCode":true,"noBrowser":true}})")
            << -32602;
    }
    void badInput()
    {
        QFETCH(QByteArray, line);
        connection->say(line);
        QCOMPARE(connection->sent.size(), 1);
        QTEST(connection->error().value("code"_L1).toInt(), "code");
        QVERIFY(connection->sent.at(0).contains("id"_L1));
        QVERIFY(valet->heard.isEmpty());
        // The connection lives.
        connection->say(R"({"jsonrpc":"2.0","id":2,"method":"show"})");
        QCOMPARE(connection->sent.size(), 2);
    }

    void notificationsAreNotAnswered()
    {
        connection->say(R"({"jsonrpc":"2.0","method":"show"})");
        connection->say(R"({"jsonrpc":"2.0","method":"nonsense"})");
        QVERIFY(connection->sent.isEmpty());
        QCOMPARE(valet->heard, QStringList{u"showStatus"_s});
    }
};

QTEST_GUILESS_MAIN(TestConsoleSession)
#include "tst_console_session.moc"
