// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/connect/format_edits.h"

using namespace client_config;
using namespace format_edits;
using Reason = ConfigProblem::Reason;

namespace {

const EntryPlace place{.containers = {u"mcp_servers"_s}, .name = u"graph-valet"_s};

const QByteArray block = "[mcp_servers.graph-valet]\n"
                         "command = \"/usr/bin/graph-valet\"\n"
                         "args = [\"stdio\"]";

const QByteArray realWorld = "# Codex\n"
                             "model = \"gpt-5\"   # the big one: \"\xc3\xa4\xf0\x9d\x84\x9e\"\n"
                             "\n"
                             "[projects.\"/home/anna/a b\"]\n"
                             "trust_level = \"trusted\"\n"
                             "\n"
                             "[mcp_servers.files]\n"
                             "command = 'npx'\n"
                             "args = [\n"
                             "  \"-y\", # yes\n"
                             "  \"server\",\n"
                             "]\n"
                             "\n"
                             "# keys\n"
                             "[mcp_servers.files.env]\n"
                             "TEXT = \"\"\"\n"
                             "[mcp_servers.graph-valet]\n"
                             "\"\"\"\n";

// The column is toml++'s, and differs between its versions.
QByteArray brokenIn(int line)
{
    QByteArray text = problemText(Reason::Broken, line, 0);
    text.chop(1);
    return text;
}

} // namespace

class TestTomlFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsTheEntry_data();
    void putsTheEntry();
    void takesTheEntry_data();
    void takesTheEntry();
    void refuses_data();
    void refuses();
    void givesBackTheSameBytes_data();
    void givesBackTheSameBytes();
    void tellsValuesApart();
};

void TestTomlFormat::putsTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("into an empty file") << QByteArray() << block + "\n";
    QTest::newRow("behind what is there") << realWorld << realWorld + "\n" + block + "\n";
    QTest::newRow("behind a line without an end")
        << QByteArray("model = 'x'") << "model = 'x'\n\n" + block;
    QTest::newRow("with CRLF") << QByteArray(
        "a = 1\r\n") << "a = 1\r\n\r\n" + QByteArray(block).replace("\n", "\r\n") + "\r\n";
    QTest::newRow("what differs, in place, with the person's own members")
        << QByteArray("[mcp_servers.\"graph-valet\"] # mine\n"
                      "command = '/old'  # \xc3\xa4\n"
                      "startup_timeout_sec = 20\n"
                      "args = [\n"
                      "  \"--profile\", # why\n"
                      "]\n"
                      "[mcp_servers.graph-valet.env]\n"
                      "GRAPH_VALET_READ_ONLY = '1'\n")
        << QByteArray("[mcp_servers.\"graph-valet\"] # mine\n"
                      "command = \"/usr/bin/graph-valet\"  # \xc3\xa4\n"
                      "startup_timeout_sec = 20\n"
                      "args = [\"stdio\"]\n"
                      "[mcp_servers.graph-valet.env]\n"
                      "GRAPH_VALET_READ_ONLY = '1'\n");
    QTest::newRow("what is missing")
        << QByteArray("[mcp_servers.graph-valet] # mine\nenabled = false\n")
        << QByteArray("[mcp_servers.graph-valet] # mine\n"
                      "command = \"/usr/bin/graph-valet\"\n"
                      "args = [\"stdio\"]\n"
                      "enabled = false\n");
    QTest::newRow("what is missing below a header without an end")
        << QByteArray("[mcp_servers.graph-valet]") << block;
    QTest::newRow("into a table within a line")
        << QByteArray("[mcp_servers]\ngraph-valet = {command = 'x', env = {A = 'b'}}\n")
        << QByteArray("[mcp_servers]\ngraph-valet = {args = [\"stdio\"], command = "
                      "\"/usr/bin/graph-valet\", env = {A = 'b'}}\n");
    QTest::newRow("with a header of its own where only a table below it has one")
        << QByteArray("[mcp_servers.graph-valet.env]\nA = 'b'\n")
        << "[mcp_servers.graph-valet.env]\nA = 'b'\n\n" + block + "\n";
    QTest::newRow("nothing where it is so already") << block << block;
}

void TestTomlFormat::putsTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterPut(tomlFormat(), before, place), after);
}

