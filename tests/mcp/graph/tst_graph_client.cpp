// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_client.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;
using namespace test_support;

class TestGraphClient : public QObject
{
    Q_OBJECT

private:
    struct World
    {
        World() { client.setGraphUrl(graph.url()); }
        void expect(const Answer &answer, int times = 1)
        {
            graph.expect("GET", u"/v1.0/me"_s, answer, times);
        }
        // Waits for the end of a GET of /v1.0/me.
        Result<QJsonObject> get() { return get(context); }
        Result<QJsonObject> get(const std::shared_ptr<RequestContext> &with)
        {
            return ask({.path = u"/v1.0/me"_s,
                        .query = QUrlQuery{{u"$select"_s, u"id,displayName"_s}},
                        .scopes = {u"User.Read"_s}},
                       with);
        }
        Result<QJsonObject> ask(const GraphRequest &request,
                                const std::shared_ptr<RequestContext> &with)
        {
            std::optional<Result<QJsonObject>> result;
            whenDone(client.get(request, with), &owner,
                     [&](const Result<QJsonObject> &got) { result = got; });
            (void)QTest::qWaitFor([&] { return result.has_value(); }, 30'000);
            return result
                ? *result
                : Result<QJsonObject>(Error{.kind = Error::Kind::Bug, .detail = u"never"_s});
        }
        Result<QString> html()
        {
            std::optional<Result<QString>> result;
            whenDone(client.html({.path = u"/v1.0/me/onenote/pages/1-a!1-b/content"_s}, context),
                     &owner, [&](const Result<QString> &got) { result = got; });
            (void)QTest::qWaitFor([&] { return result.has_value(); }, 30'000);
            return result ? *result
                          : Result<QString>(Error{.kind = Error::Kind::Bug, .detail = u"never"_s});
        }
        void deadline(std::chrono::milliseconds limit)
        {
            context->deadline = QDeadlineTimer(limit, Qt::PreciseTimer);
        }

        ScriptedServer graph;
        FakeTokenSource tokens;
        GraphClient client{&tokens};
        std::shared_ptr<RequestContext> context = std::make_shared<RequestContext>();
        QObject owner;
    };

    static HttpResponse person() { return HttpResponse::json(200, {{u"id"_s, u"1"_s}}); }
    static HttpResponse error(int status, const QString &code)
    {
        return HttpResponse::json(
                   status,
                   {{u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, u"words"_s}}}})
            .withHeader("request-id", "graph-id");
    }
    static HttpResponse challenge(const QByteArray &claims, int status = 401)
    {
        return error(status, u"InvalidAuthenticationToken"_s)
            .withHeader("WWW-Authenticate",
                        "Bearer realm=\"\", error=\"insufficient_claims\", "
                        "claims=\""
                            + claims.toBase64() + '"');
    }
    static QByteArray kindOf(const Result<QJsonObject> &result)
    {
        return result.ok() ? QByteArray("ok") : QByteArray(kindName(result.error().kind).data());
    }

private Q_SLOTS:
    void aRequestCarriesWhatGraphNeedsAndNothingElse()
    {
        World world;
        world.expect(answer::with(person()));
        world.context->principal = u"tenant.someone"_s;
        const auto result = world.get();
        QVERIFY(result.ok());
        QCOMPARE((*result)["id"_L1].toString(), u"1"_s);
        const HttpRequest request = world.graph.requests().first();
        QCOMPARE(request.target, QByteArray("/v1.0/me?$select=id,displayName"));
        QCOMPARE(request.header("Authorization"), QByteArray("Bearer token-1"));
        QVERIFY(request.header("User-Agent").startsWith("graph-valet/"));
        QCOMPARE(request.header("client-request-id").size(), 36);
        QVERIFY(request.header("Cookie").isNull());
        QVERIFY(request.header("Upgrade").isNull());
        QCOMPARE(world.tokens.requests.first().principal, u"tenant.someone"_s);
        QCOMPARE(world.tokens.requests.first().scopes, QStringList{u"User.Read"_s});
        QVERIFY(world.tokens.requests.first().rejectedToken.isEmpty());
    }

