// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The device code flow against a scripted authority: what is sent, what every answer leads to, and
// how long it is waited. A request that nobody expected fails the test.

#include "auth/claims_request.h"
#include "auth/device_code_sign_in.h"
#include "tests/auth/log_capture.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace test_support;
using namespace std::chrono_literals;
using auth::DeviceCodeSignIn;
using auth::EntraConfig;
using auth::SignedIn;

namespace {

const QString clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s;
const QString tid = u"5c7a1f0e-3c1b-4a57-9d0e-2f6b8a1c4d90"_s;
const QString oid = u"87d349ed-44d7-43e1-9a83-5f2406dee5bd"_s;
const QString codePath = u"/organizations/oauth2/v2.0/devicecode"_s;
const QString tokenPath = u"/organizations/oauth2/v2.0/token"_s;
const QString deviceCode = u"F-device+code/that=nobody&may.see"_s;
const QString userCode = u"BCDF-GHJKL"_s;

QByteArray base64Url(const QJsonObject &object)
{
    return QJsonDocument(object)
        .toJson(QJsonDocument::Compact)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

struct World
{
    explicit World(std::chrono::milliseconds second = 2ms,
                   std::chrono::milliseconds limit = std::chrono::minutes(1))
    {
        config = *EntraConfig::fromValues({.clientId = clientId,
                                           .tenant = u"organizations"_s,
                                           .authority = server.url().toString(),
                                           .graphUrl = server.url().toString()});
        attempt = std::make_unique<DeviceCodeSignIn>(
            config, DeviceCodeSignIn::Wishes{.limit = limit, .second = second});
    }

    QJsonObject code() const
    {
        return {{u"device_code"_s, deviceCode},
                {u"user_code"_s, userCode},
                {u"verification_uri"_s, server.url(u"/devicelogin"_s).toString()},
                {u"expires_in"_s, 900},
                {u"interval"_s, 1},
                {u"message"_s, u"Open the page and enter the code."_s}};
    }
    QJsonObject tokens() const
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const QJsonObject claims{{u"aud"_s, clientId},
                                 {u"iss"_s, server.url().toString() + u'/' + tid + u"/v2.0"_s},
                                 {u"iat"_s, now},
                                 {u"exp"_s, now + 3600},
                                 {u"tid"_s, tid},
                                 {u"oid"_s, oid},
                                 {u"preferred_username"_s, u"adele@contoso.com"_s},
                                 {u"name"_s, u"Adele Vance"_s},
                                 {u"ver"_s, u"2.0"_s}};
        const QByteArray idToken =
            base64Url({{u"alg"_s, u"RS256"_s}}) + '.' + base64Url(claims) + ".c2ln";
        return {{u"token_type"_s, u"Bearer"_s},
                {u"access_token"_s, u"the-access-token"_s},
                {u"refresh_token"_s, u"the-refresh-token"_s},
                {u"id_token"_s, QString::fromLatin1(idToken)},
                {u"expires_in"_s, 3600},
                {u"scope"_s, u"User.Read openid profile"_s}};
    }

    void expectCode() { server.expect("POST", codePath, answer::json(200, code())); }
    void expectPoll(const Answer &scripted, int times = 1)
    {
        server.expect("POST", tokenPath, scripted, times);
    }
    // "" where it worked, else the kind's name.
    QString ended()
    {
        const auto future = attempt->start();
        const QDeadlineTimer limit(20000);
        while (!future.isFinished() && !limit.hasExpired())
            QTest::qWait(1);
        if (!future.isFinished())
            return u"still waiting"_s;
        result = future.result();
        return result->ok() ? QString() : QString(kindName(result->error().kind));
    }
    qsizetype polls() const { return server.requestsTo(tokenPath).size(); }

    ScriptedServer server;
    EntraConfig config;
    std::unique_ptr<DeviceCodeSignIn> attempt;
    std::optional<Result<SignedIn>> result;
};

Answer refusal(const QString &word, int number = 0, int status = 400)
{
    QJsonObject object{{u"error"_s, word}, {u"error_description"_s, u"whatever is said here"_s}};
    if (number != 0)
        object.insert(u"error_codes"_s, QJsonArray{number});
    return answer::json(status, object);
}

Answer pending()
{
    return refusal(u"authorization_pending"_s, 70016);
}

} // namespace

class TestDeviceCodeSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksShowsAndPolls()
    {
        World world;
        world.expectCode();
        world.expectPoll(pending(), 2);
        world.expectPoll(answer::json(200, world.tokens()));
        QSignalSpy page(world.attempt.get(), &auth::SignInAttempt::pageReady);
        QString shown;
        connect(world.attempt.get(), &auth::SignInAttempt::pageReady, this,
                [&] { shown = world.attempt->userCode(); });
        QCOMPARE(world.ended(), QString());
        const SignedIn &outcome = **world.result;
        QCOMPARE(outcome.account.principal(), tid + u'.' + oid);
        QCOMPARE(outcome.account.name, u"Adele Vance"_s);
        QVERIFY(outcome.tokens.refreshToken == Secret("the-refresh-token"));
        QCOMPARE(page.size(), 1);
        QCOMPARE(page.first().at(0).toUrl(), world.server.url(u"/devicelogin"_s));
        QCOMPARE(page.first().at(1).toBool(), false); // nobody opened it
        QCOMPARE(shown, userCode);
        QVERIFY(world.attempt->pageUrl().isEmpty());
        QVERIFY(world.attempt->userCode().isEmpty());

        const auto asked = world.server.requestsTo(codePath).first().form();
        QCOMPARE(asked.size(), 3);
        QCOMPARE(fieldValue(asked, u"claims"_s).toUtf8(), auth::claimsRequest({}));
        QCOMPARE(fieldValue(asked, u"client_id"_s), clientId);
        QCOMPARE(fieldValue(asked, u"scope"_s), u"openid profile offline_access User.Read"_s);
        QCOMPARE(world.polls(), 3);
        for (const HttpRequest &request : world.server.requestsTo(tokenPath)) {
            const auto form = request.form();
            QCOMPARE(form.size(), 4); // no client_secret, no redirect_uri
            QCOMPARE(fieldValue(form, u"claims"_s).toUtf8(), auth::claimsRequest({}));
            QCOMPARE(fieldValue(form, u"client_id"_s), clientId);
            QCOMPARE(fieldValue(form, u"grant_type"_s),
                     u"urn:ietf:params:oauth:grant-type:device_code"_s);
            QCOMPARE(fieldValue(form, u"device_code"_s), deviceCode);
            QVERIFY(request.header("Cookie").isNull());
        }
    }

    void claimsOfAChallengeTravelWithBothRequests()
    {
        World world;
        const QByteArray claims = R"({"access_token":{"acrs":{"value":"c&1"}}})";
        world.attempt = std::make_unique<DeviceCodeSignIn>(
            world.config, DeviceCodeSignIn::Wishes{.claims = claims, .second = 2ms});
        world.expectCode();
        world.expectPoll(answer::json(200, world.tokens()));
        QCOMPARE(world.ended(), QString());
        for (const HttpRequest &request : world.server.requests())
            QCOMPARE(fieldValue(request.form(), u"claims"_s).toUtf8(), auth::claimsRequest(claims));
        QVERIFY(auth::claimsRequest(claims).contains("c&1"));
    }

    void pollAnswers_data()
    {
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<QString>("kind"); // of the end
        const auto goesOn = [](const char *name, const Answer &scripted) {
            QTest::newRow(name) << scripted << true << QString();
        };
        const auto ends = [](const char *name, const Answer &scripted, const char *kind) {
            QTest::newRow(name) << scripted << false << QString::fromLatin1(kind);
        };
        const auto page = [](int status) {
            return answer::with(HttpResponse::text(status, "text/html", "<html>"));
        };
        goesOn("pending", pending());
        goesOn("pending without a number", refusal(u"authorization_pending"_s));
        goesOn("slow down", refusal(u"slow_down"_s));
        goesOn("500 without JSON", page(500));
        goesOn("502 of a proxy", page(502));
        goesOn("503", refusal(u"temporarily_unavailable"_s, 90033, 503));
        goesOn("a transient fault with 400", refusal(u"temporarily_unavailable"_s, 90033));
        goesOn("server error with 400", refusal(u"server_error"_s));
        goesOn("429", refusal(u"temporarily_unavailable"_s, 90055, 429));
        goesOn("closed without an answer", answer::close());
        goesOn("reset", answer::reset());
        goesOn("cut off",
               answer::truncated(
                   HttpResponse::json(400, {{u"error"_s, u"authorization_pending"_s}}), 10));
        goesOn("tokens cut off",
               answer::truncated(HttpResponse::json(200, {{u"token_type"_s, u"Bearer"_s}}), 10));
        ends("expired", refusal(u"expired_token"_s, 70020), "NoAnswer");
        ends("declined", refusal(u"authorization_declined"_s, 65004), "Cancelled");
        ends("declined without a number", refusal(u"authorization_declined"_s), "Cancelled");
        ends("denied", refusal(u"access_denied"_s), "Denied");
        ends("blocked by a policy", refusal(u"access_denied"_s, 53003), "Denied");
        ends("unknown code", refusal(u"bad_verification_code"_s, 70000), "ServiceFault");
        ends("used code", refusal(u"invalid_grant"_s, 54005), "ServiceFault");
        ends("invalid grant", refusal(u"invalid_grant"_s), "ServiceFault");
        ends("no public client", refusal(u"invalid_client"_s, 7000218, 401), "Misconfigured");
        ends("no such grant here", refusal(u"unsupported_grant_type"_s, 70003), "Misconfigured");
        ends("no consent", refusal(u"invalid_grant"_s, 65001), "ConsentNeeded");
        ends("a word nobody knows", refusal(u"what_is_this"_s), "ServiceFault");
        ends("a page, 200", page(200), "ServiceFault");
        ends("a page, 404", page(404), "ServiceFault");
        ends("a redirect", answer::with(HttpResponse::redirect(302, QUrl(u"/elsewhere"_s))),
             "ServiceFault");
    }
    void pollAnswers()
    {
        QFETCH(Answer, scripted);
        QFETCH(bool, goesOn);
        World world;
        world.expectCode();
        world.expectPoll(scripted);
        if (goesOn)
            world.expectPoll(answer::json(200, world.tokens()));
        QTEST(world.ended(), "kind");
        if (goesOn)
            return;
        QVERIFY(!world.result->error().detail.isEmpty());
        QTest::qWait(30); // 15 intervals: a poll after the end would come now
        QCOMPARE(world.polls(), 1);
    }

    void tokensThatAreNoUse_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("no id_token") << u"id_token"_s << QJsonValue(QJsonValue::Null);
        QTest::newRow("an id_token that is none") << u"id_token"_s << QJsonValue(u"a.b.c"_s);
        QTest::newRow("no refresh token") << u"refresh_token"_s << QJsonValue(QJsonValue::Null);
        QTest::newRow("another type of token") << u"token_type"_s << QJsonValue(u"pop"_s);
    }
    void tokensThatAreNoUse()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        World world;
        QJsonObject tokens = world.tokens();
        tokens[field] = value;
        world.expectCode();
        world.expectPoll(answer::json(200, tokens)); // once
        QCOMPARE(world.ended(), u"ServiceFault"_s);
    }

    void anIdTokenOfAnotherAuthorityIsRefused()
    {
        World world;
        world.expectCode();
        world.expectPoll(answer::json(200, World().tokens()));
        QCOMPARE(world.ended(), u"ServiceFault"_s);
        QVERIFY(world.result->error().detail.contains(u"iss"_s));
    }

    void codeAnswers_data()
    {
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<QString>("kind");
        const World world;
        const auto row = [](const char *name, const Answer &scripted, const char *kind) {
            QTest::newRow(name) << scripted << QString::fromLatin1(kind);
        };
        const auto with = [&world](const QString &field, const QJsonValue &value) {
            QJsonObject object = world.code();
            object[field] = value;
            return answer::json(200, object);
        };
        row("no public client", refusal(u"invalid_client"_s, 7000218, 401), "Misconfigured");
        row("no such app", refusal(u"unauthorized_client"_s, 700016), "Misconfigured");
        row("500", answer::with(HttpResponse::text(500, "text/html", "<html>")), "ServiceFault");
        row("429", refusal(u"temporarily_unavailable"_s, 90055, 429), "Throttled");
        row("a page", answer::with(HttpResponse::text(200, "text/html", "<html>")), "ServiceFault");
        row("closed", answer::close(), "Offline");
        row("tokens instead", answer::json(200, world.tokens()), "ServiceFault");
        row("no device code", with(u"device_code"_s, QJsonValue::Null), "ServiceFault");
        row("an empty device code", with(u"device_code"_s, u""_s), "ServiceFault");
        row("no user code", with(u"user_code"_s, QJsonValue::Null), "ServiceFault");
        row("an empty user code", with(u"user_code"_s, u""_s), "ServiceFault");
        row("a user code that moves the cursor", with(u"user_code"_s, u"A\u001b[2J"_s),
            "ServiceFault");
        row("a user code that is a sentence", with(u"user_code"_s, u"enter ABC"_s), "ServiceFault");
        row("a user code without end", with(u"user_code"_s, QString(33, u'A')), "ServiceFault");
        row("no page", with(u"verification_uri"_s, QJsonValue::Null), "ServiceFault");
        row("plain http elsewhere", with(u"verification_uri"_s, u"http://login.example/x"_s),
            "ServiceFault");
        row("script", with(u"verification_uri"_s, u"javascript:alert(1)"_s), "ServiceFault");
        row("no lifetime", with(u"expires_in"_s, QJsonValue::Null), "ServiceFault");
        row("expired at birth", with(u"expires_in"_s, 0), "ServiceFault");
        row("interval is a text", with(u"interval"_s, u"soon"_s), "ServiceFault");
    }
    void codeAnswers()
    {
        QFETCH(Answer, scripted);
        World world;
        world.server.expect("POST", codePath, scripted); // once
        QSignalSpy page(world.attempt.get(), &auth::SignInAttempt::pageReady);
        QTEST(world.ended(), "kind");
        QCOMPARE(page.size(), 0);
        QCOMPARE(world.polls(), 0);
    }

    void pagesThatMayBeShown_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<bool>("atMicrosoft");
        QTest::addColumn<bool>("onLoopback");
        const auto row = [](const char *page, bool atMicrosoft, bool onLoopback) {
            QTest::newRow(page) << QString::fromLatin1(page) << atMicrosoft << onLoopback;
        };
        row("https://microsoft.com/devicelogin", true, true);
        row("https://login.microsoft.com/device", true, true);
        row("http://microsoft.com/devicelogin", false, false);
        row("http://127.0.0.1:8080/devicelogin", false, true);
        row("http://localhost:8080/devicelogin", false, true);
        row("http://127.0.0.1.evil.example/", false, false);
        row("https://microsoft.com@evil.example/", false, false);
        row("javascript:alert(1)", false, false);
        row("file:///etc/passwd", false, false);
        row("https:///devicelogin", false, false);
        row("/devicelogin", false, false);
        row("", false, false);
    }
    void pagesThatMayBeShown()
    {
        QFETCH(QString, page);
        const World loopback;
        const auto microsoft =
            EntraConfig::fromValues({.clientId = clientId, .tenant = u"organizations"_s});
        QTEST(DeviceCodeSignIn::mayShow(QUrl(page, QUrl::StrictMode), *microsoft), "atMicrosoft");
        QTEST(DeviceCodeSignIn::mayShow(QUrl(page, QUrl::StrictMode), loopback.config),
              "onLoopback");
    }

    // Only lower bounds: a machine that is busy may be late, a client that polls early may not be.
    void pauses()
    {
        World world(20ms);
        QList<qint64> times;
        QElapsedTimer clock;
        clock.start();
        connect(&world.server, &ScriptedServer::requestHandled, this,
                [&] { times.append(clock.elapsed()); });
        world.expectCode(); // interval 1
        world.expectPoll(pending());
        world.expectPoll(refusal(u"slow_down"_s)); // interval 6 from now on
        world.expectPoll(pending());
        world.expectPoll(answer::close()); // the next pause is doubled,
        world.expectPoll(answer::close()); // and doubled again
        world.expectPoll(refusal(u"temporarily_unavailable"_s, 90055, 429));
        world.expectPoll(answer::json(200, world.tokens()));
        QCOMPARE(world.ended(), QString());
        QCOMPARE(times.size(), 8);
        const QList<qint64> least{1, 1, 6, 6, 12, 24, 48};
        for (qsizetype i = 0; i < least.size(); ++i) {
            const qint64 pause = times.at(i + 1) - times.at(i);
            QVERIFY2(pause >= least.at(i) * 20 - 1,
                     qPrintable(u"pause %1: %2 ms"_s.arg(i).arg(pause)));
        }
    }

    void retryAfterIsHeeded()
    {
        World world(20ms);
        world.expectCode();
        QElapsedTimer clock;
        const Answer refused = answer::json(503, {{u"error"_s, u"temporarily_unavailable"_s}},
                                            {{"Retry-After", "15"}});
        world.expectPoll([&clock, refused](const HttpRequest &request, const HttpReply &reply) {
            clock.start();
            refused(request, reply);
        });
        world.expectPoll(answer::json(200, world.tokens()));
        QCOMPARE(world.ended(), QString());
        QVERIFY2(clock.elapsed() >= 15 * 20 - 1, qPrintable(QString::number(clock.elapsed())));
    }

    void itsTimeEnds_data()
    {
        QTest::addColumn<int>("lifetime"); // in units of 2 ms
        QTest::addColumn<int>("limit"); // in ms
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<QString>("kind");
        QTest::newRow("of the code") << 20 << 60000 << pending() << u"NoAnswer"_s;
        QTest::newRow("of the attempt") << 900000 << 200 << pending() << u"NoAnswer"_s;
        // Whoever entered the code while the service was away is not told to be too late.
        QTest::newRow("while the service is away")
            << 1000 << 60000 << answer::close() << u"Offline"_s;
    }
    void itsTimeEnds()
    {
        QFETCH(int, lifetime);
        QFETCH(int, limit);
        QFETCH(Answer, scripted);
        World world(2ms, std::chrono::milliseconds(limit));
        QJsonObject code = world.code();
        code[u"expires_in"_s] = lifetime;
        world.server.expect("POST", codePath, answer::json(200, code));
        world.expectPoll(scripted, ScriptedServer::always);
        QTEST(world.ended(), "kind");
        QTest::qWait(30); // for one that was on its way
        const auto polls = world.polls();
        QTest::qWait(30);
        QCOMPARE(world.polls(), polls);
    }

    void aSilentServiceHasTheSameLimit()
    {
        World world(2ms, 50ms);
        world.server.expect("POST", codePath, answer::never());
        QCOMPARE(world.ended(), u"NoAnswer"_s);
    }

    void cancelled_data()
    {
        QTest::addColumn<bool>("isCodeThere");
        QTest::newRow("before the code is there") << false;
        QTest::newRow("between two polls") << true;
    }
    void cancelled()
    {
        QFETCH(bool, isCodeThere);
        World world(1h, 2h);
        world.server.expect("POST", codePath,
                            isCodeThere ? answer::json(200, world.code()) : answer::never());
        const auto future = world.attempt->start();
        QTRY_COMPARE(world.server.requests().size(), 1);
        if (isCodeThere)
            QTRY_VERIFY(!world.attempt->pageUrl().isEmpty());
        world.attempt->cancel();
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, Error::Kind::Cancelled);
        QVERIFY(world.attempt->pageUrl().isEmpty());
        QVERIFY(world.attempt->userCode().isEmpty());
    }

    void goneInTheMiddleOfAPoll()
    {
        World world;
        world.expectCode();
        world.expectPoll(answer::never());
        const auto future = world.attempt->start();
        QTRY_COMPARE(world.polls(), 1);
        world.attempt.reset();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 0); // dropped, which whenDone() delivers as Cancelled
    }

    void noCodeOrTokenIsLogged()
    {
        World world;
        const LogCapture log;
        world.expectCode();
        world.expectPoll(pending());
        world.expectPoll(answer::reset());
        world.expectPoll(answer::json(200, world.tokens()));
        QCOMPARE(world.ended(), QString());
        World refused;
        refused.expectCode();
        refused.expectPoll(refusal(u"expired_token"_s, 70020));
        QCOMPARE(refused.ended(), u"NoAnswer"_s);
        QVERIFY2(log.contains("device code") && log.contains("AADSTS70020"),
                 log.text().constData());
        // What is normal while the person types is not logged as a failure.
        QVERIFY2(!log.contains("authorization_pending"), log.text().constData());
        for (const QString &secret :
             {deviceCode, userCode, u"the-access-token"_s, u"the-refresh-token"_s}) {
            QVERIFY2(!log.contains(secret.toUtf8()), qPrintable(secret));
            QVERIFY2(!log.contains(QUrl::toPercentEncoding(secret)), qPrintable(secret));
        }
    }
};

QTEST_GUILESS_MAIN(TestDeviceCodeSignIn)
#include "tst_device_code_sign_in.moc"
