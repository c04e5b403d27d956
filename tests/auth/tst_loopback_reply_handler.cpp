// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The loopback port against everybody who may knock: raw sockets, forged and broken requests. After
// each of them the right answer still succeeds.

#include "auth/loopback_reply_handler.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using auth::LoopbackReplyHandler;

namespace {

const QByteArray state = "0123456789012345678901234567890123456789abc"_ba;

class Peer
{
public:
    explicit Peer(quint16 port, const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket,
                         [this] { m_received += m_socket.readAll(); });
        m_socket.connectToHost(address, port);
        m_socket.waitForConnected(5000);
    }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isGone() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    QByteArray answer() const { return m_received; }
    int status() const { return m_received.mid(9, 3).toInt(); }
    QTcpSocket &socket() { return m_socket; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

struct Door
{
    explicit Door(LoopbackReplyHandler::Patience patience = {})
        : handler(state, patience)
        , answered(&handler, &LoopbackReplyHandler::callbackReceived)
        , refused(&handler, &LoopbackReplyHandler::refused)
    {
        if (handler.listen())
            qFatal("cannot listen on loopback");
    }
    QByteArray host() const { return "localhost:" + QByteArray::number(handler.port()); }
    QByteArray post(const QByteArray &body, const QByteArray &headers = {}) const
    {
        return "POST / HTTP/1.1\r\nHost: " + host()
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
    }
    QByteArray rightAnswer() const
    {
        return post("code=abc%2B&state=" + state + "&session_state=1");
    }

    // The right answer still gets through, and once only.
    void expectRightAnswer()
    {
        Peer browser(handler.port());
        browser.send(rightAnswer());
        QTRY_COMPARE(answered.count(), 1);
        QCOMPARE(answered.first().first().toMap().value(u"code"_s).toString(), u"abc+"_s);
        QVERIFY(!handler.isListening());
        QVERIFY(browser.answer().isEmpty()); // held until the outcome is known
        handler.showSignedIn(u"adele@contoso.com"_s);
        QTRY_VERIFY(browser.isGone());
        QCOMPARE(browser.status(), 200);
        QVERIFY(browser.answer().contains("adele@contoso.com"));
        QVERIFY(browser.answer().endsWith("</html>\n"));
        QCOMPARE(answered.count(), 1);
    }

    LoopbackReplyHandler handler;
    QSignalSpy answered;
    QSignalSpy refused;
};

} // namespace

class TestLoopbackReplyHandler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRightAnswer()
    {
        Door door;
        QCOMPARE(door.handler.callback(), u"http://localhost:%1"_s.arg(door.handler.port()));
        door.expectRightAnswer();
    }

    void overIPv6()
    {
        Door door;
        QTcpServer probe;
        if (!probe.listen(QHostAddress(QHostAddress::LocalHostIPv6)))
            QSKIP("this machine has no IPv6 on loopback");
        Peer browser(door.handler.port(), QHostAddress(QHostAddress::LocalHostIPv6));
        browser.send(door.rightAnswer());
        QTRY_COMPARE(door.answered.count(), 1);
    }

