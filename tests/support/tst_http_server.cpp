// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The servers that other tests rely on: what they answer, and that they fail a test when they must.

#include "tests/support/scripted_server.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace test_support;

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesAndKeepAlive();
    void requestCutIntoBytes();
    void badRequests_data();
    void badRequests();
    void wrongAnswers_data();
    void wrongAnswers();
    void answerLater();
    void goneHostRefuses();
    void expectationsAreUsedInOrder();
    void unscriptedRequestIsRecorded();

private:
    QNetworkReply *finished(QNetworkReply *reply)
    {
        QSignalSpy spy(reply, &QNetworkReply::finished);
        if (!reply->isFinished())
            spy.wait(10000);
        return reply;
    }

    QNetworkAccessManager m_network;
};

void TestHttpServer::bodiesAndKeepAlive()
{
    HttpServer server;
    QVERIFY(server.listen());
    QList<HttpRequest> seen;
    server.setHandler([&](const HttpRequest &request, const HttpReply &reply) {
        seen.append(request);
        reply.send(HttpResponse::json(200, {{u"n"_s, int(seen.size())}}));
    });
    QNetworkRequest request(QUrl(server.url().toString() + u"/a%20b?x=1%2B1&y=a+b"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    QCOMPARE(finished(m_network.post(request, "k=v%26w&k=2"))->readAll(), "{\"n\":1}"_ba);
    QCOMPARE(finished(m_network.get(request))->readAll(), "{\"n\":2}"_ba);
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen.at(0).method, "POST"_ba);
    QCOMPARE(seen.at(0).path(), u"/a b"_s);
    QCOMPARE(fieldValue(seen.at(0).query(), u"x"_s), u"1+1"_s);
    QCOMPARE(fieldValue(seen.at(0).query(), u"y"_s), u"a b"_s);
    QCOMPARE(seen.at(0).form(), (FormFields{{u"k"_s, u"v&w"_s}, {u"k"_s, u"2"_s}}));
    QCOMPARE(seen.at(0).header("CONTENT-type"), "application/x-www-form-urlencoded"_ba);
    QCOMPARE(seen.at(1).connection, 1);
    QCOMPARE(server.connectionCount(), 1);
}

void TestHttpServer::requestCutIntoBytes()
{
    HttpServer server;
    QVERIFY(server.listen());
    server.setHandler([](const HttpRequest &request, const HttpReply &reply) {
        reply.send(
            HttpResponse::text(200, "text/plain", request.body).withHeader("Connection", "close"));
    });
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server.port());
    QVERIFY(QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }));
    socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const QByteArray request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    for (const char byte : request) {
        socket.write(&byte, 1);
        socket.flush();
        QCoreApplication::processEvents();
    }
    QVERIFY(QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
    QVERIFY(answer.endsWith("\r\n\r\nhello"));
}

void TestHttpServer::badRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("garbage") << "hello\r\n\r\n"_ba
                             << "400"_ba;
    QTest::newRow("header without colon") << "GET / HTTP/1.1\r\nnope\r\n\r\n"_ba
                                          << "400"_ba;
    QTest::newRow("length no number") << "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"_ba
                                      << "400"_ba;
    QTest::newRow("chunked body") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                                  << "411"_ba;
    QTest::newRow("endless head") << QByteArray(300 * 1024, 'x') << "431"_ba;
}

void TestHttpServer::badRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    HttpServer server;
    QVERIFY(server.listen());
    bool handled = false;
    server.setHandler([&](const HttpRequest &, const HttpReply &) { handled = true; });
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server.port());
    socket.write(request);
    QVERIFY(QTest::qWaitFor([&] { return socket.bytesAvailable() > 0; }));
    QCOMPARE(socket.readLine().mid(9, 3), status);
    QVERIFY(!handled);
}

void TestHttpServer::wrongAnswers_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("truncated") << 0;
    QTest::newRow("reset") << 1;
    QTest::newRow("closed") << 2;
    QTest::newRow("no HTTP") << 3;
}

void TestHttpServer::wrongAnswers()
{
    QFETCH(int, which);
    ScriptedServer server;
    const QList<Answer> answers{
        answer::truncated(HttpResponse::json(200, {{u"name"_s, u"Adele Vance"_s}}), 5),
        answer::reset(),
        answer::close(),
        answer::raw("what?\r\n\r\n"),
    };
    // QNetworkAccessManager asks again when a connection closes without an answer.
    server.expect("GET", u"/x"_s, answers.at(which), ScriptedServer::always);
    QNetworkReply *reply = finished(m_network.get(QNetworkRequest(server.url(u"/x"_s))));
    QVERIFY(reply->isFinished());
    QVERIFY(reply->error() != QNetworkReply::NoError);
}

void TestHttpServer::answerLater()
{
    ScriptedServer server;
    QList<HttpReply> kept;
    server.expect("GET", u"/kept"_s,
                  [&](const HttpRequest &, const HttpReply &reply) { kept.append(reply); });
    server.expect("GET", u"/slow"_s, answer::after(std::chrono::milliseconds(20), {.status = 204}));
    QNetworkReply *slow = finished(m_network.get(QNetworkRequest(server.url(u"/slow"_s))));
    QCOMPARE(slow->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 204);
    QNetworkReply *reply = m_network.get(QNetworkRequest(server.url(u"/kept"_s)));
    QVERIFY(QTest::qWaitFor([&] { return !kept.isEmpty(); }));
    QVERIFY(!reply->isFinished());
    QVERIFY(kept.first().isOpen());
    kept.first().send(HttpResponse::json(200, {}));
    kept.first().send(HttpResponse::json(500, {})); // dropped: there was an answer
    QCOMPARE(finished(reply)->readAll(), "{}"_ba);
    QVERIFY(!kept.first().isOpen());
}

void TestHttpServer::goneHostRefuses()
{
    ScriptedServer server;
    server.server().shutDown();
    QNetworkReply *reply = finished(m_network.get(QNetworkRequest(server.url(u"/"_s))));
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
}

void TestHttpServer::expectationsAreUsedInOrder()
{
    ScriptedServer server;
    server.expect("GET", u"/me"_s, answer::json(401, {}, {{"WWW-Authenticate"_ba, "Bearer"_ba}}));
    server.expect("GET", u"/me"_s, answer::json(200, {{u"id"_s, 1}}));
    QVERIFY(!server.isUsedUp());
    QCOMPARE(server.open(), (QStringList{u"GET /me"_s, u"GET /me"_s}));
    const QNetworkRequest request(server.url(u"/me"_s));
    QNetworkReply *first = finished(m_network.get(request));
    QCOMPARE(first->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 401);
    QCOMPARE(first->rawHeader("WWW-Authenticate"), "Bearer"_ba);
    QCOMPARE(finished(m_network.get(request))->readAll(), "{\"id\":1}"_ba);
    QVERIFY(server.isUsedUp());
    QCOMPARE(server.requestsTo(u"/me"_s).size(), 2);
}

void TestHttpServer::unscriptedRequestIsRecorded()
{
    ScriptedServer server;
    server.tolerateUnscripted();
    QNetworkReply *reply =
        finished(m_network.get(QNetworkRequest(QUrl(server.url().toString() + u"/nobody?x=1"_s))));
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 501);
    QCOMPARE(server.unscripted(),
             QStringList{u"GET "_s + server.url().toString() + u"/nobody?x=1"_s});
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
