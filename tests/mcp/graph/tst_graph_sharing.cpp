// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What calls of several AI clients have in common at the GraphClient: how much Graph allows, and
// what it has answered already.

#include "mcp/graph/graph_client.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/scripted_server.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;
using namespace test_support;

class TestGraphSharing : public QObject
{
    Q_OBJECT

private:
    using Answered = std::optional<Result<QJsonObject>>;

    struct World
    {
        World() { client.setGraphUrl(graph.url()); }

        static std::shared_ptr<RequestContext> contextOf(const QString &program,
                                                         std::chrono::milliseconds limit = 30s)
        {
            auto context = std::make_shared<RequestContext>();
            context->principal = u"t.adele"_s;
            context->client.program = program;
            context->deadline = QDeadlineTimer(limit, Qt::PreciseTimer);
            return context;
        }
        // Its answer comes into what is returned.
        std::shared_ptr<Answered> start(const GraphRequest &request,
                                        const RequestContextPtr &context)
        {
            auto answered = std::make_shared<Answered>();
            whenDone(client.get(request, context), &owner,
                     [answered](const Result<QJsonObject> &got) { *answered = got; });
            return answered;
        }
        Result<QJsonObject> get(const GraphRequest &request,
                                const RequestContextPtr &context = contextOf(u"/a"_s))
        {
            const auto answered = start(request, context);
            (void)QTest::qWaitFor([&] { return answered->has_value(); }, 30'000);
            return answered->value_or(Error{.kind = Error::Kind::Bug, .detail = u"never"_s});
        }

        ScriptedServer graph;
        FakeTokenSource tokens;
        GraphClient client{&tokens};
        QObject owner;
    };

    static GraphRequest mail() { return {.path = u"/v1.0/me/messages"_s}; }
    static Answer id(const QString &value, const HttpHeaders &headers = {})
    {
        return answer::json(200, {{u"id"_s, value}}, headers);
    }
    static QString idOf(const Result<QJsonObject> &result)
    {
        return result.ok() ? (*result)["id"_L1].toString() : QString();
    }
    static Answer throttled(const QByteArray &seconds)
    {
        return answer::json(429, {{u"error"_s, QJsonObject{{u"code"_s, u"TooManyRequests"_s}}}},
                            {{"Retry-After", seconds}});
    }

private Q_SLOTS:
    // A mailbox serves four calls at a time, whoever makes them.
    void aFifthCallToAMailboxWaits()
    {
        World world;
        QList<HttpReply> held;
        world.graph.expect(
            "GET", mail().path,
            [&](const HttpRequest &, const HttpReply &reply) { held.append(reply); }, 6);
        QList<std::shared_ptr<Answered>> answers;
        for (int i = 0; i < 6; ++i)
            answers.append(world.start(mail(), World::contextOf(u"/client%1"_s.arg(i % 2))));
        QTRY_COMPARE(held.size(), 4);
        // Nobody waits for another service.
        world.graph.expect("GET", u"/v1.0/me"_s, id(u"1"_s));
        QVERIFY(world.get({.path = u"/v1.0/me"_s}).ok());
        QCOMPARE(held.size(), 4);
        for (int i = 0; i < 6; ++i) {
            QTRY_VERIFY(held.size() > i);
            held.at(i).send(HttpResponse::json(200, {}));
        }
        for (const auto &answered : answers)
            QTRY_VERIFY(answered->has_value() && (*answered)->ok());
    }

    void aCallInLineIsWithdrawn()
    {
        World world;
        world.graph.expect("GET", mail().path, answer::never(), 4);
        QList<RequestContextPtr> contexts;
        QList<std::shared_ptr<Answered>> answers;
        for (int i = 0; i < 5; ++i) {
            contexts.append(World::contextOf(u"/a"_s));
            answers.append(world.start(mail(), contexts.last()));
        }
        QTRY_COMPARE(world.graph.requests().size(), 4);
        contexts.last()->cancellation->cancel();
        QTRY_VERIFY(answers.last()->has_value());
        QCOMPARE(kindName((*answers.last())->error().kind), kindName(Error::Kind::Cancelled));
        for (int i = 0; i < 4; ++i)
            contexts.at(i)->cancellation->cancel();
        for (const auto &answered : std::as_const(answers))
            QTRY_VERIFY(answered->has_value());
    }

    void whatGraphAsksOfOneClientHoldsForAll()
    {
        World world;
        world.graph.expect("GET", mail().path, throttled("1"));
        world.graph.expect("GET", mail().path, id(u"1"_s), 2);
        bool isRefused = false;
        auto refused = World::contextOf(u"/a"_s);
        refused->progress = [&](const QString &) { isRefused = true; };
        const auto first = world.start(mail(), refused);
        QTRY_VERIFY(isRefused);
        QStringList words;
        auto context = World::contextOf(u"/b"_s);
        context->progress = [&](const QString &text) { words.append(text); };
        const auto second = world.start(mail(), context);
        QTRY_VERIFY(!words.isEmpty());
        QCOMPARE(world.graph.requests().size(), 1);
        QVERIFY2(words.first().contains(u"asks to wait"_s), qPrintable(words.first()));
        QTRY_VERIFY(first->has_value() && second->has_value());
        QVERIFY((*first)->ok() && (*second)->ok());
        QCOMPARE(world.graph.requests().size(), 3);
    }

