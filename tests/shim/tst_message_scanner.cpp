// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/calls_in_flight.h"
#include "mcp/shim/message_scanner.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

namespace {
using Messages = std::vector<ScannedMessage>;

Messages scanned(std::string_view line)
{
    MessageScanner scanner;
    scanner.feed(line);
    return scanner.finish();
}

Messages scannedInPieces(std::string_view line, std::size_t piece)
{
    MessageScanner scanner;
    for (; !line.empty(); line.remove_prefix(std::min(piece, line.size())))
        scanner.feed(line.substr(0, piece));
    return scanner.finish();
}

// "request method id", "notification method", "answer id", "other"; cancelled id behind a slash.
QByteArray summary(const Messages &messages)
{
    QByteArrayList parts;
    for (const ScannedMessage &message : messages) {
        QByteArray part = "other";
        if (message.isRequest())
            part = QByteArray::fromStdString("request " + message.method + " " + message.id.raw);
        else if (message.isNotification())
            part = QByteArray::fromStdString("notification " + message.method);
        else if (message.isAnswer())
            part = QByteArray::fromStdString("answer " + message.id.raw);
        if (message.cancelled.isUsable())
            part += " / " + QByteArray::fromStdString(message.cancelled.raw);
        parts += part;
    }
    return parts.join(", ");
}
} // namespace

