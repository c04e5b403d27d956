// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/connect/format_edits.h"

#include <QRandomGenerator>

using namespace client_config;
using namespace format_edits;
using Reason = ConfigProblem::Reason;

namespace {

const EntryPlace place{.containers = {u"mcpServers"_s}, .name = u"graph-valet"_s};

// A document in one of many styles, whose mcpServers, where there is any, has members.
class RandomDocument
{
public:
    explicit RandomDocument(quint32 seed)
        : m_random(seed)
        , m_newline(oneOf({"\n", "\r\n"}))
        , m_unit(oneOf({"  ", "    ", "\t"}))
    {
    }

    QByteArray make()
    {
        QByteArrayList members;
        const int count = m_random.bounded(4);
        for (int i = 0; i < count; ++i)
            members.append("\"key" + QByteArray::number(i) + "\":" + blank() + value(1));
        const QByteArray servers =
            "\"mcpServers\":" + blank() + object({member(0, 2), member(1, 2)}, 1);
        members.insert(m_random.bounded(count + 1), servers);
        return oneOf({"", "\xef\xbb\xbf"}) + oneOf({"", "// first line" + m_newline})
            + object(members, 0) + oneOf({"", m_newline, m_newline + m_newline});
    }

private:
    QByteArray oneOf(const QByteArrayList &choices)
    {
        return choices.at(m_random.bounded(int(choices.size())));
    }

    QByteArray member(int index, int depth)
    {
        return "\"other" + QByteArray::number(index) + "\":" + blank() + value(depth);
    }

    // Between tokens of one line.
    QByteArray blank() { return oneOf({"", " ", " ", "  ", " /* why, {not} \"this\" */ "}); }

    QByteArray value(int depth)
    {
        const int kind = depth > 4 ? m_random.bounded(4) : m_random.bounded(6);
        switch (kind) {
        case 0: return oneOf({"1", "-2.5e3", "true", "null"});
        case 1: return R"("text with \" and // and /* and \\")";
        case 2: return "\"\xc3\xa4\xf0\x9d\x84\x9e\"";
        case 3: return oneOf({"{}", "[]", "{ }", "[ 1 ]"});
        case 4: return object({member(0, depth + 1), member(1, depth + 1)}, depth);
        default: return '[' + value(depth + 1) + ',' + blank() + value(depth + 1) + ']';
        }
    }

    QByteArray object(const QByteArrayList &members, int depth)
    {
        if (members.isEmpty())
            return "{}";
        if (m_random.bounded(4) == 0) { // within a line
            const QByteArray pad = blank();
            return '{' + pad + members.join(',' + blank()) + pad + '}';
        }
        const QByteArray outer = m_unit.repeated(depth);
        const QByteArray inner = outer + m_unit;
        QByteArray text = '{' + oneOf({"", " // of " + outer}) + m_newline;
        for (qsizetype i = 0; i < members.size(); ++i) {
            if (m_random.bounded(4) == 0)
                text += inner + oneOf({"// note", "/* note */", "/* two" + m_newline + " lines */"})
                    + m_newline;
            const bool isLast = i + 1 == members.size();
            text += inner + members.at(i) + (isLast ? oneOf({"", "", ","}) : ",");
            text += oneOf({"", "", " // behind"}) + m_newline;
        }
        return text + outer + '}';
    }

    QRandomGenerator m_random;
    QByteArray m_newline;
    QByteArray m_unit;
};

} // namespace

class TestJsoncFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsTheEntry_data();
    void putsTheEntry();
    void takesTheEntry_data();
    void takesTheEntry();
    void refuses_data();
    void refuses();
    void givesBackTheSameBytes();
    void keepsEverythingWhereverTheEntryStood();
    void isCompleteOrRefused();
};

