// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_batch.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;
using namespace test_support;

class TestGraphBatch : public QObject
{
    Q_OBJECT

private:
    struct World
    {
        World()
        {
            client.setGraphUrl(graph.url());
            context->principal = u"t.adele"_s;
        }
        GraphAnswers ask(const QList<GraphRequest> &requests)
        {
            std::optional<GraphAnswers> answers;
            QObject owner;
            whenDone(getAll(&client, requests, context), &owner,
                     [&](const Result<GraphAnswers> &got) { answers = *got; });
            (void)QTest::qWaitFor([&] { return answers.has_value(); }, 30'000);
            return answers.value_or(GraphAnswers());
        }
        // Answers a batch with a part for each of its requests.
        void expectBatch(const std::function<QJsonObject(const QJsonObject &)> &partOf,
                         int times = 1)
        {
            graph.expect(
                "POST", u"/v1.0/$batch"_s,
                [partOf](const HttpRequest &request, const HttpReply &reply) {
                    QJsonArray parts;
                    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
                    for (const auto &one : body["requests"_L1].toArray())
                        parts.prepend(partOf(one.toObject()));
                    reply.send(HttpResponse::json(200, {{u"responses"_s, parts}}));
                },
                times);
        }

        ScriptedServer graph;
        FakeTokenSource tokens;
        GraphClient client{&tokens};
        std::shared_ptr<RequestContext> context = std::make_shared<RequestContext>();
    };

    static QJsonObject part(const QJsonObject &request, int status, const QJsonObject &body)
    {
        return {{u"id"_s, request["id"_L1]}, {u"status"_s, status}, {u"body"_s, body}};
    }
    static QJsonObject echo(const QJsonObject &request)
    {
        return part(request, 200, {{u"url"_s, request["url"_L1]}});
    }
    static QString urlOf(const Result<QJsonObject> &answer)
    {
        return answer.ok() ? (*answer)["url"_L1].toString() : answer.error().detail;
    }
    static GraphRequest user(int number)
    {
        return {.path = u"/v1.0/users/%1"_s.arg(number), .scopes = {u"User.ReadBasic.All"_s}};
    }

private Q_SLOTS:
    void answersComeInTheOrderOfTheQuestions()
    {
        World world;
        world.expectBatch(&TestGraphBatch::echo);
        GraphRequest search{.path = u"/v1.0/users"_s, .scopes = {u"User.Read"_s}};
        search.query.addQueryItem(u"$search"_s, u"\"displayName:a b\""_s);
        search.isEventual = true;
        search.prefer = "outlook.body-content-type=\"text\"";
        const GraphAnswers answers = world.ask({user(1), search, user(2)});
        QCOMPARE(answers.size(), 3);
        QCOMPARE(urlOf(answers.at(0)), u"/users/1"_s);
        QCOMPARE(urlOf(answers.at(1)), u"/users?$search=%22displayName:a%20b%22"_s);
        QCOMPARE(urlOf(answers.at(2)), u"/users/2"_s);
        const QJsonObject sent =
            QJsonDocument::fromJson(world.graph.requests().first().body).object();
        const QJsonObject second = sent["requests"_L1][1].toObject();
        QCOMPARE(second["method"_L1].toString(), u"GET"_s);
        QCOMPARE(second["headers"_L1]["ConsistencyLevel"_L1].toString(), u"eventual"_s);
        QCOMPARE(second["headers"_L1]["Prefer"_L1].toString(),
                 u"outlook.body-content-type=\"text\""_s);
        QCOMPARE(world.tokens.requests.first().scopes,
                 (QStringList{u"User.ReadBasic.All"_s, u"User.Read"_s}));
    }

    void aBatchHasTwentyAtMost()
    {
        World world;
        world.expectBatch(&TestGraphBatch::echo, 3);
        QList<GraphRequest> requests;
        for (int i = 0; i < 45; ++i)
            requests.append(user(i));
        const GraphAnswers answers = world.ask(requests);
        QCOMPARE(answers.size(), 45);
        for (int i = 0; i < 45; ++i)
            QCOMPARE(urlOf(answers.at(i)), u"/users/%1"_s.arg(i));
    }

    void oneIsNoBatch()
    {
        World world;
        world.graph.expect("GET", u"/v1.0/users/1"_s, answer::json(200, {{u"url"_s, u"x"_s}}));
        QCOMPARE(urlOf(world.ask({user(1)}).first()), u"x"_s);
        QVERIFY(world.ask({}).isEmpty());
    }

    // A mailbox counts the calls of a batch too, and cannot be made to wait within one.
    void aMailboxIsAskedOneByOne()
    {
        World world;
        const GraphRequest mail{.path = u"/v1.0/me/messages"_s};
        world.graph.expect("GET", mail.path, answer::json(200, {}), 5);
        world.expectBatch(&TestGraphBatch::echo);
        const GraphAnswers answers = world.ask({mail, user(1), mail, mail, user(2), mail, mail});
        for (const auto &answer : answers)
            QVERIFY(answer.ok());
        QCOMPARE(urlOf(answers.at(4)), u"/users/2"_s);
    }

