// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/message.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestMessage : public QObject
{
    Q_OBJECT

private:
    // "request 1 tools/list", "notification x", "response", "error -32600", "error -32600 id 7"
    static QString describe(const Message &message)
    {
        if (const auto *request = std::get_if<Request>(&message))
            return u"request %1 %2"_s.arg(idKey(request->id), request->method);
        if (const auto *notification = std::get_if<Notification>(&message))
            return u"notification "_s + notification->method;
        if (std::holds_alternative<Response>(message))
            return u"response"_s;
        const auto &invalid = std::get<Invalid>(message);
        QString text = u"error %1"_s.arg(invalid.error.code);
        if (!invalid.id.isUndefined())
            text += u" id "_s + idKey(invalid.id);
        return text;
    }

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const QByteArray &line, const QString &expected) {
            QTest::newRow(name) << line << QStringList{expected};
        };
        row("a request", R"({"jsonrpc":"2.0","id":1,"method":"ping"})", u"request n1 ping"_s);
        row("id zero", R"({"jsonrpc":"2.0","id":0,"method":"ping"})", u"request n0 ping"_s);
        row("a string id", R"({"jsonrpc":"2.0","id":"a","method":"ping"})", u"request sa ping"_s);
        row("an empty string id", R"({"jsonrpc":"2.0","id":"","method":"p"})", u"request s p"_s);
        row("an id above 2^53", R"({"jsonrpc":"2.0","id":9007199254740993,"method":"ping"})",
            u"request n9007199254740993 ping"_s);
        row("a negative id", R"({"jsonrpc":"2.0","id":-7,"method":"ping"})", u"request n-7 ping"_s);
        row("an id as long as it may be",
            R"({"jsonrpc":"2.0","method":"p","id":")" + QByteArray(longestId, 'i') + R"("})",
            u"request s"_s + QString(longestId, u'i') + u" p"_s);
        row("an id that is too long",
            R"({"jsonrpc":"2.0","method":"p","id":")" + QByteArray(longestId + 1, 'i') + R"("})",
            u"error -32600"_s);
        row("an id that begins with U+FEFF",
            "{\"jsonrpc\":\"2.0\",\"id\":\"\xef\xbb\xbf\xef\xbb\xbf\x31\",\"method\":\"ping\"}",
            u"request s\ufeff\ufeff1 ping"_s);
        row("a method that begins with U+FEFF behind a quotation mark",
            "{\"jsonrpc\":\"2.0\",\"method\":\"\xef\xbb\xbf\\\"\xef\xbb\xbf\"}",
            u"notification \ufeff\"\ufeff"_s);
        row("id null", R"({"jsonrpc":"2.0","id":null,"method":"ping"})", u"error -32600"_s);
        row("a fractional id", R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", u"error -32600"_s);
        row("an id that is an object", R"({"jsonrpc":"2.0","id":{},"method":"ping"})",
            u"error -32600"_s);
        row("an id that is true", R"({"jsonrpc":"2.0","id":true,"method":"p"})", u"error -32600"_s);
        row("a notification", R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
            u"notification notifications/initialized"_s);
        row("a notification with wrong params", R"({"jsonrpc":"2.0","method":"n","params":[]})",
            u"notification n"_s);
        row("a response", R"({"jsonrpc":"2.0","id":4,"result":{}})", u"response"_s);
        row("an error response", R"({"jsonrpc":"2.0","id":4,"error":{"code":1,"message":""}})",
            u"response"_s);
        row("no version", R"({"id":7,"method":"ping"})", u"error -32600 id n7"_s);
        row("version 1.0", R"({"jsonrpc":"1.0","id":7,"method":"ping"})", u"error -32600 id n7"_s);
        row("version as a number", R"({"jsonrpc":2.0,"id":"x","method":"ping"})",
            u"error -32600 id sx"_s);
        row("no method", R"({"jsonrpc":"2.0","id":7})", u"error -32600 id n7"_s);
        row("a method that is a number", R"({"jsonrpc":"2.0","id":7,"method":3})",
            u"error -32600 id n7"_s);
        row("an empty object", "{}", u"error -32600"_s);
        row("params as an array", R"({"jsonrpc":"2.0","id":7,"method":"ping","params":[1]})",
            u"error -32602 id n7"_s);
        row("params as a string", R"({"jsonrpc":"2.0","id":7,"method":"ping","params":"x"})",
            u"error -32602 id n7"_s);
        row("params null", R"({"jsonrpc":"2.0","id":7,"method":"ping","params":null})",
            u"error -32602 id n7"_s);
        row("no JSON", "hello", u"error -32700"_s);
        row("half a message", R"({"jsonrpc":"2.0","id":1,)", u"error -32700"_s);
        row("two messages in a line", R"({"jsonrpc":"2.0","id":1,"method":"a"}{})",
            u"error -32700"_s);
        row("a lone string", R"("hello")", u"error -32600"_s);
        row("a lone number", "42", u"error -32600"_s);
        row("a lone null", "null", u"error -32600"_s);
        row("two lone numbers", "1,2", u"error -32700"_s);
        row("invalid UTF-8 in a string", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p\xff\"}",
            u"error -32700"_s);
        row("invalid UTF-8 outside", "\xc3\x28", u"error -32700"_s);
        row("a lone surrogate in UTF-8", "{\"a\":\"\xed\xa0\x80\"}", u"error -32700"_s);
        row("nested too deep", QByteArray(100'000, '[') + QByteArray(100'000, ']'),
            u"error -32700"_s);
        row("objects nested too deep", QByteArray("{\"a\":").repeated(5000), u"error -32700"_s);
        row("an empty batch", "[]", u"error -32600"_s);
        QTest::newRow("a batch") << QByteArray(
            R"([{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"n"},5,[]])")
                                 << QStringList{u"request n1 a"_s, u"notification n"_s,
                                                u"error -32600"_s, u"error -32600"_s};
    }
    void parses()
    {
        QFETCH(QByteArray, line);
        QFETCH(QStringList, expected);
        const ParsedLine parsed = parseLine(line);
        QStringList found;
        for (const Message &message : parsed.messages)
            found.append(describe(message));
        QCOMPARE(found, expected);
        QCOMPARE(parsed.isBatch, expected.size() > 1);
    }

    void anErrorWithoutIdHasNoIdMember()
    {
        const QJsonObject object =
            errorMessage(QJsonValue::Undefined, {.code = wire::parseError, .message = u"x"_s});
        QVERIFY(!object.contains("id"_L1));
        QCOMPARE(object["error"_L1]["code"_L1].toInt(), -32700);
        QVERIFY(!object["error"_L1].toObject().contains("data"_L1));
    }

    void everyKindOfErrorHasACodeThatMayBeUsed()
    {
        for (const Error::Kind kind : allErrorKinds()) {
            const WireError error = wireErrorOf({.kind = kind, .detail = u"why"_s});
            const bool isStandard = error.code >= -32603 && error.code <= -32600;
            const bool isOurs = error.code < -32768 || error.code > -32000;
            QVERIFY2(isStandard || isOurs, kindName(kind).data());
            QCOMPARE(error.message, u"why"_s);
            QCOMPARE(error.data["kind"_L1].toString(), QString(kindName(kind)));
        }
        QCOMPARE(wireErrorOf({.kind = Error::Kind::Bug}).message, u"Bug"_s);
    }
};

QTEST_GUILESS_MAIN(TestMessage)
#include "tst_message.moc"
