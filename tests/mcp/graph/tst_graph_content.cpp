// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes of files, from hosts that do everything wrong: the right bytes or an error in time, and no
// token to anybody but Graph.

#include "mcp/graph/content_location.h"
#include "mcp/graph/graph_content.h"
#include "tests/mcp/support/fakes.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_server.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace mcp;
using namespace test_support;

namespace {

const QString itemPath = u"/v1.0/me/drive/items/01/content"_s;
const QString filePath = u"/file"_s;
const QByteArray text = "0123456789";

HttpResponse file(const QByteArray &bytes, const QByteArray &eTag = "\"1\"")
{
    const HttpResponse whole = HttpResponse::text(200, "text/plain", bytes);
    return eTag.isEmpty() ? whole : whole.withHeader("ETag", eTag);
}

HttpResponse part(qint64 first, const QByteArray &bytes, const QByteArray &size = "10",
                  const QByteArray &eTag = "\"1\"")
{
    HttpResponse some =
        file(bytes, eTag)
            .withHeader("Content-Range",
                        "bytes " + QByteArray::number(first) + '-'
                            + QByteArray::number(first + bytes.size() - 1) + '/' + size);
    some.status = 206;
    return some;
}

HttpResponse status(int status)
{
    return HttpResponse::text(status, "text/plain", "words that nobody may see");
}

// Bytes of a body that ends with the connection.
QByteArray unmeasured(const QByteArray &head, const QByteArray &body)
{
    return "HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n" + body;
}

struct World
{
    explicit World(std::chrono::milliseconds stallLimit = 10s)
        : content(&client, stallLimit)
    {
        client.setGraphUrl(graph.url());
    }
    void leadsTo(const QUrl &url, int times = 1)
    {
        graph.expect("GET", itemPath,
                     answer::with(HttpResponse::redirect(302, url).withHeader("Set-Cookie",
                                                                              "secret=1; Path=/")),
                     times);
    }
    void leadsToHost(int times = 1) { leadsTo(host.url(filePath), times); }
    void serves(const Answer &answer, int times = 1)
    {
        host.expect("GET", filePath, answer, times);
    }
    void serves(const HttpResponse &response, int times = 1)
    {
        serves(answer::with(response), times);
    }
    Result<ContentEnd> fetch(qint64 first = 0, std::optional<qint64> most = {})
    {
        std::optional<Result<ContentEnd>> result;
        const ContentRequest request{.item = {.path = itemPath, .scopes = {u"Files.Read"_s}},
                                     .first = first,
                                     .most = most,
                                     .take = [this](const QByteArray &some) {
                                         got += some;
                                         return problem;
                                     }};
        whenDone(content.fetch(request, context), &owner,
                 [&](const Result<ContentEnd> &end) { result = end; });
        (void)QTest::qWaitFor([&] { return result.has_value(); }, 30'000);
        return result ? *result
                      : Result<ContentEnd>(Error{.kind = Error::Kind::Bug, .detail = u"never"_s});
    }

    ScriptedServer graph;
    ScriptedServer host;
    FakeTokenSource tokens;
    GraphClient client{&tokens};
    GraphContent content;
    std::shared_ptr<RequestContext> context = std::make_shared<RequestContext>();
    QByteArray got;
    std::optional<Error> problem;
    QObject owner;
};

// One byte of a large file at a time.
class DrippingHost : public QTcpServer
{
public:
    DrippingHost()
    {
        (void)listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            auto *drip = new QTimer(socket);
            connect(drip, &QTimer::timeout, socket, [socket] { socket->write("x"); });
            drip->start(20ms);
        });
    }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/file"_s.arg(serverPort())); }
};

} // namespace

class TestGraphContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTokenGoesToGraphAndNowhereElse()
    {
        World world;
        world.leadsToHost();
        world.serves(file(text));
        const auto end = world.fetch();
        QVERIFY(end.ok());
        QCOMPARE(world.got, text);
        QCOMPARE(end->received, 10);
        QCOMPARE(end->size, 10);
        QCOMPARE(world.graph.requests().first().header("Authorization"), "Bearer token-1");
        const HttpRequest there = world.host.requests().first();
        for (const char *name :
             {"Authorization", "Cookie", "client-request-id", "Range", "Referer"})
            QVERIFY2(there.header(name).isNull(), name);
    }

    // Nor to Graph itself, where it does not belong to Graph's API.
    void noTokenToALinkOnTheSameOrigin()
    {
        World world;
        world.leadsTo(world.graph.url(u"/raw"_s));
        world.graph.expect("GET", u"/raw"_s, answer::with(file(text)));
        QVERIFY(world.fetch().ok());
        const HttpRequest there = world.graph.requestsTo(u"/raw"_s).first();
        QVERIFY(there.header("Authorization").isNull());
        QVERIFY(there.header("Cookie").isNull());
    }

    void links_data()
    {
        QTest::addColumn<QByteArray>("link");
        QTest::addColumn<QString>("graph");
        QTest::addColumn<bool>("isTaken");
        const QString real = u"https://graph.microsoft.com"_s;
        const QString sandbox = u"http://127.0.0.1:4000"_s;
        QTest::newRow("https") << "https://a.files.example/x?y=z"_ba << real << true;
        QTest::newRow("https from the sandbox") << "https://a.example/x"_ba << sandbox << true;
        QTest::newRow("http") << "http://a.files.example/x"_ba << real << false;
        QTest::newRow("http to loopback") << "http://127.0.0.1/x"_ba << real << false;
        QTest::newRow("http from the sandbox") << "http://a.example/x"_ba << sandbox << false;
        QTest::newRow("sandbox") << "http://127.0.0.1:5000/x"_ba << sandbox << true;
        QTest::newRow("TLS on loopback")
            << "http://127.0.0.1:5000/x"_ba << u"https://localhost:4000"_s << false;
        QTest::newRow("plain http of others")
            << "http://127.0.0.1:5000/x"_ba << u"http://graph.example"_s << false;
        QTest::newRow("user") << "https://a:b@files.example/x"_ba << real << false;
        QTest::newRow("relative") << "/x"_ba << real << false;
        QTest::newRow("file") << "file:///etc/passwd"_ba << real << false;
        QTest::newRow("data") << "data:text/plain,x"_ba << real << false;
        QTest::newRow("no host") << "https:///x"_ba << real << false;
        QTest::newRow("none") << QByteArray() << real << false;
    }
    void links()
    {
        QFETCH(QByteArray, link);
        QFETCH(QString, graph);
        QFETCH(bool, isTaken);
        const auto url = contentLocation(link, QUrl(graph));
        QCOMPARE(url.ok(), isTaken);
        if (!isTaken)
            QCOMPARE(url.error().kind, Error::Kind::ServiceFault);
        else
            QCOMPARE(url->toEncoded(), link);
    }

    void fromTlsNothingIsReadWithout()
    {
        const TrustsTestIssuer trust;
        ScriptedServer graph(serverTls(u"good"_s));
        World world;
        world.client.setGraphUrl(graph.url());
        graph.expect("GET", itemPath,
                     answer::with(HttpResponse::redirect(302, world.host.url(filePath))));
        QCOMPARE(world.fetch().error().kind, Error::Kind::ServiceFault);
    }

    void aPartOfAFile()
    {
        World world;
        world.leadsToHost();
        world.serves(part(4, "456"));
        const auto end = world.fetch(4, 3);
        QVERIFY(end.ok());
        QCOMPARE(world.got, "456");
        QCOMPARE(end->size, 10);
        QCOMPARE(world.host.requests().first().header("Range"), "bytes=4-6");
    }

    void aServerMaySendAllOfIt()
    {
        World world;
        world.leadsToHost();
        world.serves(file(text));
        QVERIFY(world.fetch(4, 3).ok());
        QCOMPARE(world.got, "456");
    }

    void aPartMayBeShorterThanAskedFor()
    {
        World world;
        world.leadsToHost();
        world.serves(part(8, "89"));
        const auto end = world.fetch(8, 100);
        QVERIFY(end.ok());
        QCOMPARE(end->received, 2);
    }

    void whatIsNoSuchPart_data()
    {
        QTest::addColumn<QByteArray>("raw");
        const auto row = [](const char *name, const QByteArray &range, const QByteArray &body) {
            QTest::newRow(name) << unmeasured("206 Part\r\nETag: \"1\"" + range, body);
        };
        row("none", {}, "4567");
        row("elsewhere", "\r\nContent-Range: bytes 0-3/10", "0123");
        row("more than asked for", "\r\nContent-Range: bytes 4-9/10", "456789");
        row("backwards", "\r\nContent-Range: bytes 4-2/10", "456");
        row("beyond its end", "\r\nContent-Range: bytes 4-7/6", "4567");
        row("other unit", "\r\nContent-Range: lines 4-7/10", "4567");
        row("longer than announced", "\r\nContent-Range: bytes 4-7/10", "45678901234567890");
        row("other length", "\r\nContent-Range: bytes 4-7/10\r\nContent-Length: 6", "456789");
        row("in another encoding", "\r\nContent-Range: bytes 4-7/10\r\nContent-Encoding: gzip",
            "4567");
    }
    void whatIsNoSuchPart()
    {
        QFETCH(QByteArray, raw);
        World world;
        world.leadsToHost();
        world.serves(answer::raw(raw));
        const auto end = world.fetch(4, 4);
        QVERIFY(!end.ok());
        QCOMPARE(end.error().kind, Error::Kind::ServiceFault);
        QCOMPARE(world.host.requests().size(), 1);
    }

    void itGoesOnWhereItBrokeOff_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("length") << "200 OK\r\nETag: \"1\"\r\nContent-Length: 10"_ba;
        QTest::newRow("range") << "206 Part\r\nETag: \"1\"\r\nContent-Range: bytes 0-9/10"_ba;
    }
    void itGoesOnWhereItBrokeOff()
    {
        QFETCH(QByteArray, head);
        World world;
        world.leadsToHost();
        world.serves(answer::raw(unmeasured(head, "0123")));
        world.serves(part(4, "456789"));
        const auto end = world.fetch();
        QVERIFY(end.ok());
        QCOMPARE(world.got, text);
        QCOMPARE(world.host.requests().at(1).header("Range"), "bytes=4-");
        QCOMPARE(world.host.requests().at(1).header("If-Match"), "\"1\"");
    }

    void itDoesNotGoOnWithAnotherFile_data()
    {
        QTest::addColumn<QByteArray>("eTag");
        QTest::addColumn<HttpResponse>("then");
        QTest::addColumn<int>("requests");
        QTest::newRow("no ETag") << QByteArray() << part(4, "456789") << 1;
        QTest::newRow("weak ETag") << "W/\"1\""_ba << part(4, "456789") << 1;
        QTest::newRow("another ETag") << "\"1\""_ba << part(4, "456789", "10", "\"2\"") << 2;
        QTest::newRow("another size") << "\"1\""_ba << part(4, "45678901", "12") << 2;
        QTest::newRow("refused") << "\"1\""_ba << status(412) << 2;
        QTest::newRow("shorter now") << "\"1\""_ba << status(416) << 2;
        QTest::newRow("all of another") << "\"1\""_ba << file("abcdefghij", "\"2\"") << 2;
    }
    void itDoesNotGoOnWithAnotherFile()
    {
        QFETCH(QByteArray, eTag);
        QFETCH(HttpResponse, then);
        QFETCH(int, requests);
        World world;
        world.leadsToHost();
        world.serves(answer::truncated(file(text, eTag), 4));
        if (requests > 1)
            world.serves(then);
        QCOMPARE(world.fetch().error().kind, Error::Kind::ServiceFault);
        QCOMPARE(world.host.requests().size(), requests);
        QCOMPARE(world.got, "0123");
    }

    void onePieceLostIsNotTheEnd()
    {
        World world;
        world.leadsToHost();
        world.serves(status(500), 2);
        QCOMPARE(world.fetch().error().kind, Error::Kind::ServiceFault);
        world.leadsToHost();
        world.serves(status(502));
        world.serves(file(text));
        QVERIFY(world.fetch().ok());
    }

    void anEndlessRowOfPiecesEnds()
    {
        World world;
        world.leadsToHost();
        world.serves(
            [](const HttpRequest &request, const HttpReply &reply) {
                const qint64 first =
                    request.header("Range").replace("bytes=", "").replace("-", "").toLongLong();
                reply.sendTruncated(first == 0 ? file(QByteArray(1000, 'x'))
                                               : part(first, QByteArray(1000 - first, 'x'), "1000"),
                                    1);
            },
            ScriptedServer::always);
        QCOMPARE(world.fetch().error().kind, Error::Kind::ServiceFault);
        QVERIFY(world.host.requests().size() < 30);
    }

    void anExpiredLinkIsAskedForAgain_data()
    {
        QTest::addColumn<int>("code");
        for (const int code : {401, 403, 404, 410})
            QTest::addRow("%d", code) << code;
    }
    void anExpiredLinkIsAskedForAgain()
    {
        QFETCH(int, code);
        World world;
        world.leadsToHost(2);
        world.serves(status(code));
        world.serves(file(text));
        QVERIFY(world.fetch().ok());
        QCOMPARE(world.got, text);
        world.leadsToHost(2);
        world.serves(status(code), 2);
        QCOMPARE(world.fetch().error().kind, Error::Kind::NotFound);
    }

    void whatElseIsNoFile_data()
    {
        QTest::addColumn<HttpResponse>("response");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("second redirect")
            << HttpResponse::redirect(302, QUrl(u"https://elsewhere.example/x"_s))
            << "ServiceFault"_ba;
        QTest::newRow("416") << status(416) << "ServiceFault"_ba;
        QTest::newRow("400") << status(400) << "ServiceFault"_ba;
        QTest::newRow("429") << status(429).withHeader("Retry-After", "7") << "Throttled"_ba;
        QTest::newRow("encoded") << file("abc").withHeader("Content-Encoding", "br")
                                 << "ServiceFault"_ba;
    }
    void whatElseIsNoFile()
    {
        QFETCH(HttpResponse, response);
        QFETCH(QByteArray, kind);
        World world;
        world.leadsToHost();
        world.serves(response);
        const auto end = world.fetch();
        QVERIFY(!end.ok());
        QCOMPARE(QByteArray(kindName(end.error().kind).data()), kind);
        QVERIFY(!end.error().detail.contains(u"nobody may see"_s));
        QVERIFY(!end.error().detail.contains(u"127.0.0.1"_s));
        QVERIFY(world.got.isEmpty());
        if (kind == "Throttled")
            QCOMPARE(end.error().retryAfter, 7s);
    }

    void aDripEndsWithTheDeadline()
    {
        DrippingHost host;
        World world;
        world.leadsTo(host.url());
        world.context->deadline = QDeadlineTimer(500ms, Qt::PreciseTimer);
        QElapsedTimer time;
        time.start();
        QCOMPARE(world.fetch().error().kind, Error::Kind::Timeout);
        QVERIFY(time.elapsed() >= 400 && time.elapsed() < 3000);
        QVERIFY(world.got.size() > 2);
    }

    void silenceCountsAsBrokenOff()
    {
        World world(200ms);
        world.leadsToHost();
        world.serves(
            answer::raw("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n0123", false));
        world.serves(part(4, "456789"));
        QVERIFY(world.fetch().ok());
        QCOMPARE(world.got, text);
    }

    void withdrawn()
    {
        DrippingHost host;
        World world;
        world.leadsTo(host.url());
        QTimer::singleShot(300ms, &world.owner, [&] { world.context->cancellation->cancel(); });
        QCOMPARE(world.fetch().error().kind, Error::Kind::Cancelled);
        const QByteArray before = world.got;
        QTest::qWait(100);
        QCOMPARE(world.got, before);
        QCOMPARE(world.fetch().error().kind, Error::Kind::Cancelled);
    }

    void whoTakesThemMaySayNo()
    {
        World world;
        world.leadsToHost();
        world.serves(file(text));
        world.problem = Error{.kind = Error::Kind::StorageFault, .detail = u"disk full"_s};
        QCOMPARE(world.fetch().error().kind, Error::Kind::StorageFault);
    }

    void whatGraphSaysIsPassedOn()
    {
        World world;
        world.graph.expect("GET", itemPath, answer::with(status(404)));
        QCOMPARE(world.fetch().error().kind, Error::Kind::NotFound);
        world.graph.expect("GET", itemPath, answer::json(200, {{u"id"_s, u"1"_s}}));
        QCOMPARE(world.fetch().error().kind, Error::Kind::ServiceFault);
    }

    void itEndsWithItsOwner()
    {
        DrippingHost host;
        FakeTokenSource tokens;
        GraphClient client(&tokens);
        ScriptedServer graph;
        client.setGraphUrl(graph.url());
        graph.expect("GET", itemPath, answer::with(HttpResponse::redirect(302, host.url())));
        auto content = std::make_unique<GraphContent>(&client);
        const auto future =
            content->read({.path = itemPath}, 0, 1000, std::make_shared<RequestContext>());
        QVERIFY(QTest::qWaitFor([&] { return graph.requests().size() == 1; }));
        QTest::qWait(100);
        content.reset();
        QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }));
        QCOMPARE(endOf(future).error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestGraphContent)
#include "tst_graph_content.moc"
