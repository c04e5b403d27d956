// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/loopback_request.h"

#include <QTest>

using namespace Qt::StringLiterals;
using auth::decodeForm;
using Parser = auth::LoopbackRequestParser;

namespace {

const QByteArray good = "POST / HTTP/1.1\r\nHost: localhost:1\r\nContent-Type: "
                        "application/x-www-form-urlencoded\r\nContent-Length: 11\r\nX-A:  b \r\n"
                        "\r\ncode=1&s=+2"_ba;

} // namespace

class TestLoopbackRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pieces_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("all at once") << int(good.size());
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("three by three") << 3;
        QTest::newRow("in two") << int(good.size() / 2);
    }
    void pieces()
    {
        QFETCH(int, size);
        Parser parser;
        for (qsizetype at = 0; at < good.size(); at += size) {
            QCOMPARE(parser.state(), Parser::State::NeedsMore);
            parser.feed(good.mid(at, size));
        }
        QCOMPARE(parser.state(), Parser::State::Complete);
        QCOMPARE(parser.request().method, "POST"_ba);
        QCOMPARE(parser.request().target, "/"_ba);
        QCOMPARE(parser.request().headers.value("x-a"), "b"_ba);
        QCOMPARE(parser.request().headers.value("host"), "localhost:1"_ba);
        QCOMPARE(parser.request().body, "code=1&s=+2"_ba);
    }

    void whatFollowsTheRequestIsDropped()
    {
        Parser parser;
        QCOMPARE(parser.feed(good + good), Parser::State::Complete);
        QCOMPARE(parser.request().body, "code=1&s=+2"_ba);
        QCOMPARE(parser.feed("more"), Parser::State::Complete);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status) {
            QTest::newRow(name) << bytes << status;
        };
        const auto with = [](const QByteArray &header) {
            return "POST / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n";
        };
        row("no request line", "\r\n\r\n", 400);
        row("two words", "GET /\r\n\r\n", 400);
        row("two blanks", "GET  / HTTP/1.1\r\n\r\n", 400);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 505);
        row("another protocol", "GET / GOPHER\r\n\r\n", 400);
        row("TLS hello", "\x16\x03\x01\x02\x01\r\n\r\n", 400);
        row("control byte in the target", "GET /\x01 HTTP/1.1\r\n\r\n", 400);
        row("method with a bracket", "GE(T / HTTP/1.1\r\n\r\n", 400);
        row("header without a colon", with("abc"), 400);
        row("header with a blank in its name", with("a b: c"), 400);
        row("folded header", with("A: b\r\n c"), 400);
        row("lone line feed between headers", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400);
        row("zero byte in a value", with("A: b"_ba + '\0' + "c"), 400);
        row("two hosts", with("Host: b"), 400);
        row("two lengths", with("Content-Length: 1\r\nContent-Length: 1"), 400);
        row("two types", with("Content-Type: a\r\nContent-Type: b"), 400);
        row("negative length", with("Content-Length: -1"), 400);
        row("length with a sign", with("Content-Length: +1"), 400);
        row("length in hexadecimal", with("Content-Length: 0x10"), 400);
        row("empty length", with("Content-Length: "), 400);
        row("length that overflows", with("Content-Length: 99999999999999999999"), 400);
        row("body too long", with("Content-Length: 65537"), 413);
        row("chunked", with("Transfer-Encoding: chunked"), 501);
        row("chunked and a length", with("Content-Length: 5\r\nTransfer-Encoding: chunked"), 501);
        row("head too long", with("A: " + QByteArray(70000, 'b')), 431);
        row("head without an end", "GET / HTTP/1.1\r\nA: " + QByteArray(70000, 'b'), 431);
    }
    void refusals()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        for (const bool atOnce : {true, false}) {
            Parser parser;
            if (atOnce) {
                parser.feed(bytes);
            } else {
                for (qsizetype at = 0; at < bytes.size(); at += 7)
                    parser.feed(bytes.mid(at, 7));
            }
            QCOMPARE(parser.state(), Parser::State::Refused);
            QCOMPARE(parser.refusal(), status);
            QCOMPARE(parser.feed(good), Parser::State::Refused);
        }
    }

    void theLargestThatIsTaken()
    {
        const QByteArray start = "POST / HTTP/1.1\r\nContent-Length: 65536\r\nA: ";
        const QByteArray head = start + QByteArray(Parser::headLimit - start.size(), 'b');
        Parser parser;
        QCOMPARE(parser.feed(head + "\r\n\r\n"), Parser::State::NeedsMore);
        QCOMPARE(parser.feed(QByteArray(Parser::bodyLimit, 'x')), Parser::State::Complete);
        QCOMPARE(parser.request().body.size(), Parser::bodyLimit);
    }

    void form_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code"); // null: refused
        QTest::newRow("plain") << "code=abc&state=x"_ba << u"abc"_s;
        QTest::newRow("percent and plus") << "code=M.C5%21a%2A%24+%2b%25"_ba << u"M.C5!a*$ +%"_s;
        QTest::newRow("UTF-8") << "code=%C5%BDlu%F0%9F%A6%8A"_ba << u"Žlu🦊"_s;
        QTest::newRow("an equals sign in the value") << "code=a=b"_ba << u"a=b"_s;
        QTest::newRow("without a value") << "code&state=x"_ba << u""_s;
        QTest::newRow("empty fields between") << "&&code=1&"_ba << u"1"_s;
        QTest::newRow("twice") << "code=a&code=b"_ba << QString();
        QTest::newRow("twice, once encoded") << "code=a&%63ode=b"_ba << QString();
        QTest::newRow("broken percent") << "code=%4"_ba << QString();
        QTest::newRow("percent without digits") << "code=%zz"_ba << QString();
        QTest::newRow("no UTF-8") << "code=%ff%fe"_ba << QString();
        QTest::newRow("UTF-8 cut off") << "code=%F0%9F"_ba << QString();
        QByteArray many;
        for (int i = 0; i < 100; ++i)
            many += "&f" + QByteArray::number(i) + "=1";
        QTest::newRow("too many") << "code=1" + many << QString();
    }
    void form()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        const auto fields = decodeForm(body);
        QCOMPARE(fields.has_value(), !code.isNull());
        if (fields)
            QCOMPARE(fields->value(u"code"_s), code);
    }
};

QTEST_GUILESS_MAIN(TestLoopbackRequest)
#include "tst_loopback_request.moc"