    void aPauseBeyondTheDeadlineIsToldWithoutAsking()
    {
        World world;
        world.graph.expect("GET", mail().path, throttled("120"));
        QCOMPARE(kindName(world.get(mail()).error().kind), kindName(Error::Kind::Throttled));
        const auto other = world.get(mail(), World::contextOf(u"/b"_s));
        QCOMPARE(kindName(other.error().kind), kindName(Error::Kind::Throttled));
        QVERIFY(other.error().retryAfter > 100s && other.error().retryAfter <= 120s);
        QCOMPARE(world.graph.requests().size(), 1);
        world.graph.expect("GET", u"/v1.0/me"_s, id(u"1"_s));
        QVERIFY(world.get({.path = u"/v1.0/me"_s}).ok());
    }

    // Graph has no reason to shut an account out for a day; one broken answer could.
    void aPauseHasABound()
    {
        World world;
        world.graph.expect("GET", mail().path, throttled("86400"));
        QCOMPARE(world.get(mail()).error().retryAfter, 24h);
        QVERIFY(world.get(mail()).error().retryAfter <= 5min);
    }

    void whatDidNotChangeIsNotSentAgain()
    {
        World world;
        const GraphRequest request{.path = u"/v1.0/me/drive/root"_s};
        world.graph.expect("GET", request.path, id(u"1"_s, {{"ETag", "\"v1\""}}));
        world.graph.expect("GET", request.path,
                           answer::with(HttpResponse{.status = 304, .headers = {}, .body = {}}), 2);
        world.graph.expect("GET", request.path, id(u"2"_s, {{"ETag", "\"v2\""}}));
        QStringList ids;
        for (int i = 0; i < 4; ++i)
            ids.append(idOf(world.get(request, World::contextOf(u"/client%1"_s.arg(i)))));
        QCOMPARE(ids, (QStringList{u"1"_s, u"1"_s, u"1"_s, u"2"_s}));
        const auto &sent = world.graph.requests();
        QVERIFY(sent.at(0).header("If-None-Match").isNull());
        for (int i = 1; i < 4; ++i)
            QCOMPARE(sent.at(i).header("If-None-Match"), QByteArray("\"v1\""));
    }

    void whatIsFreshIsNotAskedFor()
    {
        World world;
        const GraphRequest request{.path = u"/v1.0/me/joinedTeams"_s, .freshFor = 60s};
        world.graph.expect("GET", request.path, id(u"1"_s));
        QCOMPARE(idOf(world.get(request)), u"1"_s);
        QCOMPARE(idOf(world.get(request, World::contextOf(u"/b"_s))), u"1"_s);
        QCOMPARE(world.graph.requests().size(), 1);
        // Each needed a token nevertheless: nothing is told without a sign-in.
        QCOMPARE(world.tokens.requests.size(), 2);
        world.tokens.error = {.kind = Error::Kind::SignInNeeded, .detail = {}};
        QCOMPARE(kindName(world.get(request).error().kind), kindName(Error::Kind::SignInNeeded));
    }

    void accountsAndQuestionsShareNothing()
    {
        World world;
        const GraphRequest request{.path = u"/v1.0/me/drive/root"_s, .freshFor = 60s};
        world.graph.expect("GET", request.path, id(u"1"_s, {{"ETag", "\"v1\""}}), 4);
        QVERIFY(world.get(request).ok());
        auto other = World::contextOf(u"/a"_s);
        other->principal = u"t.alex"_s;
        QVERIFY(world.get(request, other).ok());
        auto nobody = World::contextOf(u"/a"_s);
        nobody->principal.clear();
        QVERIFY(world.get(request, nobody).ok());
        GraphRequest asText = request;
        asText.prefer = "outlook.body-content-type=\"text\"";
        QVERIFY(world.get(asText).ok());
        for (const HttpRequest &sent : world.graph.requests())
            QVERIFY(sent.header("If-None-Match").isNull());
    }

    void anotherGraphForgetsAll()
    {
        World world;
        const GraphRequest request{.path = u"/v1.0/me/drive/root"_s, .freshFor = 60s};
        world.graph.expect("GET", request.path, id(u"1"_s), 2);
        QVERIFY(world.get(request).ok());
        ScriptedServer elsewhere;
        elsewhere.expect("GET", request.path, id(u"2"_s));
        world.client.setGraphUrl(elsewhere.url());
        QCOMPARE(idOf(world.get(request)), u"2"_s);
        world.client.setGraphUrl(world.graph.url());
        QVERIFY(world.get(request).ok()); // asked again
    }

    // Graph was not asked whether it changed, so this is no answer to anything.
    void aStray304IsAFault()
    {
        World world;
        world.graph.expect("GET", mail().path,
                           answer::with(HttpResponse{.status = 304, .headers = {}, .body = {}}));
        QVERIFY(!world.get(mail()).ok());
    }
};

QTEST_GUILESS_MAIN(TestGraphSharing)
#include "tst_graph_sharing.moc"
