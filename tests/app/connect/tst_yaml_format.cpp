// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/connect/format_edits.h"

using namespace client_config;
using namespace format_edits;
using Reason = ConfigProblem::Reason;

namespace {

const EntryPlace place{.containers = {u"extensions"_s}, .name = u"graph-valet"_s};

const QByteArray block = "  graph-valet:\n"
                         "    cmd: \"/usr/bin/graph-valet\"\n"
                         "    args:\n"
                         "    - \"stdio\"\n"
                         "    enabled: true\n"
                         "    timeout: 300\n";

const QByteArray realWorld = "# goose\n"
                             "GOOSE_PROVIDER: openai\n"
                             "extensions: # what it may use\n"
                             "  # the first\n"
                             "  developer:\n"
                             "    bundled: true\n"
                             "    name: \"developer\"\n"
                             "    timeout: 300.5\n"
                             "    text: |\n"
                             "      extensions:\n"
                             "        graph-valet: no\n"
                             "\n"
                             "    type: builtin\n"
                             "  other: {type: stdio, args: [a, 'b']}\n"
                             "GOOSE_MODEL: gpt-5\n";

EntryMembers members()
{
    return {{u"cmd"_s, u"/usr/bin/graph-valet"_s},
            {u"args"_s, QJsonArray{u"stdio"_s}},
            {u"enabled"_s, true},
            {u"timeout"_s, 300}};
}

} // namespace

class TestYamlFormat : public QObject
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

void TestYamlFormat::putsTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    const QByteArray head = "extensions: # what it may use\n";
    QTest::newRow("into an empty file") << QByteArray() << "extensions:\n" + block;
    QTest::newRow("above its neighbours and their comments")
        << realWorld << QByteArray(realWorld).replace(head, head + block);
    QTest::newRow("behind other settings") << QByteArray("A: b") << "A: b\nextensions:\n" + block;
    QTest::newRow("into an empty container")
        << QByteArray("extensions: {} # none\nA: b\n") << "extensions: # none\n" + block + "A: b\n";
    QTest::newRow("into a container without anything")
        << QByteArray("extensions:\nA: b\n") << "extensions:\n" + block + "A: b\n";
    QTest::newRow("with CRLF") << QByteArray("extensions:\r\n  a: {}\r\n")
                               << "extensions:\r\n" + QByteArray(block).replace("\n", "\r\n")
            + "  a: {}\r\n";
    QTest::newRow("with the indentation of its neighbours")
        << QByteArray("extensions:\n    a: {}\n")
        << QByteArray()
            + "extensions:\n    graph-valet:\n      cmd: \"/usr/bin/graph-valet\"\n      args:\n"
              "      - \"stdio\"\n      enabled: true\n      timeout: 300\n    a: {}\n";
    QTest::newRow("anew with the person's own members")
        << QByteArray("extensions:\n  graph-valet:\n    cmd: /old\n    envs:\n      A: b\n"
                      "    args:\n    - stdio\n    timeout: 10\n  b: {}\n")
        << "extensions:\n" + block.chopped(0) + "    envs: {\"A\":\"b\"}\n  b: {}\n";
    QTest::newRow("nothing where it is so already, however it is written")
        << QByteArray("extensions:\n  graph-valet:\n    args: [stdio]\n    timeout: 300\n"
                      "    enabled: true\n    cmd: '/usr/bin/graph-valet'\n")
        << QByteArray("extensions:\n  graph-valet:\n    args: [stdio]\n    timeout: 300\n"
                      "    enabled: true\n    cmd: '/usr/bin/graph-valet'\n");
}

void TestYamlFormat::putsTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterPut(yamlFormat(), before, place, members()), after);
}

