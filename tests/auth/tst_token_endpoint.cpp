// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The token endpoint's client against a scripted server: what is sent, what is never sent twice,
// and every kind of broken answer.

#include "auth/token_endpoint.h"

#include "auth/entra_flow.h"
#include "auth/loopback_reply_handler.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace test_support;
using auth::EntraConfig;
using auth::TokenEndpoint;
using auth::TokenFailure;
using auth::TokenNetwork;
using auth::TokenSet;

namespace {

const QString path = u"/organizations/oauth2/v2.0/token"_s;

EntraConfig configFor(const ScriptedServer &server)
{
    return *EntraConfig::fromValues({.clientId = u"9b2e4f6a-7c81-4d35-8e0f-1a2b3c4d5e6f"_s,
                                     .tenant = u"organizations"_s,
                                     .authority = server.url().toString(),
                                     .graphUrl = server.url().toString()});
}

QJsonObject tokens()
{
    return {{u"token_type"_s, u"Bearer"_s},
            {u"access_token"_s, u"new-access"_s},
            {u"refresh_token"_s, u"new-refresh"_s},
            {u"expires_in"_s, 3600},
            {u"scope"_s, u"User.Read profile"_s}};
}

auth::TokenAnswer refreshed(ScriptedServer &server, TokenNetwork::Limits limits = {})
{
    TokenEndpoint endpoint(configFor(server), limits);
    const auto future = endpoint.refresh(Secret("old+refresh/="), {u"User.Read"_s}, {});
    const QDeadlineTimer limit(20000);
    while (!future.isFinished() && !limit.hasExpired())
        QTest::qWait(1);
    if (!future.isFinished() || !future.result().ok())
        return TokenFailure{.error = {.kind = Error::Kind::Bug}};
    return *future.result();
}

} // namespace

class TestTokenEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSent()
    {
        ScriptedServer server;
        server.expect("POST", path, answer::json(200, tokens(), {{"Set-Cookie", "a=b; path=/"}}),
                      2);
        for (int i = 0; i < 2; ++i) {
            const auto result = refreshed(server);
            const auto *set = std::get_if<TokenSet>(&result);
            QVERIFY(set);
            QVERIFY(set->accessToken == Secret("new-access"));
            QVERIFY(set->refreshToken == Secret("new-refresh"));
            QCOMPARE(set->scopes, (QStringList{u"User.Read"_s, u"profile"_s}));
            QCOMPARE(set->lifetime, std::chrono::seconds(3600));
        }
        const HttpRequest request = server.requests().last();
        const auto form = request.form();
        QCOMPARE(fieldValue(form, u"grant_type"_s), u"refresh_token"_s);
        QCOMPARE(fieldValue(form, u"refresh_token"_s), u"old+refresh/="_s);
        QCOMPARE(fieldValue(form, u"scope"_s), u"openid profile offline_access User.Read"_s);
        QVERIFY(!hasField(form, u"client_secret"_s));
        QVERIFY(!hasField(form, u"redirect_uri"_s));
        QCOMPARE(fieldValue(form, u"claims"_s),
                 uR"({"access_token":{"xms_cc":{"values":["cp1"]}}})"_s);
        QVERIFY(request.header("Cookie").isNull());
        QVERIFY(request.header("Authorization").isNull());
        QVERIFY(request.header("User-Agent").startsWith("graph-valet/"));
        QCOMPARE(request.header("client-request-id").size(), 36);
    }

    void claimsTravel()
    {
        ScriptedServer server;
        server.expect("POST", path, answer::json(200, tokens()));
        TokenEndpoint endpoint(configFor(server));
        const auto future = endpoint.refresh(Secret("r"), {}, "{\"a\":\"b&c\"}");
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(fieldValue(server.requests().first().form(), u"claims"_s),
                 uR"({"a":"b&c","access_token":{"xms_cc":{"values":["cp1"]}}})"_s);
    }

    void lifetimes_data()
    {
        QTest::addColumn<QJsonValue>("expires");
        QTest::addColumn<QJsonValue>("refresh");
        QTest::addColumn<int>("lifetime");
        QTest::addColumn<int>("refreshIn");
        QTest::newRow("numbers") << QJsonValue(86400) << QJsonValue(43200) << 86400 << 43200;
        QTest::newRow("text") << QJsonValue(u"86400"_s) << QJsonValue(u"43200"_s) << 86400 << 43200;
        QTest::newRow("no refresh_in")
            << QJsonValue(3600) << QJsonValue(QJsonValue::Undefined) << 3600 << 0;
        QTest::newRow("negative") << QJsonValue(-1) << QJsonValue(-1) << 0 << 0;
        QTest::newRow("more than two days")
            << QJsonValue(9'999'999) << QJsonValue(9'999'999) << 172'800 << 172'800;
        QTest::newRow("wrong types") << QJsonValue(true) << QJsonValue(QJsonArray{}) << 0 << 0;
    }
    void lifetimes()
    {
        QFETCH(QJsonValue, expires);
        QFETCH(QJsonValue, refresh);
        QJsonObject object = tokens();
        object[u"expires_in"_s] = expires;
        object[u"refresh_in"_s] = refresh;
        ScriptedServer server;
        server.expect("POST", path, answer::json(200, object));
        const auto result = refreshed(server);
        const auto *set = std::get_if<TokenSet>(&result);
        QVERIFY(set);
        QTEST(int(set->lifetime.count()), "lifetime");
        QTEST(int(set->refreshIn.count()), "refreshIn");
    }

    void whoAnswersInMicrosoftsPlace_data()
    {
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<bool>("isSomebodyElse");
        const auto page = [](int status) {
            return answer::with(HttpResponse::text(status, "text/html", "<html>Welcome</html>"));
        };
        QTest::newRow("a page") << page(200) << true;
        QTest::newRow("a captive portal's redirect")
            << answer::with(HttpResponse::redirect(302, QUrl(u"/portal"_s))) << true;
        QTest::newRow("511") << page(511) << true;
        QTest::newRow("Entra's own 500") << page(500) << false;
        QTest::newRow("404") << page(404) << false;
        QTest::newRow("an answer of Entra")
            << answer::json(400, {{u"error"_s, u"invalid_grant"_s}}) << false;
    }
    void whoAnswersInMicrosoftsPlace()
    {
        QFETCH(Answer, scripted);
        QFETCH(bool, isSomebodyElse);
        ScriptedServer server;
        server.expect("POST", path, scripted);
        const auto result = refreshed(server);
        const auto *failure = std::get_if<TokenFailure>(&result);
        QVERIFY(failure);
        QCOMPARE(failure->error.cause == Cause::NotMicrosoft, isSomebodyElse);
    }

    void brokenAnswers_data()
    {
        QTest::addColumn<Answer>("scripted");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, const Answer &scripted, const char *kind) {
            QTest::newRow(name) << scripted << QString::fromLatin1(kind);
        };
        const auto without = [](const QString &field) {
            QJsonObject object = tokens();
            object.remove(field);
            return answer::json(200, object);
        };
        const auto with = [](const QString &field, const QJsonValue &value) {
            QJsonObject object = tokens();
            object[field] = value;
            return answer::json(200, object);
        };
        const auto text = [](int status, const QByteArray &body) {
            return answer::with(HttpResponse::text(status, "text/html", body));
        };
        row("empty 200", text(200, ""), "ServiceFault");
        row("a page, 200", text(200, "<html>"), "ServiceFault");
        row("a page, 404", text(404, "<html>"), "ServiceFault");
        row("a page, 500", text(500, "<html>"), "ServiceFault");
        row("a page, 429", text(429, "<html>"), "Throttled");
        row("a page, 503", text(503, "<html>"), "Throttled");
        row("a proxy wants to know", text(407, "<html>"), "ServiceFault");
        row("a list", text(200, "[1]"), "ServiceFault");
        row("tokens with a 500", answer::json(500, tokens()), "ServiceFault");
        row("no access token", without(u"access_token"_s), "ServiceFault");
        row("no type", without(u"token_type"_s), "ServiceFault");
        row("another type", with(u"token_type"_s, u"pop"_s), "ServiceFault");
        row("empty access token", with(u"access_token"_s, u""_s), "ServiceFault");
        row("access token that would be two headers", with(u"access_token"_s, u"a\r\nX: b"_s),
            "ServiceFault");
        row("access token is a number", with(u"access_token"_s, 5), "ServiceFault");
        row("refresh token is a list", with(u"refresh_token"_s, QJsonArray{}), "ServiceFault");
        row("cut off", answer::truncated(HttpResponse::json(200, tokens()), 40), "ServiceFault");
        row("cut off before the body", answer::truncated(HttpResponse::json(200, tokens()), 0),
            "ServiceFault");
        row("cut off in the head", answer::raw("HTTP/1.1 200 O"), "Offline");
        row("closed without an answer", answer::close(), "Offline");
        row("reset", answer::reset(), "Offline");
        row("no HTTP", answer::raw("SSH-2.0-OpenSSH\r\n\r\n"), "Offline");
        row("a redirect on the same host",
            answer::with(HttpResponse::redirect(302, QUrl(u"/elsewhere"_s))), "ServiceFault");
        row("invalid_grant", answer::json(400, {{u"error"_s, u"invalid_grant"_s}}), "SignInNeeded");
        row("invalid_grant with 200", answer::json(200, {{u"error"_s, u"invalid_grant"_s}}),
            "SignInNeeded");
        row("401 that wants a password",
            answer::json(401, {{u"error"_s, u"invalid_client"_s}},
                         {{"WWW-Authenticate", "Basic realm=\"x\""}}),
            "Misconfigured");
        QJsonObject huge = tokens();
        huge[u"x"_s] = QString(2 * 1024 * 1024, u'y');
        row("2 MB", answer::json(200, huge), "ServiceFault");
    }
    void brokenAnswers()
    {
        QFETCH(Answer, scripted);
        QFETCH(QString, kind);
        ScriptedServer server;
        server.expect("POST", path, scripted); // once: a second POST fails the test
        const auto result = refreshed(server);
        const auto *failure = std::get_if<TokenFailure>(&result);
        QVERIFY(failure);
        QCOMPARE(QString(kindName(failure->error.kind)), kind);
        QVERIFY(!failure->error.detail.isEmpty());
        QVERIFY(!failure->isTokenDead);
        QTest::qWait(50);
        QCOMPARE(server.requests().size(), 1);
    }

    void aSilentServerIsGivenUp()
    {
        ScriptedServer server;
        server.expect("POST", path, answer::never());
        const auto result = refreshed(server, {.time = std::chrono::milliseconds(100)});
        QCOMPARE(std::get<TokenFailure>(result).error.kind, Error::Kind::Timeout);
        QCOMPARE(server.requests().size(), 1);
    }

    // Each byte restarts Qt's own transfer timeout; ours is for the whole exchange.
    void aServerThatDripsIsGivenUp()
    {
        ScriptedServer server;
        QTimer drip;
        drip.setInterval(20);
        server.expect("POST", path, [&drip](const HttpRequest &, const HttpReply &reply) {
            reply.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", false);
            connect(&drip, &QTimer::timeout, &drip, [reply] { reply.sendRaw("x", false); });
            drip.start();
        });
        const auto result = refreshed(server, {.time = std::chrono::milliseconds(200)});
        QCOMPARE(std::get<TokenFailure>(result).error.kind, Error::Kind::Timeout);
    }

    void nobodyListens()
    {
        ScriptedServer server;
        server.server().shutDown();
        const auto result = refreshed(server);
        QCOMPARE(std::get<TokenFailure>(result).error.kind, Error::Kind::Offline);
    }

    void nothingGoesAnywhereElse()
    {
        ScriptedServer server;
        ScriptedServer other;
        TokenNetwork network(configFor(server).tokenUrl());
        QNetworkReply *reply = network.post(QNetworkRequest(other.url(path)), "code=secret"_ba);
        QSignalSpy finished(reply, &QNetworkReply::finished);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(reply->error() != QNetworkReply::NoError);
        QNetworkReply *get = network.get(QNetworkRequest(server.url(path)));
        QSignalSpy gotten(get, &QNetworkReply::finished);
        QTRY_COMPARE(gotten.count(), 1);
        QVERIFY(server.requests().isEmpty());
        QVERIFY(other.requests().isEmpty());
    }

    // QtNetworkAuth answers a 401 with "Authorization: Basic <client id>:" and sends the code
    // again.
    void theCodeExchangeAnswersNo401()
    {
        ScriptedServer server;
        server.expect("POST", path,
                      answer::json(401, {{u"error"_s, u"invalid_client"_s}},
                                   {{"WWW-Authenticate", "Basic realm=\"x\""}}));
        auth::LoopbackReplyHandler handler("0123456789012345678901234567890123456789abc");
        QVERIFY(!handler.listen());
        TokenNetwork network(configFor(server).tokenUrl());
        auth::EntraFlow flow(configFor(server),
                             {.state = "0123456789012345678901234567890123456789abc", .nonce = "n"},
                             &handler, &network);
        QVERIFY(flow.pageUrl().isValid());
        QList<auth::TokenAnswer> results;
        connect(&handler, &auth::LoopbackReplyHandler::tokenReplyFinished, &handler,
                [&results](QNetworkReply *reply) {
                    reply->deleteLater();
                    results.append(auth::readTokenAnswer(reply));
                });
        Q_EMIT handler.callbackReceived(
            {{u"code"_s, u"M.C5!a*b$c%+/ d"_s},
             {u"state"_s, u"0123456789012345678901234567890123456789abc"_s}});
        QTRY_COMPARE(results.size(), 1);
        QCOMPARE(std::get<TokenFailure>(results.first()).error.kind, Error::Kind::Misconfigured);
        QCOMPARE(server.requests().size(), 1);
        const auto form = server.requests().first().form();
        QCOMPARE(fieldValue(form, u"code"_s), u"M.C5!a*b$c%+/ d"_s);
        QCOMPARE(fieldValue(form, u"code_verifier"_s).size(), 43);
        QCOMPARE(fieldValue(form, u"redirect_uri"_s), handler.callback());
        QVERIFY(!hasField(form, u"client_secret"_s));
        QVERIFY(server.requests().first().header("Authorization").isNull());
    }
};

QTEST_GUILESS_MAIN(TestTokenEndpoint)
#include "tst_token_endpoint.moc"