    // Reading by POST is repeated like any reading.
    void aBodyIsPostedAgainWithAnotherToken()
    {
        World world;
        const QString path = u"/v1.0/me/calendar/getSchedule"_s;
        world.graph.expect("POST", path, answer::with(error(401, u"InvalidAuthenticationToken"_s)));
        world.graph.expect("POST", path, answer::with(person()));
        const QJsonObject body{{u"schedules"_s, QJsonArray{u"adele@contoso.com"_s}}};
        const auto result =
            world.ask({.path = path, .scopes = {u"Calendars.Read"_s}, .body = body}, world.context);
        QVERIFY(result.ok());
        for (const HttpRequest &request : world.graph.requests()) {
            QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
            QCOMPARE(QJsonDocument::fromJson(request.body).object(), body);
        }
        QCOMPARE(world.graph.requests().last().header("Authorization"),
                 QByteArray("Bearer token-2"));
    }

    void headersAreSentWhereTheyAreWanted()
    {
        World world;
        world.expect(answer::with(person()), 2);
        QVERIFY(world.get().ok());
        QVERIFY(world
                    .ask({.path = u"/v1.0/me"_s,
                          .prefer = "outlook.body-content-type=\"text\"",
                          .isEventual = true},
                         world.context)
                    .ok());
        const HttpRequest &plain = world.graph.requests().first();
        QVERIFY(plain.header("Prefer").isNull());
        QVERIFY(plain.header("ConsistencyLevel").isNull());
        const HttpRequest &special = world.graph.requests().last();
        QCOMPARE(special.header("Prefer"), QByteArray("outlook.body-content-type=\"text\""));
        QCOMPARE(special.header("ConsistencyLevel"), QByteArray("eventual"));
    }