    void anErrorIsOneAnswersAlone()
    {
        World world;
        world.expectBatch([](const QJsonObject &request) {
            if (request["url"_L1] == u"/users/2"_s) {
                return part(request, 404,
                            {{u"error"_s, QJsonObject{{u"code"_s, u"ResourceNotFound"_s}}}});
            }
            if (request["url"_L1] == u"/users/4"_s)
                return part(request, 403, {}); // not challenged: for good
            if (request["url"_L1] == u"/users/3"_s) // left out: another id
                return part({{u"id"_s, u"nobody"_s}}, 200, {});
            return echo(request);
        });
        const GraphAnswers answers = world.ask({user(1), user(2), user(3), user(4)});
        QCOMPARE(urlOf(answers.at(0)), u"/users/1"_s);
        QCOMPARE(kindName(answers.at(1).error().kind), kindName(Error::Kind::NotFound));
        QCOMPARE(answers.at(1).error().serviceCode, u"ResourceNotFound"_s);
        QCOMPARE(kindName(answers.at(2).error().kind), kindName(Error::Kind::ServiceFault));
        QCOMPARE(kindName(answers.at(3).error().kind), kindName(Error::Kind::Forbidden));
    }

    // The retries of any GET: a pause, a new token.
    void whatMayEndOtherwiseIsAskedByItself_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {401, 403, 429, 500, 503})
            QTest::addRow("%d", status) << status;
    }
    void whatMayEndOtherwiseIsAskedByItself()
    {
        QFETCH(int, status);
        World world;
        world.expectBatch([status](const QJsonObject &request) {
            if (request["url"_L1] != u"/users/2"_s)
                return echo(request);
            QJsonObject refused = part(request, status, {});
            if (status == 403)
                refused.insert(u"headers"_s, QJsonObject{{u"WWW-Authenticate"_s, u"Bearer"_s}});
            return refused;
        });
        world.graph.expect("GET", u"/v1.0/users/2"_s, answer::json(200, {{u"url"_s, u"alone"_s}}));
        const GraphAnswers answers = world.ask({user(1), user(2)});
        QCOMPARE(urlOf(answers.at(0)), u"/users/1"_s);
        QCOMPARE(urlOf(answers.at(1)), u"alone"_s);
    }

    // Its part of the service is left alone for as long as Graph says, by everybody.
    void aPauseWithinABatchIsHeeded_data()
    {
        QTest::addColumn<QJsonValue>("retryAfter");
        QTest::newRow("text") << QJsonValue(u"600"_s);
        QTest::newRow("number") << QJsonValue(600);
    }
    void aPauseWithinABatchIsHeeded()
    {
        QFETCH(QJsonValue, retryAfter);
        World world;
        world.context->deadline = QDeadlineTimer(20s);
        world.expectBatch([&](const QJsonObject &request) {
            QJsonObject refused = part(request, 429, {});
            refused.insert(u"headers"_s, QJsonObject{{u"Retry-After"_s, retryAfter}});
            return request["url"_L1] == u"/users/2"_s ? refused : echo(request);
        });
        const GraphAnswers answers = world.ask({user(1), user(2)});
        QCOMPARE(urlOf(answers.at(0)), u"/users/1"_s);
        QCOMPARE(kindName(answers.at(1).error().kind), kindName(Error::Kind::Throttled));
        QCOMPARE(world.graph.requests().size(), 1);
    }

    void aBatchThatFailsIsEverybodysError()
    {
        World world;
        world.graph.expect("POST", u"/v1.0/$batch"_s, answer::json(400, {}));
        for (const auto &answer : world.ask({user(1), user(2)}))
            QCOMPARE(kindName(answer.error().kind), kindName(Error::Kind::BadRequest));
    }

    void theClientMayGoWhileABatchIsUnderWay()
    {
        ScriptedServer graph;
        FakeTokenSource tokens;
        auto client = std::make_unique<GraphClient>(&tokens);
        client->setGraphUrl(graph.url());
        graph.expect("POST", u"/v1.0/$batch"_s, answer::never());
        QObject owner;
        std::optional<Result<GraphAnswers>> got;
        whenDone(getAll(client.get(), {user(1), user(2)}, std::make_shared<RequestContext>()),
                 &owner, [&](const Result<GraphAnswers> &answers) { got = answers; });
        QTRY_COMPARE(graph.requests().size(), 1);
        client.reset();
        QTRY_VERIFY(got.has_value());
        QCOMPARE(kindName(got->error().kind), kindName(Error::Kind::Cancelled));
    }
};

QTEST_GUILESS_MAIN(TestGraphBatch)
#include "tst_graph_batch.moc"