void TestJsoncFormat::putsTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    const QByteArray whole = "{\n"
                             "  \"mcpServers\": {\n"
                             "    \"graph-valet\": {\n"
                             "      \"command\": \"/usr/bin/graph-valet\",\n"
                             "      \"args\": [\"stdio\"]\n"
                             "    }\n"
                             "  }\n"
                             "}\n";
    QTest::newRow("into an empty file") << QByteArray() << whole;
    QTest::newRow("into blanks") << QByteArray("\n") << "\n" + whole;
    QTest::newRow("into comments only") << QByteArray("// mine\n") << "// mine\n" + whole;
    QTest::newRow("behind a byte order mark")
        << QByteArray("\xef\xbb\xbf") << "\xef\xbb\xbf" + whole;
    QTest::newRow("into an empty object") << QByteArray("{}\n") << whole;
    QTest::newRow("into an object of two lines") << QByteArray("{\n}\n") << whole;
    QTest::newRow("into an empty container") << QByteArray("{\n  \"mcpServers\": {}\n}\n") << whole;
    QTest::newRow("beside another server, which stays byte for byte")
        << QByteArray("{\n"
                      "    \"mcpServers\": {\n"
                      "        \"files\": {\"command\":\"npx\", \"args\" : [ \"-y\" ]}\n"
                      "    },\n"
                      "    \"theme\": \"dark\"\n"
                      "}")
        << QByteArray("{\n"
                      "    \"mcpServers\": {\n"
                      "        \"graph-valet\": {\n"
                      "            \"command\": \"/usr/bin/graph-valet\",\n"
                      "            \"args\": [\"stdio\"]\n"
                      "        },\n"
                      "        \"files\": {\"command\":\"npx\", \"args\" : [ \"-y\" ]}\n"
                      "    },\n"
                      "    \"theme\": \"dark\"\n"
                      "}");
    QTest::newRow("with tabs, CRLF and a trailing comma")
        << QByteArray("{\r\n\t\"mcpServers\": {\r\n\t\t\"a\": {},\r\n\t},\r\n}\r\n")
        << QByteArray("{\r\n\t\"mcpServers\": {\r\n"
                      "\t\t\"graph-valet\": {\r\n"
                      "\t\t\t\"command\": \"/usr/bin/graph-valet\",\r\n"
                      "\t\t\t\"args\": [\"stdio\"]\r\n"
                      "\t\t},\r\n"
                      "\t\t\"a\": {},\r\n\t},\r\n}\r\n");
    QTest::newRow("above the comment of its neighbour, below the one of the container")
        << QByteArray(
               "{\n  \"mcpServers\": { // all of them\n    // the first\n    \"a\": 1\n  }\n}")
        << QByteArray("{\n  \"mcpServers\": { // all of them\n"
                      "    \"graph-valet\": {\n"
                      "      \"command\": \"/usr/bin/graph-valet\",\n"
                      "      \"args\": [\"stdio\"]\n"
                      "    },\n"
                      "    // the first\n    \"a\": 1\n  }\n}");
    QTest::newRow("into a line")
        << QByteArray("{ \"mcpServers\": { \"a\": 1 } }")
        << QByteArray(
               "{ \"mcpServers\": { \"graph-valet\": {\"command\": \"/usr/bin/graph-valet\", "
               "\"args\": [\"stdio\"]}, \"a\": 1 } }");
    QTest::newRow("with a container of its own before other settings")
        << QByteArray("{\n  \"theme\": \"dark\"\n}\n")
        << QByteArray("{\n"
                      "  \"mcpServers\": {\n"
                      "    \"graph-valet\": {\n"
                      "      \"command\": \"/usr/bin/graph-valet\",\n"
                      "      \"args\": [\"stdio\"]\n"
                      "    }\n"
                      "  },\n"
                      "  \"theme\": \"dark\"\n}\n");
    QTest::newRow("nothing where it is so already")
        << QByteArray(
               R"({"mcpServers":{"graph-valet":{"args":[ "stdio" ],"command":"/usr/bin/graph-valet"}}})")
        << QByteArray(
               R"({"mcpServers":{"graph-valet":{"args":[ "stdio" ],"command":"/usr/bin/graph-valet"}}})");
    QTest::newRow("only what differs, and the person's own members stay")
        << QByteArray("{\"mcpServers\": {\n"
                      "  \"graph-valet\": {\n"
                      "    \"command\": \"/old/graph-valet\", // by hand\n"
                      "    \"args\": [\"stdio\"],\n"
                      "    \"env\": {\"GRAPH_VALET_READ_ONLY\": \"1\"}\n"
                      "  }\n}}")
        << QByteArray("{\"mcpServers\": {\n"
                      "  \"graph-valet\": {\n"
                      "    \"command\": \"/usr/bin/graph-valet\", // by hand\n"
                      "    \"args\": [\"stdio\"],\n"
                      "    \"env\": {\"GRAPH_VALET_READ_ONLY\": \"1\"}\n"
                      "  }\n}}");
    QTest::newRow("what is missing in an entry that is there")
        << QByteArray("{\"mcpServers\": {\"graph-valet\": {\n    \"env\": {}\n}}}")
        << QByteArray("{\"mcpServers\": {\"graph-valet\": {\n"
                      "    \"command\": \"/usr/bin/graph-valet\",\n"
                      "    \"args\": [\"stdio\"],\n"
                      "    \"env\": {}\n}}}");
    QTest::newRow("in place of an entry that is no object")
        << QByteArray("{\"mcpServers\": {\"graph-valet\": null}}")
        << QByteArray("{\"mcpServers\": {\"graph-valet\": {\"command\": \"/usr/bin/graph-valet\", "
                      "\"args\": [\"stdio\"]}}}");
    QTest::newRow("where the name is written with escapes")
        << QByteArray(R"({"mcpServers": {"graph\u002dvalet": 0}})")
        << QByteArray(
               R"({"mcpServers": {"graph\u002dvalet": {"command": "/usr/bin/graph-valet", "args": ["stdio"]}}})");
    QTest::newRow("where a twin elsewhere is nobody's business")
        << QByteArray("{\"a\": 1, \"a\": 2, \"mcpServers\": {\"b\": 1}}")
        << QByteArray("{\"a\": 1, \"a\": 2, \"mcpServers\": {\"graph-valet\": {\"command\": "
                      "\"/usr/bin/graph-valet\", \"args\": [\"stdio\"]}, \"b\": 1}}");
}