    void byteByByte()
    {
        Door door;
        Peer browser(door.handler.port());
        const QByteArray request = door.rightAnswer();
        QTRY_VERIFY(browser.isConnected());
        browser.socket().setSocketOption(QAbstractSocket::LowDelayOption, 1);
        for (const char byte : request) {
            browser.send(QByteArray(1, byte));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(door.answered.count(), 1);
    }

    void forgeries_data()
    {
        QTest::addColumn<QByteArray>("request"); // HOST and STATE are filled in
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &request, int status) {
            QTest::newRow(name) << request << status;
        };
        const auto post = [](const QByteArray &body, const QByteArray &headers = {},
                             const QByteArray &host = "HOST", const QByteArray &target = "/") {
            return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: "
                + QByteArray::number(QByteArray(body).replace("STATE", state).size()) + "\r\n"
                + (headers.isEmpty() ? "Content-Type: application/x-www-form-urlencoded\r\n"_ba
                                     : headers)
                + "\r\n" + body;
        };
        const QByteArray type = "Content-Type: application/x-www-form-urlencoded\r\n";
        row("GET with a code and the right state",
            "GET /?code=1&state=STATE HTTP/1.1\r\nHost: HOST\r\n\r\n", 404);
        row("GET", "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405);
        row("HEAD", "HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405);
        row("OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405);
        row("PUT", "PUT / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405);
        row("favicon", "GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n", 404);
        row("another path", post("code=1&state=STATE", {}, "HOST", "/callback"), 404);
        row("a query as well", post("code=1&state=STATE", {}, "HOST", "/?code=2"), 404);
        row("absolute target", post("code=1&state=STATE", {}, "HOST", "http://HOST/"), 404);
        row("a rebound name", post("code=1&state=STATE", {}, "evil.example:1"), 421);
        row("the right name without the port", post("code=1&state=STATE", {}, "localhost"), 421);
        row("a name that begins like ours",
            post("code=1&state=STATE", {}, "localhost.evil.example"), 421);
        row("no host", "POST / HTTP/1.1\r\n\r\n", 421);
        row("text", post("code=1&state=STATE", "Content-Type: text/plain\r\n"), 415);
        row("JSON", post("{}", "Content-Type: application/json\r\n"), 415);
        row("no type", post("code=1&state=STATE", "X: y\r\n"), 415);
        row("a script", post("code=1&state=STATE", type + "Sec-Fetch-Mode: cors\r\n"), 403);
        row("wrong state", post("code=1&state=X" + state.mid(1)), 403);
        row("state one character short", post("code=1&state=" + state.chopped(1)), 403);
        row("no state", post("code=1"), 403);
        row("empty body", post(""), 403);
        row("an error without state", post("error=access_denied"), 403);
        row("an error with a wrong state", post("error=access_denied&state=x"), 403);
        row("state twice", post("code=1&state=STATE&state=STATE"), 400);
        row("code twice", post("code=1&code=2&state=STATE"), 400);
        row("code and error", post("code=1&error=x&state=STATE"), 400);
        row("neither code nor error", post("state=STATE"), 400);
        row("empty code", post("code=&state=STATE"), 400);
        row("broken encoding", post("code=%x&state=STATE"), 400);
        row("chunked",
            "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501);
        row("a head of 200 KB",
            "GET / HTTP/1.1\r\nHost: HOST\r\nCookie: " + QByteArray(200 * 1024, 'x') + "\r\n\r\n",
            431);
        row("a body of 2 MB",
            "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2000000\r\n\r\n"
                + QByteArray(2000000, 'x'),
            413);
        row("garbage", QByteArray(100, '\xfe') + "\r\n\r\n", 400);
    }
    void forgeries()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        Door door;
        request.replace("HOST", door.host()).replace("STATE", state);
        Peer peer(door.handler.port());
        peer.send(request);
        QTRY_VERIFY(peer.isGone());
        QCOMPARE(peer.status(), status);
        QCOMPARE(door.answered.count(), 0);
        QCOMPARE(door.refused.count(), 0);
        QVERIFY(door.handler.isListening());
        QVERIFY(!peer.answer().contains(state));
        if (request.startsWith("HEAD"))
            QVERIFY(peer.answer().endsWith("\r\n\r\n"));
        door.expectRightAnswer();
    }

    void answersCannotBeKeptOrFramed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("signed in") << "code=1&state="_ba + state;
        QTest::newRow("refused") << "code=1&state=wrong"_ba;
    }
    void answersCannotBeKeptOrFramed()
    {
        QFETCH(QByteArray, body);
        Door door;
        Peer browser(door.handler.port());
        browser.send(door.post(body));
        QTest::qWait(20);
        door.handler.showSignedIn(u"<script>alert(1)</script>{{account}}"_s);
        QTRY_VERIFY(browser.isGone());
        for (const QByteArray &header :
             {"Cache-Control: no-store"_ba, "Referrer-Policy: no-referrer"_ba,
              "Content-Security-Policy: default-src 'none'; style-src 'sha256-"_ba,
              "frame-ancestors 'none'"_ba, "X-Content-Type-Options: nosniff"_ba,
              "Connection: close"_ba})
            QVERIFY2(browser.answer().contains(header), header.constData());
        QVERIFY(!browser.answer().contains("<script"));
        if (body.endsWith(state))
            QVERIFY(browser.answer().contains("&lt;script&gt;alert(1)&lt;/script&gt;{{account}}"));
    }

    void entraSaysNo()
    {
        Door door;
        Peer browser(door.handler.port());
        browser.send(door.post("error=access_denied&error_description=AADSTS65004%3a+no&"
                               "error_subcode=cancel&state="
                               + state));
        QTRY_COMPARE(door.refused.count(), 1);
        QCOMPARE(door.refused.first().at(0).toString(), u"access_denied"_s);
        QCOMPARE(door.refused.first().at(1).toString(), u"AADSTS65004: no"_s);
        QCOMPARE(door.answered.count(), 0);
        door.handler.showFailed(u"Title & more"_s, u"<b>what</b>"_s, u"do"_s);
        QTRY_VERIFY(browser.isGone());
        QVERIFY(browser.answer().contains("Title &amp; more"));
        QVERIFY(browser.answer().contains("&lt;b&gt;what&lt;/b&gt;"));
    }

    void theFirstOfTwoRightAnswersCounts()
    {
        Door door;
        Peer first(door.handler.port());
        Peer second(door.handler.port());
        QTRY_VERIFY(first.isConnected() && second.isConnected());
        first.send(door.rightAnswer());
        second.send(door.rightAnswer());
        QTRY_COMPARE(door.answered.count(), 1);
        QTRY_VERIFY(first.isGone() || second.isGone());
        QTest::qWait(30);
        QCOMPARE(door.answered.count(), 1);
    }

    void slowPeersAreSentAway()
    {
        Door door({.request = std::chrono::milliseconds(100)});
        Peer silent(door.handler.port());
        Peer slow(door.handler.port());
        slow.send("POST / HTTP/1.1\r\nHost: ");
        QTRY_VERIFY(silent.isConnected() && slow.isConnected());
        QTRY_VERIFY(silent.isGone() && slow.isGone());
        door.expectRightAnswer();
    }

    void squattersDoNotLockTheBrowserOut()
    {
        Door door; // 10 s: longer than this test takes
        std::vector<std::unique_ptr<Peer>> squatters;
        for (int i = 0; i < 40; ++i) {
            squatters.push_back(std::make_unique<Peer>(door.handler.port()));
            if (i % 2)
                squatters.back()->send("POST / HTTP/1.1\r\n");
        }
        QTest::qWait(50);
        door.expectRightAnswer();
    }

    void aBrowserThatLeavesDoesNoHarm()
    {
        Door door;
        {
            Peer browser(door.handler.port());
            browser.send(door.rightAnswer());
            QTRY_COMPARE(door.answered.count(), 1);
        }
        QTest::qWait(20);
        door.handler.showSignedIn(u"adele"_s);
        door.handler.showFailed({}, {}, {});
    }

    void thePageIsWrittenAlthoughTheHandlerGoes()
    {
        auto door = std::make_unique<Door>();
        Peer browser(door->handler.port());
        browser.send(door->rightAnswer());
        QTRY_COMPARE(door->answered.count(), 1);
        door->handler.showSignedIn(u"adele@contoso.com"_s);
        door.reset();
        QTRY_VERIFY(browser.isGone());
        QVERIFY(browser.answer().endsWith("</html>\n"));
    }

    void anAttemptThatEndsEarlyIsShown()
    {
        auto door = std::make_unique<Door>();
        Peer browser(door->handler.port());
        browser.send(door->rightAnswer());
        QTRY_COMPARE(door->answered.count(), 1);
        door.reset();
        QTRY_VERIFY(browser.isGone());
        QVERIFY(browser.answer().contains("Sign-in was stopped"));
    }

    void theBrowserDoesNotWaitForEver()
    {
        Door door({.result = std::chrono::milliseconds(50)});
        Peer browser(door.handler.port());
        browser.send(door.rightAnswer());
        QTRY_VERIFY(browser.isGone());
        QVERIFY(browser.answer().contains("Sign-in took too long"));
    }
};

QTEST_GUILESS_MAIN(TestLoopbackReplyHandler)
#include "tst_loopback_reply_handler.moc"