void TestTomlFormat::takesTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("nothing where there is none") << realWorld << realWorld;
    QTest::newRow("nothing from an empty file") << QByteArray() << QByteArray();
    QTest::newRow("from between others, with the tables below it")
        << "a = 1\n\n" + block
            + " # x\n\n[mcp_servers.graph-valet.env]\nA = '''\nx\n'''\n\n# of b\n[b]\nc = 1\n"
        << QByteArray("a = 1\n\n# of b\n[b]\nc = 1\n");
    QTest::newRow("from the front") << block + "\n[b]\nc = 1\n" << QByteArray("[b]\nc = 1\n");
    QTest::newRow("from the front, with the empty line behind it") << block + "\n\n[b]\nc = 1\n"
                                                                   << QByteArray("[b]\nc = 1\n");
    QTest::newRow("where its tables are not together")
        << QByteArray("[mcp_servers.graph-valet]\ncommand = 'x'\n[b]\nc = 1\n"
                      "[mcp_servers.graph-valet.env]\nA = 'b'\n")
        << QByteArray("[b]\nc = 1\n");
    QTest::newRow("where only a table below it is there")
        << QByteArray("b = 1\n[mcp_servers.graph-valet.env]\nA = 'b'\n") << QByteArray("b = 1\n");
    QTest::newRow("with dotted names inside")
        << QByteArray("[mcp_servers.graph-valet]\ncommand = 'x'\nenv.A = 'b'\n[c]\n")
        << QByteArray("[c]\n");
    QTest::newRow("within a line")
        << QByteArray("[mcp_servers]\ngraph-valet = {command = 'x'} # x\nb = {}\n")
        << QByteArray("[mcp_servers]\nb = {}\n");
}

void TestTomlFormat::takesTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterTake(tomlFormat(), before, place), after);
}

void TestTomlFormat::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("a broken line") << QByteArray("a = 1\nb = = 2\n") << brokenIn(2);
    QTest::newRow("a table that is there twice") << QByteArray("[a]\n[b]\n[a]\n") << brokenIn(3);
    QTest::newRow("servers within a line") << QByteArray("mcp_servers = {a = {command = 'x'}}\n")
                                           << problemText(Reason::UnknownShape, 1, 15);
    QTest::newRow("servers that are no table")
        << QByteArray("mcp_servers = 1\n") << problemText(Reason::UnknownShape, 1, 15);
    QTest::newRow("an entry by dotted names")
        << QByteArray("[mcp_servers]\ngraph-valet.command = 'x'\n")
        << problemText(Reason::UnknownShape, 2, 1);
}

void TestTomlFormat::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    QCOMPARE(afterPut(tomlFormat(), text, place).left(problem.size()), problem);
}

void TestTomlFormat::givesBackTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("an empty file") << QByteArray();
    QTest::newRow("a real file") << realWorld;
    QTest::newRow("a real file without its last line feed") << realWorld.chopped(1);
    QTest::newRow("CRLF") << QByteArray(realWorld).replace("\n", "\r\n");
    QTest::newRow("CRLF without the last one")
        << QByteArray(realWorld).replace("\n", "\r\n").chopped(2);
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + realWorld;
    QTest::newRow("only a byte order mark") << QByteArray("\xef\xbb\xbf");
    QTest::newRow("empty lines at the end") << realWorld + "\n\n";
    QTest::newRow("a comment at the end") << realWorld + "# the end";
    QTest::newRow("only a comment") << QByteArray("# mine\n");
}

void TestTomlFormat::givesBackTheSameBytes()
{
    QFETCH(QByteArray, before);
    const QByteArray with = afterPut(tomlFormat(), before, place);
    const auto content = tomlFormat().content(with);
    QVERIFY2(!problemOf(content), with.constData());
    QVERIFY(entryIn(std::get<QJsonObject>(content), place));
    QCOMPARE(afterTake(tomlFormat(), with, place), before);
}

void TestTomlFormat::tellsValuesApart()
{
    const auto content = [](const QByteArray &value) {
        return std::get<QJsonObject>(tomlFormat().content("a = " + value + "\n"));
    };
    const QByteArrayList values{"1",
                                "1.0",
                                "'1'",
                                "true",
                                "'true'",
                                "1979-05-27",
                                "'1979-05-27'",
                                "9223372036854775807",
                                "9223372036854775806",
                                "[1]",
                                "[1.0]"};
    for (qsizetype i = 0; i < values.size(); ++i) {
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY2(content(values.at(i)) != content(values.at(j)), values.at(i).constData());
    }
}

QTEST_GUILESS_MAIN(TestTomlFormat)
#include "tst_toml_format.moc"