void TestYamlFormat::takesTheEntry_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("nothing where there is none") << realWorld << realWorld;
    QTest::newRow("nothing from an empty file") << QByteArray() << QByteArray();
    QTest::newRow("the only one") << "extensions: # all\n" + block + "A: b\n"
                                  << QByteArray("extensions: {} # all\nA: b\n");
    QTest::newRow("the last one, with a block in it")
        << "extensions:\n  a: {}\n" + block + "    text: |\n      x\n\n      y\n\n# of A\nA: b\n"
        << QByteArray("extensions:\n  a: {}\n\n# of A\nA: b\n");
}

void TestYamlFormat::takesTheEntry()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(afterTake(yamlFormat(), before, place), after);
}

void TestYamlFormat::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("a broken line")
        << QByteArray("a: 1\nb: [\n") << problemText(Reason::Broken, 3, 1);
    QTest::newRow("two documents")
        << QByteArray("a: 1\n---\nb: 1\n") << problemText(Reason::Broken, 2, 1);
    QTest::newRow("something unreadable behind the first document")
        << QByteArray("\":\",o0\"") << problemText(Reason::Broken, 1, 4);
    QTest::newRow("a list") << QByteArray("- a\n") << problemText(Reason::Broken, 1, 1);
    QTest::newRow("servers within a line")
        << QByteArray("extensions: {a: {}}\n") << problemText(Reason::UnknownShape, 1, 1);
    QTest::newRow("servers that are a list")
        << QByteArray("extensions:\n- a\n") << problemText(Reason::UnknownShape, 1, 1);
    QTest::newRow("an entry within a line") << QByteArray("extensions:\n  graph-valet: {cmd: a}\n")
                                            << problemText(Reason::UnknownShape, 2, 3);
    QTest::newRow("a member that cannot be written again")
        << QByteArray("extensions:\n  graph-valet:\n    cmd: a\n    x: 1.5\n")
        << problemText(Reason::UnknownShape, 4, 5);
}

void TestYamlFormat::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    QCOMPARE(afterPut(yamlFormat(), text, place, members()), problem);
}

void TestYamlFormat::givesBackTheSameBytes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("a real file") << realWorld;
    QTest::newRow("CRLF") << QByteArray(realWorld).replace("\n", "\r\n");
    QTest::newRow("a byte order mark") << "\xef\xbb\xbf" + realWorld;
    QTest::newRow("an empty container") << QByteArray("a: b\nextensions: {}\n");
    QTest::newRow("anchors elsewhere")
        << QByteArray("a: &x {b: c}\nd: *x\nextensions:\n  e:\n    <<: *x\n");
}

void TestYamlFormat::givesBackTheSameBytes()
{
    QFETCH(QByteArray, before);
    const QByteArray with = afterPut(yamlFormat(), before, place, members());
    const auto content = yamlFormat().content(with);
    QVERIFY2(!problemOf(content), with.constData());
    QVERIFY(entryIn(std::get<QJsonObject>(content), place));
    QCOMPARE(afterTake(yamlFormat(), with, place), before);
}

void TestYamlFormat::tellsValuesApart()
{
    const auto content = [](const QByteArray &value) {
        return std::get<QJsonObject>(yamlFormat().content("a: " + value + "\n"));
    };
    const QByteArrayList values{"1",    "1.0",    "'1'", "true",          "'true'", "yes", "'yes'",
                                "null", "'null'", "0x1", "!!binary AAAA", "AAAA",   "[1]", "['1']"};
    for (qsizetype i = 0; i < values.size(); ++i) {
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY2(content(values.at(i)) != content(values.at(j)), values.at(i).constData());
    }
    QByteArray laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        const QByteArray name = "a" + QByteArray::number(i);
        laughs += name + ": &" + name + " [" + QByteArrayList(10, before).join(", ") + "]\n";
    }
    QVERIFY(problemOf(yamlFormat().content(laughs)));
    QVERIFY(problemOf(yamlFormat().content("a: 1\na: 2\n")));
}

QTEST_GUILESS_MAIN(TestYamlFormat)
#include "tst_yaml_format.moc"