void TestJsoncFormat::putsTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterPut(jsoncFormat(), before, place), after);
}

void TestJsoncFormat::takesTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("nothing from an empty file") << QByteArray() << QByteArray();
    QTest::newRow("nothing where there is none")
        << QByteArray("{ \"mcpServers\": {} }") << QByteArray("{ \"mcpServers\": {} }");
    QTest::newRow("the only one") << QByteArray("{\"mcpServers\": {\n  \"graph-valet\": {}\n}}")
                                  << QByteArray("{\"mcpServers\": {}}");
    QTest::newRow("the only one, with comments around it")
        << QByteArray("{\"mcpServers\": {\n  // a\n  \"graph-valet\": {},\n  // b\n}}")
        << QByteArray("{\"mcpServers\": {\n  // a\n  // b\n}}");
    QTest::newRow("the first one, and the comment of its line")
        << QByteArray("{\"mcpServers\": {\n  \"graph-valet\": {}, // mine\n  \"b\": 1\n}}")
        << QByteArray("{\"mcpServers\": {\n  \"b\": 1\n}}");
    QTest::newRow("the last one, and the comma before it")
        << QByteArray("{\"mcpServers\": {\n  \"b\": 1, // b\n  \"graph-valet\": {\n  }\n}}")
        << QByteArray("{\"mcpServers\": {\n  \"b\": 1 // b\n}}");
    QTest::newRow("the last one with a trailing comma")
        << QByteArray("{\"mcpServers\": {\n  \"b\": 1,\n  \"graph-valet\": {},\n}}")
        << QByteArray("{\"mcpServers\": {\n  \"b\": 1,\n}}");
    QTest::newRow("the last one of a line")
        << QByteArray("{\"mcpServers\": {\"b\": 1, \"graph-valet\": {} }}")
        << QByteArray("{\"mcpServers\": {\"b\": 1 }}");
    QTest::newRow("the middle one of a line")
        << QByteArray("{\"mcpServers\": {\"b\": 1, \"graph-valet\": {}, \"c\": 1}}")
        << QByteArray("{\"mcpServers\": {\"b\": 1, \"c\": 1}}");
    QTest::newRow("what is no object")
        << QByteArray("{\"mcpServers\": {\"graph-valet\": 7, \"c\": 1}}")
        << QByteArray("{\"mcpServers\": {\"c\": 1}}");
}

void TestJsoncFormat::takesTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterTake(jsoncFormat(), before, place), after);
}

