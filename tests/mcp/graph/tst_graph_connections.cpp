// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_connections.h"
#include "tests/support/http_server.h"

#include <QJsonObject>
#include <QNetworkReply>
#include <QPointer>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;
using namespace test_support;

class TestGraphConnections : public QObject
{
    Q_OBJECT

private:
    // A Graph that answers when the test says so.
    struct World
    {
        // Idle managers stay, unless a test is about them.
        explicit World(std::chrono::milliseconds idleLimit = 1h)
            : connections(idleLimit)
        {
            if (!server.listen())
                qFatal("no port");
            server.setHandler([this](const HttpRequest &request, const HttpReply &reply) {
                requests.append(request);
                waiting.append(reply);
            });
            connections.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        }
        QNetworkReply *get()
        {
            QUrl url = server.url();
            url.setPath(u"/v1.0/%1"_s.arg(replies.size()));
            replies.append(connections.get(QNetworkRequest(url)));
            return replies.last();
        }
        bool get(int count)
        {
            for (int i = 0; i < count; ++i)
                get();
            return QTest::qWaitFor([&] { return waiting.size() == count; });
        }
        // Answers whoever waits, and whoever comes next on a connection that became free.
        bool answerAll(const HttpResponse &response = HttpResponse::json(200, {}))
        {
            return QTest::qWaitFor([&] {
                for (const HttpReply &reply : std::exchange(waiting, {}))
                    reply.send(response);
                return std::all_of(replies.cbegin(), replies.cend(),
                                   [](const auto &reply) { return !reply || reply->isFinished(); });
            });
        }

        HttpServer server;
        QList<HttpRequest> requests;
        QList<HttpReply> waiting;
        QList<QPointer<QNetworkReply>> replies; // they go with their manager
        GraphConnections connections;
    };

private Q_SLOTS:
    void oneCallAfterTheOtherTakesOneConnection()
    {
        World world;
        for (int i = 0; i < 20; ++i) {
            world.get();
            QVERIFY(world.answerAll());
        }
        QCOMPARE(world.server.connectionCount(), 1);
        QCOMPARE(world.connections.managerCount(), 1);
    }

    void noneOf32CallsWaitsForAnother()
    {
        World world;
        QVERIFY(world.get(32)); // all have arrived, and none is answered
        QCOMPARE(world.connections.managerCount(), 6);
        QVERIFY(world.answerAll());
        for (const auto &reply : std::as_const(world.replies))
            QCOMPARE(reply->error(), QNetworkReply::NoError);
    }

    void whatIsTooMuchWaitsAndIsAnswered()
    {
        World world;
        for (int i = 0; i < 100; ++i)
            world.get();
        QVERIFY(world.answerAll());
        QCOMPARE(world.requests.size(), 100);
        QCOMPARE(world.connections.managerCount(), GraphConnections::managerLimit);
        QVERIFY(world.server.connectionCount() <= 36);
    }

    void aCallThatIsGivenUpMakesRoom()
    {
        World world;
        QVERIFY(world.get(6));
        QCOMPARE(world.connections.managerCount(), 1);
        world.replies.first()->abort();
        world.get();
        QCOMPARE(world.connections.managerCount(), 1);
        world.get();
        QCOMPARE(world.connections.managerCount(), 2);
        QVERIFY(world.answerAll());
    }

    void idleManagersGoAndTheFirstOneStays()
    {
        World world(200ms);
        QVERIFY(world.get(32));
        QVERIFY(world.answerAll());
        QTRY_COMPARE(world.connections.managerCount(), 1);
        world.replies.clear();
        world.get();
        QVERIFY(world.answerAll());
        QCOMPARE(world.server.connectionCount(), 32); // the first one's were kept
    }

    void aManagerWithACallIsNotIdle()
    {
        World world(200ms);
        QVERIFY(world.get(13));
        QCOMPARE(world.connections.managerCount(), 3);
        const QPointer<QNetworkReply> last = world.replies.last(); // the third one's only call
        HttpReply open = world.waiting.first();
        for (qsizetype i = 0; i < world.requests.size(); ++i) {
            if (world.requests.at(i).path() == last->url().path())
                open = world.waiting.at(i);
            else
                world.waiting.at(i).send(HttpResponse::json(200, {}));
        }
        QTRY_COMPARE(world.connections.managerCount(), 2);
        QVERIFY(last);
        open.send(HttpResponse::json(200, {}));
        QTRY_VERIFY(last->isFinished());
        QCOMPARE(last->error(), QNetworkReply::NoError);
    }

    void everyManagerKeepsNoCookiesAndFollowsNoRedirect()
    {
        World world;
        QVERIFY(world.get(32));
        QVERIFY(world.answerAll(HttpResponse::redirect(302, world.server.url())
                                    .withHeader("Set-Cookie", "session=1; Path=/")));
        for (const auto &reply : std::as_const(world.replies)) {
            QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 302);
            QCOMPARE(reply->error(), QNetworkReply::NoError);
        }
        QCOMPARE(world.requests.size(), 32);
        world.replies.clear();
        QVERIFY(world.get(32));
        for (const HttpRequest &request : std::as_const(world.requests))
            QVERIFY(request.header("Cookie").isNull());
        QVERIFY(world.answerAll());
    }

    void everyManagerTakesTheProxy_data()
    {
        QTest::addColumn<bool>("before");
        QTest::newRow("of before it was made") << true;
        QTest::newRow("of after it was made") << false;
    }
    void everyManagerTakesTheProxy()
    {
        QFETCH(bool, before);
        World world;
        HttpServer proxy;
        QVERIFY(proxy.listen());
        int asked = 0;
        proxy.setHandler([&](const HttpRequest &, const HttpReply &reply) {
            ++asked;
            reply.send(HttpResponse::json(200, {}));
        });
        if (!before) {
            QVERIFY(world.get(32));
            QVERIFY(world.answerAll());
            world.replies.clear();
            QCOMPARE(world.connections.managerCount(), 6);
        }
        world.connections.setProxy(
            QNetworkProxy(QNetworkProxy::HttpProxy, proxy.url().host(), proxy.port()));
        for (int i = 0; i < 32; ++i)
            world.get();
        QCOMPARE(world.connections.managerCount(), 6);
        QTRY_COMPARE(asked, 32);
        QVERIFY(world.answerAll());
        QCOMPARE(world.requests.size(), before ? 0 : 32);
    }
};

QTEST_GUILESS_MAIN(TestGraphConnections)
#include "tst_graph_connections.moc"