    // A path is decoded: what looks like a query or an escape in it is neither.
    void aPathStaysAPath()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/me/drive/root:/50% off?.txt"_s, answer::with(person()));
        QVERIFY(world.ask({.path = u"/v1.0/me/drive/root:/50% off?.txt"_s}, world.context).ok());
        QCOMPARE(world.graph.requests().last().target,
                 QByteArray("/v1.0/me/drive/root:/50%25%20off%3F.txt"));
    }

    void connectionsAreKeptOpen()
    {
        World world;
        world.expect(answer::with(person()), 20);
        for (int i = 0; i < 20; ++i)
            QVERIFY(world.get().ok());
        QCOMPARE(world.graph.server().connectionCount(), 1);
    }

    void cookiesAreNotKept()
    {
        World world;
        world.expect(answer::with(person().withHeader("Set-Cookie", "session=1; Path=/")), 2);
        QVERIFY(world.get().ok());
        QVERIFY(world.get().ok());
        QVERIFY(world.graph.requests().last().header("Cookie").isNull());
    }

    void aRejectedTokenIsReplacedOnce()
    {
        World world;
        world.expect(answer::with(error(401, u"InvalidAuthenticationToken"_s)
                                      .withHeader("WWW-Authenticate", "Bearer realm=\"\"")));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
        QCOMPARE(world.tokens.requests.size(), 2);
        QVERIFY(world.tokens.requests.last().rejectedToken == Secret("token-1"));
        QCOMPARE(world.graph.requests().last().header("Authorization"),
                 QByteArray("Bearer token-2"));
        QCOMPARE(world.graph.requests().first().header("client-request-id"),
                 world.graph.requests().last().header("client-request-id"));
    }

    void aTokenThatIsRejectedTwiceNeedsThePerson_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::newRow("Bearer") << QByteArray("Bearer realm=\"\", error=\"invalid_token\"");
        QTest::newRow("Basic") << QByteArray("Basic realm=\"x\"");
        QTest::newRow("Negotiate") << QByteArray("Negotiate");
        QTest::newRow("none") << QByteArray();
    }
    void aTokenThatIsRejectedTwiceNeedsThePerson()
    {
        QFETCH(QByteArray, challenge);
        World world;
        HttpResponse refusal = error(401, u"InvalidAuthenticationToken"_s);
        if (!challenge.isEmpty())
            refusal = refusal.withHeader("WWW-Authenticate", challenge);
        world.expect(answer::with(refusal), 2); // a third request would fail the test
        const auto result = world.get();
        QCOMPARE(kindOf(result), QByteArray("SignInNeeded"));
        QCOMPARE(result.error().serviceCode, u"InvalidAuthenticationToken"_s);
        QCOMPARE(result.error().requestId, u"graph-id"_s);
    }

    void aChallengeTravelsWithItsClaims()
    {
        World world;
        world.expect(answer::with(challenge(R"({"access_token":{"nbf":{"value":"1"}}})")));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
        QCOMPARE(world.tokens.requests.size(), 2);
        QVERIFY(world.tokens.requests.first().claims.isEmpty());
        QCOMPARE(world.tokens.requests.last().claims,
                 QByteArray(R"({"access_token":{"nbf":{"value":"1"}}})"));
        QVERIFY(world.tokens.requests.last().rejectedToken == Secret("token-1"));
    }

    void aChallengeMayComeWith403()
    {
        World world;
        world.expect(answer::with(challenge(R"({"a":1})", 403)));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
        QCOMPARE(world.tokens.requests.last().claims, QByteArray(R"({"a":1})"));
    }

    void challengesWithoutEndEnd()
    {
        World world;
        world.expect(answer::with(challenge(R"({"a":1})")), 3); // a fourth request would fail
        const auto result = world.get();
        QCOMPARE(kindOf(result), QByteArray("Denied"));
        QCOMPARE(result.error().cause, Cause::PolicyBlock);
        QCOMPARE(result.error().requestId, u"graph-id"_s);
        QCOMPARE(world.tokens.requests.size(), 3);
    }

    void aChallengeThatCannotBeReadIsAPlainRefusal()
    {
        World world;
        world.expect(answer::with(error(401, u"InvalidAuthenticationToken"_s)
                                      .withHeader("WWW-Authenticate", "Bearer claims=\"%%%\"")));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
        QVERIFY(world.tokens.requests.last().claims.isEmpty());
        QVERIFY(world.tokens.requests.last().rejectedToken == Secret("token-1"));
    }

    void severalHeadersAreReadTogether()
    {
        World world;
        world.expect(
            answer::with(error(401, u"InvalidAuthenticationToken"_s)
                             .withHeader("WWW-Authenticate", "Bearer realm=\"\", client_id=\"1\"")
                             .withHeader("WWW-Authenticate",
                                         "Bearer error=\"insufficient_claims\", claims=\""
                                             + QByteArray(R"({"a":2})").toBase64() + '"')));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
        QCOMPARE(world.tokens.requests.last().claims, QByteArray(R"({"a":2})"));
    }

    void withoutATokenNothingIsSent()
    {
        World world;
        world.tokens.error = {.kind = Error::Kind::NoAnswer, .detail = u"page is open"_s};
        QCOMPARE(kindOf(world.get()), QByteArray("NoAnswer"));
        QVERIFY(world.graph.requests().isEmpty());
    }

    void withoutAnOriginNothingIsAsked()
    {
        World world;
        world.client.setGraphUrl({});
        QCOMPARE(kindOf(world.get()), QByteArray("NotConfigured"));
        QVERIFY(world.tokens.requests.isEmpty());
    }

    void aTokenGoesToTheConfiguredOriginOnly()
    {
        World world;
        ScriptedServer other;
        world.tokens.hold = true;
        std::optional<Result<QJsonObject>> result;
        whenDone(world.client.get({.path = u"/v1.0/me"_s}, world.context), &world.owner,
                 [&](const Result<QJsonObject> &got) { result = got; });
        // The settings change while the token is being fetched.
        world.client.setGraphUrl(other.url());
        world.tokens.held.first().answer(world.tokens.token());
        QTRY_VERIFY(result.has_value());
        QCOMPARE(kindOf(*result), QByteArray("Misconfigured"));
        QVERIFY(world.graph.requests().isEmpty());
        QVERIFY(other.requests().isEmpty());
    }

    void theOriginIsComparedExactly_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<bool>("isGraph");
        QTest::newRow("the same") << QUrl(u"https://graph.microsoft.com/v1.0/me"_s) << true;
        QTest::newRow("with the default port")
            << QUrl(u"https://graph.microsoft.com:443/x"_s) << true;
        QTest::newRow("other case") << QUrl(u"https://GRAPH.microsoft.com/x"_s) << true;
        QTest::newRow("http") << QUrl(u"http://graph.microsoft.com/x"_s) << false;
        QTest::newRow("another port") << QUrl(u"https://graph.microsoft.com:444/x"_s) << false;
        QTest::newRow("a subdomain") << QUrl(u"https://x.graph.microsoft.com/x"_s) << false;
        QTest::newRow("a longer name")
            << QUrl(u"https://graph.microsoft.com.evil.org/x"_s) << false;
        QTest::newRow("a person in front")
            << QUrl(u"https://graph.microsoft.com@evil.org/x"_s) << false;
        QTest::newRow("empty") << QUrl() << false;
    }
    void theOriginIsComparedExactly()
    {
        QFETCH(QUrl, url);
        FakeTokenSource tokens;
        GraphClient client(&tokens);
        QVERIFY(!client.isGraph(url));
        client.setGraphUrl(QUrl(u"https://graph.microsoft.com"_s));
        QTEST(client.isGraph(url), "isGraph");
    }

    void aRedirectIsNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("foreign");
        for (const int status : {301, 302, 303, 307, 308}) {
            QTest::addRow("%d to another origin", status) << status << true;
            QTest::addRow("%d to itself", status) << status << false;
        }
    }
    void aRedirectIsNotFollowed()
    {
        QFETCH(int, status);
        QFETCH(bool, foreign);
        World world;
        ScriptedServer other; // fails the test on any request
        world.expect(answer::with(
            HttpResponse::redirect(status, (foreign ? other : world.graph).url(u"/elsewhere"_s))));
        QCOMPARE(kindOf(world.get()), QByteArray("ServiceFault"));
        QVERIFY(other.requests().isEmpty());
        QCOMPARE(world.graph.requests().size(), 1);
    }

    void graphsRefusalsKeepCodeAndRequestId_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("400") << 400 << QByteArray("BadRequest");
        QTest::newRow("403") << 403 << QByteArray("Forbidden");
        QTest::newRow("404") << 404 << QByteArray("NotFound");
        QTest::newRow("500") << 500 << QByteArray("ServiceFault");
        QTest::newRow("502") << 502 << QByteArray("ServiceFault");
        QTest::newRow("504") << 504 << QByteArray("Timeout");
    }
    void graphsRefusalsKeepCodeAndRequestId()
    {
        QFETCH(int, status);
        World world;
        world.expect(answer::with(error(status, u"SomeCode"_s)));
        const auto result = world.get();
        QTEST(kindOf(result), "kind");
        QCOMPARE(result.error().serviceCode, u"SomeCode"_s);
        QCOMPARE(result.error().requestId, u"graph-id"_s);
        QVERIFY(!result.error().detail.contains(u"words"_s));
    }

    void throttlingIsWaitedOutWithinTheDeadline_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::newRow("429, no wait") << 429 << QByteArray("0");
        QTest::newRow("429, a second") << 429 << QByteArray("1");
        QTest::newRow("503, a second") << 503 << QByteArray("1");
        QTest::newRow("429 without the header") << 429 << QByteArray();
        QTest::newRow("429 with a date gone by")
            << 429 << QByteArray("Fri, 06 Nov 2020 08:48:00 GMT");
    }
    void throttlingIsWaitedOutWithinTheDeadline()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, retryAfter);
        World world;
        world.deadline(30s);
        HttpResponse response = error(status, u"TooManyRequests"_s);
        if (!retryAfter.isEmpty())
            response = response.withHeader("Retry-After", retryAfter);
        world.expect(answer::with(response));
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
    }

    void aWaitBeyondTheDeadlineIsToldAtOnce_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("asDate");
        QTest::newRow("429, seconds") << 429 << false;
        QTest::newRow("503, seconds") << 503 << false;
        QTest::newRow("429, date") << 429 << true;
    }
    void aWaitBeyondTheDeadlineIsToldAtOnce()
    {
        QFETCH(int, status);
        QFETCH(bool, asDate);
        World world;
        world.deadline(20s);
        const QByteArray value = asDate
            ? QLocale::c()
                  .toString(QDateTime::currentDateTimeUtc().addSecs(120),
                            u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                  .toLatin1()
            : QByteArray("120");
        world.expect(
            answer::with(error(status, u"TooManyRequests"_s).withHeader("Retry-After", value)));
        const auto result = world.get();
        QCOMPARE(kindOf(result), QByteArray("Throttled"));
        QVERIFY(result.error().retryAfter > 110s && result.error().retryAfter <= 120s);
        QCOMPARE(result.error().serviceCode, u"TooManyRequests"_s);
        QVERIFY(!world.context->deadline.hasExpired());
    }

    void endlessThrottlingEnds()
    {
        World world;
        world.expect(answer::with(error(429, u"TooManyRequests"_s).withHeader("Retry-After", "0")),
                     5);
        QCOMPARE(kindOf(world.get()), QByteArray("Throttled"));
    }

    void aLostConnectionIsTriedOnceMore_data()
    {
        QTest::addColumn<bool>("truncated");
        QTest::newRow("reset") << false;
        QTest::newRow("broken off within the body") << true;
    }
    void aLostConnectionIsTriedOnceMore()
    {
        QFETCH(bool, truncated);
        World world;
        world.expect(truncated ? answer::truncated(person(), 3) : answer::reset());
        world.expect(answer::with(person()));
        QVERIFY(world.get().ok());
    }

    void aConnectionThatIsLostAgainIsAnError()
    {
        World world;
        // Qt tries a lost connection again by itself, so how many come is not ours to say.
        world.expect(answer::reset(), ScriptedServer::always);
        QCOMPARE(kindOf(world.get()), QByteArray("Offline"));
    }

    void anAnswerThatBreaksOffAgainIsAFault()
    {
        World world;
        world.expect(answer::truncated(person(), 3), ScriptedServer::always);
        QCOMPARE(kindOf(world.get()), QByteArray("ServiceFault"));
    }

    void aServiceThatIsNotThereIsOffline()
    {
        World world;
        world.graph.server().shutDown();
        QCOMPARE(kindOf(world.get()), QByteArray("Offline"));
    }

    void whatIsNoJsonObjectIsAFault_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("HTML") << QByteArray("<html>Sign in to the hotel's network</html>");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("half") << QByteArray("{\"id\":");
        QTest::newRow("two objects") << QByteArray("{}{}");
        QTest::newRow("nested too deep") << QByteArray("{\"a\":").repeated(5000);
    }
    void whatIsNoJsonObjectIsAFault()
    {
        QFETCH(QByteArray, body);
        World world;
        world.expect(answer::with(HttpResponse::text(200, "text/html", body)));
        QCOMPARE(kindOf(world.get()), QByteArray("ServiceFault"));
    }

    // Of what is HTML only Graph's own is taken.
    void aPageOfHtml_data()
    {
        QTest::addColumn<HttpResponse>("response");
        QTest::addColumn<QByteArray>("kind"); // empty: it is taken
        QTest::addColumn<bool>("isForeign");
        const QByteArray page = u"<p>Zürich</p>"_s.toUtf8();
        const auto graphs = [&](const QByteArray &type) {
            return HttpResponse::text(200, type, page).withHeader("request-id", "r-1");
        };
        const QByteArray fault = "ServiceFault";
        QTest::newRow("as OneNote sends it") << graphs("text/html") << QByteArray() << false;
        QTest::newRow("with its charset")
            << graphs("Text/HTML; charset=\"UTF-8\"") << QByteArray() << false;
        QTest::newRow("another charset")
            << graphs("text/html; charset=iso-8859-1") << fault << false;
        QTest::newRow("JSON") << graphs("application/json") << fault << false;
        QTest::newRow("looks like it") << graphs("text/htmlx") << fault << false;
        QTest::newRow("of a proxy") << HttpResponse::text(200, "text/html", page) << fault << true;
        QTest::newRow("not there")
            << HttpResponse::json(404, {{u"error"_s, QJsonObject{{u"code"_s, u"20102"_s}}}})
            << QByteArray("NotFound") << false;
    }
    void aPageOfHtml()
    {
        QFETCH(HttpResponse, response);
        QFETCH(QByteArray, kind);
        QFETCH(bool, isForeign);
        World world;
        world.graph.expect("GET", u"/v1.0/me/onenote/pages/1-a!1-b/content"_s,
                           answer::with(response));
        const auto result = world.html();
        QCOMPARE(result.ok(), kind.isEmpty());
        if (result.ok()) {
            QCOMPARE(*result, u"<p>Zürich</p>"_s);
            QCOMPARE(world.graph.requests().last().header("Accept"), QByteArray("text/html"));
        } else {
            QCOMPARE(QByteArray(kindName(result.error().kind).data()), kind);
            QCOMPARE(result.error().cause == Cause::NotMicrosoft, isForeign);
        }
    }

    void aHugeBodyIsCutOff()
    {
        World world;
        world.expect(answer::with(HttpResponse::text(
            200, "application/json", "{\"a\":\"" + QByteArray(9 * 1024 * 1024, 'x') + "\"}")));
        const auto result = world.get();
        QCOMPARE(kindOf(result), QByteArray("ServiceFault"));
        QVERIFY(result.error().detail.contains(u"8 MiB"_s));
    }

    void aServiceThatSaysNothingEndsAtTheDeadline()
    {
        World world;
        world.deadline(100ms);
        world.expect(answer::never());
        QCOMPARE(kindOf(world.get()), QByteArray("Timeout"));
    }

    void cancellationAbortsTheRequest_data()
    {
        QTest::addColumn<QByteArray>("when");
        QTest::newRow("before it begins") << QByteArray("before");
        QTest::newRow("while Graph works") << QByteArray("sent");
        QTest::newRow("while the token is fetched") << QByteArray("token");
        QTest::newRow("while it waits for Retry-After") << QByteArray("throttled");
    }
    void cancellationAbortsTheRequest()
    {
        QFETCH(QByteArray, when);
        World world;
        std::optional<HttpReply> open;
        if (when == "before") {
            world.context->cancellation->cancel();
        } else if (when == "token") {
            world.tokens.hold = true;
        } else if (when == "sent") {
            world.expect([&](const HttpRequest &, const HttpReply &reply) { open = reply; });
        } else {
            world.expect(
                answer::with(error(429, u"TooManyRequests"_s).withHeader("Retry-After", "3600")));
        }
        std::optional<Result<QJsonObject>> result;
        whenDone(world.client.get({.path = u"/v1.0/me"_s}, world.context), &world.owner,
                 [&](const Result<QJsonObject> &got) { result = got; });
        bool waits = false;
        world.context->progress = [&](const QString &) { waits = true; };
        if (when == "sent")
            QTRY_VERIFY(open.has_value());
        else if (when == "throttled")
            QTRY_VERIFY(waits);
        world.context->cancellation->cancel();
        QTRY_VERIFY(result.has_value());
        QCOMPARE(kindOf(*result), QByteArray("Cancelled"));
        if (open)
            QTRY_VERIFY(!open->isOpen()); // the connection is gone, not left waiting
        if (when == "token") {
            world.tokens.held.first().answer(world.tokens.token());
            for (int i = 0; i < 5; ++i)
                QCoreApplication::processEvents();
            QVERIFY(world.graph.requests().isEmpty());
        }
    }

    // TokenRequest: "outlives the request".
    void theCancellationOutlivesTheTokenRequest()
    {
        World world;
        world.tokens.hold = true;
        QByteArray kind;
        whenDone(world.client.get({.path = u"/v1.0/me"_s}, world.context), &world.owner,
                 [&](const Result<QJsonObject> &result) { kind = kindOf(result); });
        const std::weak_ptr<Cancellation> cancellation = world.context->cancellation;
        world.context->cancellation->cancel();
        QTRY_COMPARE(kind, QByteArray("Cancelled"));
        world.context.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!cancellation.expired());
        world.tokens.held.first().answer(Error{.kind = Error::Kind::Cancelled});
        world.tokens.requests.clear(); // holds the progress function of the context
        QTRY_VERIFY(cancellation.expired());
    }

    void theClientMayGoWhileRequestsAreUnderWay()
    {
        ScriptedServer graph;
        graph.expect("GET", u"/v1.0/me"_s, answer::never());
        FakeTokenSource tokens;
        QObject owner;
        QByteArray kind;
        auto client = std::make_unique<GraphClient>(&tokens);
        client->setGraphUrl(graph.url());
        whenDone(client->get({.path = u"/v1.0/me"_s}, std::make_shared<RequestContext>()), &owner,
                 [&](const Result<QJsonObject> &result) { kind = kindOf(result); });
        QTRY_COMPARE(graph.requests().size(), 1);
        client.reset();
        QTRY_COMPARE(kind, QByteArray("Cancelled"));
    }
};

QTEST_GUILESS_MAIN(TestGraphClient)
#include "tst_graph_client.moc"