void TestJsoncFormat::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    const auto row = [](const char *name, const QByteArray &text, Reason reason, int line,
                        int column) {
        QTest::newRow(name) << text << problemText(reason, line, column);
    };
    row("a brace that is not closed", "{\n  \"mcpServers\": {", Reason::Broken, 2, 17);
    row("a comma too few", "{\n  \"a\": 1\n  \"b\": 2\n}", Reason::Broken, 3, 3);
    row("a name without quotation marks", "{a: 1}", Reason::Broken, 1, 2);
    row("a text without an end", "{\"a\": \"b\n\"}", Reason::Broken, 1, 7);
    row("a comment without an end", "{} /* ", Reason::Broken, 1, 4);
    row("something behind the end", "{} {}", Reason::Broken, 1, 4);
    row("a list", "[]", Reason::Broken, 1, 1);
    row("a word that JSON has not", "{\"\xc3\xa4\": undefined}", Reason::Broken, 1, 7);
    row("the container twice", "{\"mcpServers\": {},\n\"mcpServers\": {}}", Reason::Ambiguous, 2,
        1);
    row("the entry twice", "{\"mcpServers\": {\"graph-valet\": {},\n \"graph-valet\": {}}}",
        Reason::Ambiguous, 2, 2);
    row("a member of the entry twice",
        "{\"mcpServers\": {\"graph-valet\": {\"args\": 1, \"args\": 2}}}", Reason::Ambiguous, 1,
        44);
    row("a container that is a list", "{\"mcpServers\": []}", Reason::UnknownShape, 1, 16);
    row("a container that is null", "{\"mcpServers\": null}", Reason::UnknownShape, 1, 16);
    row("a depth that could end the stack", QByteArray(100'000, '['), Reason::Broken, 1, 202);
    row("two commas", "{\"a\": 1,, \"b\": 2}", Reason::Broken, 1, 9);
}

void TestJsoncFormat::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    QCOMPARE(afterPut(jsoncFormat(), text, place), problem);
}

void TestJsoncFormat::givesBackTheSameBytes()
{
    for (quint32 seed = 0; seed < 3000; ++seed) {
        const QByteArray before = RandomDocument(seed).make();
        const auto content = jsoncFormat().content(before);
        QVERIFY2(!problemOf(content), before.constData()); // else this tests nothing
        const QByteArray with = afterPut(jsoncFormat(), before, place);
        QVERIFY2(with != before, before.constData());
        const auto read = jsoncFormat().content(with);
        QVERIFY2(!problemOf(read), with.constData());
        QVERIFY2(entryIn(std::get<QJsonObject>(read), place).has_value(), with.constData());
        QCOMPARE(withoutEntry(std::get<QJsonObject>(read), place), std::get<QJsonObject>(content));
        QCOMPARE(afterTake(jsoncFormat(), with, place), before);
    }
}

// Also between and behind its neighbours, where a person may have moved it.
void TestJsoncFormat::keepsEverythingWhereverTheEntryStood()
{
    for (quint32 seed = 0; seed < 3000; ++seed) {
        QByteArray before = RandomDocument(seed).make();
        before.replace(seed % 2 ? "\"other0\":" : "\"other1\":", "\"graph-valet\":");
        const auto content = jsoncFormat().content(before);
        QVERIFY2(!problemOf(content), before.constData());
        const QByteArray without = afterTake(jsoncFormat(), before, place);
        const auto read = jsoncFormat().content(without);
        QVERIFY2(!problemOf(read), without.constData());
        QCOMPARE(withoutEntry(std::get<QJsonObject>(read), place),
                 withoutEntry(std::get<QJsonObject>(content), place));
        QVERIFY(!entryIn(std::get<QJsonObject>(read), place));
    }
}

// Bytes cut off anywhere: an answer, never a crash, and never half of a change.
void TestJsoncFormat::isCompleteOrRefused()
{
    for (quint32 seed = 0; seed < 40; ++seed) {
        const QByteArray whole = RandomDocument(seed).make();
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const QByteArray cut = whole.left(size);
            const QByteArray with = afterPut(jsoncFormat(), cut, place);
            if (with.startsWith("problem"))
                continue;
            QVERIFY2(!problemOf(jsoncFormat().content(with)), with.constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestJsoncFormat)
#include "tst_jsonc_format.moc"