class TestMessageScanner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &line, const QByteArray &expected) {
            QTest::newRow(name) << line << expected;
        };
        row("request", R"({"jsonrpc":"2.0","id":1,"method":"ping"})", "request ping 1");
        row("id behind a long params",
            R"({"method":"tools/call","params":{"a":[1,{"id":9}]},"id":"x"})",
            "request tools/call \"x\"");
        row("spaces everywhere", " { \"id\" : 7 , \"method\" : \"ping\" } \r", "request ping 7");
        row("id zero", R"({"id":0,"method":"ping"})", "request ping 0");
        row("negative id", R"({"id":-5,"method":"ping"})", "request ping -5");
        row("empty string as id", R"({"id":"","method":"ping"})", "request ping \"\"");
        row("id with quotation mark and backslash", "{\"id\":\"a\\\"b\\\\\",\"method\":\"ping\"}",
            "request ping \"a\\\"b\\\\\"");
        row("id not ASCII", "{\"id\":\"Žluťoučký 🦊\",\"method\":\"ping\"}",
            "request ping \"Žluťoučký 🦊\"");
        row("null id", R"({"id":null,"method":"ping"})", "other");
        row("fraction id", R"({"id":1.5,"method":"ping"})", "other");
        row("whole number with a point", R"({"id":1.0,"method":"ping"})", "request ping 1.0");
        row("whole number with an exponent", R"({"id":1e2,"method":"ping"})", "request ping 1e2");
        row("huge number", R"({"id":123456789012345678901234,"method":"ping"})",
            "request ping 123456789012345678901234");
        row("object id", R"({"id":{"id":1},"method":"ping"})", "other");
        row("true id", R"({"id":true,"method":"ping"})", "other");
        row("notification", R"({"method":"notifications/initialized"})",
            "notification notifications/initialized");
        row("answer", R"({"id":3,"result":{"method":"no"}})", "answer 3");
        row("error answer without id", R"({"error":{"code":1,"id":4}})", "other");
        row("key written with unicode escapes",
            "{\"\\u006d\\u0065thod\":\"p\\u0069ng\",\"\\u0069d\":2}", "request ping 2");
        row("key that only looks alike", "{\"metho\\u0111\":\"ping\",\"id\":2}", "answer 2");
        row("last of two ids counts", R"({"id":1,"method":"ping","id":"b"})", "request ping \"b\"");
        row("last of two methods counts", R"({"method":"a","id":1,"method":"b"})", "request b 1");
        row("second method is no string", R"({"method":"a","id":1,"method":{}})", "answer 1");
        row("words inside strings",
            "{\"x\":\"\\\"id\\\":5,\\\"method\\\":\\\"no\\\"\",\"id\":1,\"method\":\"yes\"}",
            "request yes 1");
        row("nested messages", R"({"params":{"method":"no","id":5},"method":"yes","id":6})",
            "request yes 6");
        row("cancellation",
            R"({"method":"notifications/cancelled","params":{"reason":"r","requestId":"a"}})",
            "notification notifications/cancelled / \"a\"");
        row("cancellation with a number",
            R"({"params":{"requestId":12},"method":"notifications/cancelled"})",
            "notification notifications/cancelled / 12");
        row("requestId elsewhere",
            R"({"params":{"a":{"requestId":12}},"requestId":3,"method":"notifications/cancelled"})",
            "notification notifications/cancelled");
        row("requestId in an array", R"({"params":["requestId",1],"method":"x"})",
            "notification x");
        row("params twice", R"({"params":{"requestId":1},"params":{},"method":"x"})",
            "notification x");
        row("params twice, then no object", R"({"params":{"requestId":1},"params":2,"method":"x"})",
            "notification x");
        row("batch", R"([{"id":1,"method":"a"},{"method":"b"},{"id":"2","result":[]}])",
            "request a 1, notification b, answer \"2\"");
        row("batch with nested objects", R"([{"id":1,"method":"a","params":{"requestId":[{}]}}])",
            "request a 1");
        row("batch with what is no message", R"([1,{"id":1,"method":"a"},[{"id":2}],"x",null])",
            "other, request a 1, other, other, other");
        row("every kind of value",
            R"({"a":[true,false,null,-0.5e-3,0,{},[],[[]],"x"],"id":1,"method":"m"})",
            "request m 1");
        row("deep but allowed",
            R"({"id":1,"method":"m","a":)" + QByteArray(1000, '[') + QByteArray(1000, ']') + "}",
            "request m 1");

        // Forgiven by the tray process.
        row("no digit behind the point", R"({"id":1.,"method":"ping"})", "request ping 1.");
        row("no digit before the point", R"({"id":-.5e1,"method":"ping"})", "request ping -.5e1");
        row("needless escape", "{\"id\":1,\"method\":\"\\ping\"}", "request ping 1");
        row("control character in a string", "{\"id\":\"a\tb\",\"method\":\"m\"}",
            "request m \"a\tb\"");
        row("byte order mark", "\xef\xbb\xbf{\"id\":1,\"method\":\"m\"}", "request m 1");
        row("the largest and the smallest number",
            R"({"id":1,"method":"m","a":[1.7976931348623157e308,5e-324,0e999,0.0e-999]})",
            "request m 1");

        row("empty", "", "");
        row("blank", " \t\r", "");
        row("empty batch", "[]", "");
        row("batch of numbers", "[1,2]", "other, other");
        row("lone string", "\"x\"", "");
        row("lone number", "5", "");
        row("cut", R"({"id":1,"method":"ping")", "");
        row("cut in a string", "{\"id\":1,\"method\":\"pi", "");
        row("text behind it", R"({"id":1,"method":"ping"}x)", "");
        row("two objects", R"({"id":1,"method":"a"}{"id":2,"method":"b"})", "");
        row("no quotation marks", R"({id:1,"method":"ping"})", "");
        row("comma at the end", R"({"id":1,"method":"ping",})", "");
        row("comma missing", R"({"id":1 "method":"ping"})", "");
        row("colon missing", R"({"id" 1,"method":"ping"})", "");
        row("wrong bracket", R"({"id":1,"a":[},"method":"ping"})", "");
        row("wrong closing bracket", R"({"id":1,"a":[1},"method":"ping"})", "");
        row("leading zero", R"({"id":01,"method":"ping"})", "");
        row("plus sign", R"({"id":+1,"method":"ping"})", "");
        row("point alone", R"({"id":1,"a":.,"method":"ping"})", "");
        row("exponent without a digit", R"({"id":1,"a":1e+,"method":"ping"})", "");
        row("number too large", R"({"id":1,"a":1e400,"method":"ping"})", "");
        row("number just too large", R"({"id":1,"a":1.7976931348623159e308,"method":"ping"})", "");
        row("many digits, too large",
            R"({"id":1,"method":"ping","a":)" + QByteArray(310, '9') + "}", "");
        row("number too small", R"({"id":1,"a":1e-400,"method":"ping"})", "");
        row("not UTF-8", "{\"id\":1,\"method\":\"a\xff\"}", "");
        row("not UTF-8 in a key", "{\"id\":1,\"\xc3\":2,\"method\":\"a\"}", "");
        row("UTF-8 of a surrogate", "{\"id\":\"\xed\xa0\x80\",\"method\":\"a\"}", "");
        row("UTF-8 with a byte too many", "{\"id\":\"\xc0\xaf\",\"method\":\"a\"}", "");
        row("UTF-8 behind a backslash", "{\"id\":\"\\é\",\"method\":\"a\"}", "");
        row("byte order mark behind a space", " \xef\xbb\xbf{\"id\":1,\"method\":\"m\"}", "");
        row("half a byte order mark", "\xef\xbb{\"id\":1,\"method\":\"m\"}", "");
        row("wrong word", R"({"id":1,"a":nul,"method":"ping"})", "");
        row("wrong unicode escape", "{\"id\":1,\"method\":\"\\u00g0\"}", "");
        row("too deep", R"({"id":1,"method":"m","a":)" + QByteArray(5000, '['), "");
    }

    void lines()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, expected);
        const std::string_view text(line.constData(), size_t(line.size()));
        QCOMPARE(summary(scanned(text)), expected);
        for (const std::size_t piece : {1UL, 2UL, 3UL, 7UL})
            QCOMPARE(summary(scannedInPieces(text, piece)), expected);
    }

    // The tray process parses with QJsonDocument: what it takes for an object, the scanner must
    // too.
    void agreesWithTheParserOfTheTrayProcess()
    {
        QRandomGenerator random(20261124);
        const QByteArray seed =
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\\u00e9\\n\",\"method\":\"m\",\"params\":{\"x\":[1,-2."
            "5e3,true,null,{\"y\":\"z\"}]}}";
        const QByteArray letters = "{}[]:,\"\\0123456789.-+eEutrfalsn xid";
        for (int round = 0; round < 20000; ++round) {
            QByteArray line = seed;
            for (int change = random.bounded(3); change >= 0; --change) {
                const auto at = random.bounded(int(line.size()));
                if (random.bounded(2) == 0)
                    line[at] = letters[random.bounded(int(letters.size()))];
                else
                    line.remove(at, 1 + random.bounded(3));
            }
            const bool isObject = QJsonDocument::fromJson(line).isObject();
            const bool isScanned = scanned({line.constData(), size_t(line.size())}).size() == 1;
            QVERIFY2(isScanned == isObject, line.constData());
        }
    }

    // A text that the tray process takes for no id gets an answer without one: no call waits.
    void idOfTooManyCharactersIsNone_data()
    {
        QTest::addColumn<QByteArray>("character");
        QTest::addColumn<qsizetype>("units");
        QTest::newRow("ASCII") << QByteArray("x") << qsizetype(1);
        QTest::newRow("three bytes") << QByteArray("€") << qsizetype(1);
        QTest::newRow("two units") << QByteArray("🦊") << qsizetype(2);
        QTest::newRow("escaped") << QByteArray("\\u20ac") << qsizetype(1);
    }

    void idOfTooManyCharactersIsNone()
    {
        QFETCH(QByteArray, character);
        QFETCH(qsizetype, units);
        const auto limit = qsizetype(MessageScanner::idUnitsLimit);
        QByteArray id = '"' + character.repeated(limit / units) + '"';
        const auto kindOf = [](const QByteArray &text) {
            return scanned(QByteArray(R"({"method":"m","id":)" + text + '}').toStdString())[0]
                .id.kind;
        };
        QVERIFY(kindOf(id) == MessageId::Kind::String);
        QVERIFY(kindOf(id.insert(1, 'x')) == MessageId::Kind::Other);
    }

    void longIdIsNotKept()
    {
        const std::string line =
            "{\"id\":\"" + std::string(MessageScanner::idLimit, 'x') + "\",\"method\":\"m\"}";
        const Messages messages = scanned(line);
        QCOMPARE(messages.size(), std::size_t(1));
        QVERIFY(!messages[0].isRequest());
        QVERIFY(messages[0].id.raw.empty());
    }

    void longMethodEqualsNothing()
    {
        const Messages messages =
            scanned("{\"id\":1,\"method\":\"initialize" + std::string(100000, 'x') + "\"}");
        QCOMPARE(messages.size(), std::size_t(1));
        QCOMPARE(messages[0].method.size(), MessageScanner::methodLimit);
    }

    void batchHasALimit()
    {
        std::string line = "[";
        for (std::size_t i = 0; i <= MessageScanner::batchLimit; ++i)
            line += (i ? "," : "") + std::string(R"({"id":1,"method":"m"})");
        QVERIFY(scanned(line + "]").empty());
    }

    void canBeUsedAgain()
    {
        MessageScanner scanner;
        scanner.feed("[{\"id\":1,\"method\":\"a\"},{\"broken in a character \xc3");
        QVERIFY(scanner.isInsideLine());
        QVERIFY(scanner.finish().empty());
        scanner.reset();
        QVERIFY(!scanner.isInsideLine());
        scanner.feed(R"({"id":2,"method":"b"})");
        QCOMPARE(summary(scanner.finish()), QByteArray("request b 2"));
        QVERIFY(!scanner.isBatch());
    }

    void idsAreComparedByWhatTheyMean_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answered");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *name, const char *sent, const char *answered, bool same) {
            QTest::newRow(name) << QByteArray(sent) << QByteArray(answered) << same;
        };
        row("number", "1", "1", true);
        row("number and text", "1", "\"1\"", false);
        row("minus zero", "-0", "0", true);
        row("with a point", "1.0", "1", true);
        row("with an exponent", "1e2", "100", true);
        row("through a double", "123456789012345678901234", "1.2345678901234568e+23", true);
        row("escaped", "\"\\u017Dlu\\u0165 \\ud83e\\udd8a\\/\"", "\"Žluť 🦊/\"", true);
        row("capitals", "\"a\"", "\"A\"", false);
        row("escaped quotation mark", "\"\\\"\"", "\"\\u0022\"", true);
        row("17 zeros in an exponent", "1e17", "100000000000000000", true);
        row("-2^63 with a point", "-9223372036854775808.0", "-9223372036854775808", true);
        row("2^63", "9223372036854775808", "9223372036854775807", false);
        row("half a surrogate pair", "\"\\uD83E\"", "\"\\ud83e\"", true);
        row("half a pair before a character", "\"\\ud83e\\u0041\"", "\"\\ud83eA\"", true);
        row("the halves of two pairs", "\"\\ud83e\"", "\"\\udd8a\"", false);
        row("needless escape", "\"\\x\\-\"", "\"x-\"", true);
        row("control character", "\"\t\\u0000\"", "\"\\t\\u0000\"", true);
    }

    void idsAreComparedByWhatTheyMean()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answered);
        QFETCH(bool, same);
        CallsInFlight calls;
        calls.add(sent.toStdString());
        QCOMPARE(calls.remove(answered.toStdString()), same);
        QCOMPARE(calls.isEmpty(), same);
        if (!same)
            QCOMPARE(calls.takeFirst().rawIds,
                     std::vector{sent.toStdString()}); // as it was written
    }

    void nothingIsForgottenAndFullIsSaid()
    {
        CallsInFlight calls;
        std::size_t whenFull = 0;
        for (int i = 0; i < 3000; ++i) {
            calls.add(std::to_string(i));
            if (whenFull == 0 && calls.isFull())
                whenFull = calls.count();
        }
        QCOMPARE(whenFull, CallsInFlight::countLimit);
        QCOMPARE(calls.count(), std::size_t(3000));
        CallsInFlight large;
        const std::string big(MessageScanner::idLimit - 2, 'x');
        while (!large.isFull())
            large.add('"' + big + '"');
        QVERIFY(large.count() <= CallsInFlight::bytesLimit / big.size() + 1);
    }

    void theIdsOfALineAreBounded()
    {
        MessageScanner scanner;
        const std::string id = '"' + std::string(60'000, 'x') + '"';
        std::string line = "[";
        for (int i = 0; i < 64; ++i)
            line += "{\"method\":\"x\",\"id\":" + id + "},";
        line.back() = ']';
        scanner.feed(line);
        std::size_t kept = 0;
        for (const ScannedMessage &message : scanner.finish())
            kept += message.id.raw.size();
        QVERIFY(kept > 0);
        QVERIFY(kept <= MessageScanner::idsLimit);
        scanner.reset();
        scanner.feed("{\"method\":\"x\",\"id\":" + id + "}");
        QCOMPARE(scanner.finish().front().id.raw, id);
    }

    void anErrorIsSeen_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("hasError");
        QTest::newRow("error") << QByteArray(R"({"id":1,"error":{"code":1}})") << true;
        QTest::newRow("result") << QByteArray(R"({"id":1,"result":{"error":1}})") << false;
        QTest::newRow("escaped") << QByteArray(R"({"id":1,"err\u006fr":0})") << true;
    }
    void anErrorIsSeen()
    {
        QFETCH(QByteArray, line);
        QFETCH(bool, hasError);
        MessageScanner scanner;
        scanner.feed(line.toStdString());
        QCOMPARE(scanner.finish().size(), std::size_t(1));
        QCOMPARE(scanner.finish().front().hasError, hasError);
    }
};

QTEST_GUILESS_MAIN(TestMessageScanner)
#include "tst_message_scanner.moc"
