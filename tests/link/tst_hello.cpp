// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/link/flat_json.h"
#include "mcp/link/hello.h"

#include <QTest>

using namespace valet_link;

namespace {
std::string problemOf(const std::variant<Hello, HelloProblem> &parsed)
{
    const auto *problem = std::get_if<HelloProblem>(&parsed);
    return problem ? problem->text : std::string();
}

std::string withoutLineFeed(std::string line)
{
    Q_ASSERT(!line.empty() && line.back() == '\n');
    line.pop_back();
    return line;
}
} // namespace

class TestHello : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatOneSideWritesTheOtherReads()
    {
        for (const Role role : {Role::Mcp, Role::Console}) {
            const std::string line = helloLine(role);
            QCOMPARE(std::count(line.begin(), line.end(), '\n'), 1);
            const auto parsed = parseHello(withoutLineFeed(line));
            QVERIFY(std::holds_alternative<Hello>(parsed));
            QCOMPARE(std::get<Hello>(parsed).link, linkVersion);
            QCOMPARE(std::get<Hello>(parsed).version, std::string(GRAPH_VALET_VERSION));
            QVERIFY(std::get<Hello>(parsed).role == role);
        }
    }

    void theContractIsThisVeryText()
    {
        QCOMPARE(
            helloLine(Role::Mcp),
            std::string("{\"link\":1,\"version\":\"" GRAPH_VALET_VERSION "\",\"role\":\"mcp\"}\n"));
    }

    void listsGoAlongWhereThereAreAny()
    {
        const auto answer = parseHello(withoutLineFeed(helloLine(Role::Mcp, "a\"b")));
        QCOMPARE(std::get<Hello>(answer).lists, std::string("a\"b"));
        QCOMPARE(std::get<Hello>(answer).seen, std::string());
        const auto again = parseHello(withoutLineFeed(helloOfRelay("a.b")));
        QCOMPARE(std::get<Hello>(again).seen, std::string("a.b"));
        QVERIFY(std::get<Hello>(again).role == Role::Mcp);
        QCOMPARE(helloOfRelay(""), helloLine(Role::Mcp));
        // Nobody of ours writes these.
        const auto long1 = parseHello(withoutLineFeed(helloOfRelay(std::string(129, 'x'))));
        QCOMPARE(std::get<Hello>(long1).seen, std::string());
        const auto odd = parseHello(R"({"link":1,"version":"1","role":"mcp","lists":5,"seen":[]})");
        QCOMPARE(std::get<Hello>(odd).lists, std::string());
    }

    void theIdOfAnEntryGoesAlong()
    {
        const auto parsed = parseHello(withoutLineFeed(helloOfRelay("a.b", "cursor-0a1b2c3d")));
        QCOMPARE(std::get<Hello>(parsed).client, std::string("cursor-0a1b2c3d"));
        QCOMPARE(std::get<Hello>(parsed).seen, std::string("a.b"));
        QCOMPARE(helloOfRelay("", ""), helloLine(Role::Mcp));
        for (const char *id : {R"("")", R"("A")", R"("a b")", R"("../x")", "5", "{}"}) {
            const std::string line =
                std::string(R"({"link":1,"version":"1","role":"mcp","client":)") + id + "}";
            QCOMPARE(std::get<Hello>(parseHello(line)).client, std::string());
        }
        QVERIFY(isValidClientId(std::string(64, 'a')));
        QVERIFY(!isValidClientId(std::string(65, 'a')));
        QVERIFY(!isValidClientId(std::string_view("a\0b", 3)));
    }

    void unknownLinkNamesBothVersions()
    {
        const std::string text =
            problemOf(parseHello(R"({"link":7,"version":"9.8.7","role":"mcp"})"));
        for (const char *part : {"version 1,", "version 7", "9.8.7", GRAPH_VALET_VERSION})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    }

    void refusalArrivesAsItsText()
    {
        const std::string line = withoutLineFeed(helloRefusal("no \"more\" than 256\nclients"));
        QCOMPARE(problemOf(parseHello(line)), std::string("no \"more\" than 256 clients"));
        QCOMPARE(problemOf(parseHello(R"({"link":2,"version":"2","error":"too old"})")),
                 std::string("too old"));
    }

    void foreignTextIsHarmlessToATerminal()
    {
        const auto shown = [](std::string text) {
            return problemOf(parseHello(withoutLineFeed(helloRefusal(text))));
        };
        // U+009B begins a command like ESC [ does; U+00A0 does not.
        QCOMPARE(shown("a\x1b[2J\u009b2J\u0080\u009f\u00a0\x7f"), std::string("a [2J 2J  \u00a0 "));
        QCOMPARE(shown(std::string(999, 'x') + "é"), std::string(999, 'x'));
        QCOMPARE(shown(std::string(998, 'x') + "éé"), std::string(998, 'x') + "é");
    }

    void membersMayBeAdded()
    {
        const auto parsed = parseHello(
            R"( {"later":{"a":[1,{"link":9}]},"role":"console","version":"1","link":1} )");
        QVERIFY(std::holds_alternative<Hello>(parsed));
        QVERIFY(std::get<Hello>(parsed).role == Role::Console);
    }

    void anythingElseIsAProblem_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no link") << QByteArray(R"({"version":"1","role":"mcp"})");
        QTest::newRow("link as text") << QByteArray(R"({"link":"1","role":"mcp"})");
        QTest::newRow("link as fraction") << QByteArray(R"({"link":1.5,"role":"mcp"})");
        QTest::newRow("link twice") << QByteArray(R"({"link":1,"link":1,"role":"mcp"})");
        QTest::newRow("no role") << QByteArray(R"({"link":1,"version":"1"})");
        QTest::newRow("unknown role") << QByteArray(R"({"link":1,"version":"1","role":"root"})");
        QTest::newRow("text after the object") << QByteArray(R"({"link":1,"role":"mcp"}x)");
        QTest::newRow("cut") << QByteArray(R"({"link":1,"role":"mcp")");
        QTest::newRow("invalid UTF-8 in the version")
            << QByteArray("{\"link\":1,\"version\":\"\xff\",\"role\":\"mcp\"}");
        QTest::newRow("too long") << QByteArray(R"({"link":1,"role":"mcp","x":")"
                                                + QByteArray(5000, 'x') + R"("})");
        QTest::newRow("an MCP client that knows no greeting")
            << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"initialize"})");
    }

    void anythingElseIsAProblem()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!problemOf(parseHello(line.toStdString())).empty());
    }

    void flatJsonReadsStrings_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("the first and last of each length")
            << QByteArray("{\"v\":\"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
                          "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"}")
            << QByteArray("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80"
                          "\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
        QTest::newRow("non-ASCII")
            << QByteArray(R"({"v":"Žluťoučký 🦊"})") << QByteArray("Žluťoučký 🦊");
        QTest::newRow("escapes") << QByteArray("{\"v\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}")
                                 << QByteArray("\"\\/\b\f\n\r\t");
        QTest::newRow("unicode escapes")
            << QByteArray(R"({"\u0076":"\u017Dlu\u0165 \ud83e\udd8a \u00e9"})")
            << QByteArray("Žluť 🦊 é");
        QTest::newRow("numbers and words beside it")
            << QByteArray(R"({"a":-0.5e+7,"b":null,"c":[],"d":{},"v":"x","e":true})")
            << QByteArray("x");
    }

    void flatJsonReadsStrings()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, value);
        const auto object = FlatObject::parse(json.toStdString());
        QVERIFY(object);
        QCOMPARE(object->string("v"), std::optional<std::string>(value.toStdString()));
        QCOMPARE(FlatObject::parse("{\"v\":" + jsonQuoted(value.toStdString()) + "}")->string("v"),
                 std::optional<std::string>(value.toStdString()));
    }

    void flatJsonRefuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("lone high surrogate") << QByteArray(R"({"v":"\ud83e"})");
        QTest::newRow("lone low surrogate") << QByteArray(R"({"v":"\udd8a"})");
        QTest::newRow("control character") << QByteArray("{\"v\":\"a\nb\"}");
        QTest::newRow("unknown escape") << QByteArray(R"({"v":"\x41"})");
        QTest::newRow("comma at the end") << QByteArray(R"({"v":1,})");
        QTest::newRow("leading zero") << QByteArray(R"({"v":01})");
        QTest::newRow("number cut") << QByteArray(R"({"v":1.})");
        QTest::newRow("deep nesting")
            << QByteArray("{\"v\":" + QByteArray(40, '[') + QByteArray(40, ']') + "}");
        QTest::newRow("endless nesting") << QByteArray("{\"v\":" + QByteArray(100000, '['));
        for (const char *bytes :
             {"\x80", "\xc0\x80", "\xc3", "\xc3(", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
              "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
            QTest::addRow("invalid UTF-8 %s", QByteArray(bytes).toHex().constData())
                << "{\"v\":\"" + QByteArray(bytes) + "\"}";
        }
        QTest::newRow("nothing") << QByteArray("");
    }

    void flatJsonRefuses()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!FlatObject::parse(json.toStdString()));
    }

    void flatJsonKeepsTypesApart()
    {
        const auto object = FlatObject::parse(R"({"n":12,"s":"12","big":99999999999999999999})");
        QVERIFY(object);
        QCOMPARE(object->integer("n"), std::optional<long long>(12));
        QVERIFY(!object->integer("s"));
        QVERIFY(!object->integer("big"));
        QVERIFY(!object->string("n"));
        QVERIFY(!object->string("absent"));
    }
};

QTEST_GUILESS_MAIN(TestHello)
#include "tst_hello.moc"
