// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/arguments.h"

#include <QTest>

class TestArguments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void understands()
    {
        const Arguments plain = parseArguments({"stdio"}, nullptr);
        QVERIFY(plain.problem.empty());
        QVERIFY(plain.word == Word::Stdio);
        QCOMPARE(plain.profile, std::string("default"));

        const Arguments status = parseArguments({"--profile", "work", "status", "--json"}, "other");
        QVERIFY2(status.problem.empty(), status.problem.c_str());
        QVERIFY(status.word == Word::Status && status.json);
        QCOMPARE(status.profile, std::string("work"));

        const Arguments doctor = parseArguments({"doctor", "--json"}, nullptr);
        QVERIFY2(doctor.problem.empty(), doctor.problem.c_str());
        QVERIFY(doctor.word == Word::Doctor && doctor.json);

        const Arguments signIn = parseArguments({"sign-in", "--timeout=30", "--profile=a-1"}, "");
        QVERIFY2(signIn.problem.empty(), signIn.problem.c_str());
        QCOMPARE(signIn.timeoutSeconds, 30);
        QCOMPARE(signIn.profile, std::string("a-1"));
        QVERIFY(!signIn.deviceCode && !signIn.noBrowser);

        const Arguments code = parseArguments({"sign-in", "--device-code"}, nullptr);
        QVERIFY2(code.problem.empty(), code.problem.c_str());
        QVERIFY(code.deviceCode && !code.noBrowser);
        const Arguments link = parseArguments({"--no-browser", "sign-in"}, nullptr);
        QVERIFY2(link.problem.empty(), link.problem.c_str());
        QVERIFY(link.noBrowser && !link.deviceCode);
        const Arguments another = parseArguments({"sign-in", "--another"}, nullptr);
        QVERIFY2(another.problem.empty(), another.problem.c_str());
        QVERIFY(another.another && !link.another);
        const Arguments one = parseArguments({"sign-out", "--account=a@b.example"}, nullptr);
        QVERIFY2(one.problem.empty(), one.problem.c_str());
        QCOMPARE(one.account, std::string("a@b.example"));

        const Arguments relay = parseArguments({"stdio", "--client", "cursor-1"}, nullptr);
        QVERIFY2(relay.problem.empty(), relay.problem.c_str());
        QCOMPARE(relay.client, std::string("cursor-1"));
        const Arguments connect = parseArguments({"connect", "--dry-run", "status"}, nullptr);
        QVERIFY2(connect.problem.empty(), connect.problem.c_str());
        QVERIFY(connect.word == Word::Connect && connect.dryRun && !connect.remove);
        QCOMPARE(connect.client, std::string("status"));
        QVERIFY(parseArguments({"connect", "--list"}, nullptr).problem.empty());
        QVERIFY(parseArguments({"connect", "zed", "--undo"}, nullptr).problem.empty());
        QVERIFY(
            parseArguments({"connect", "--remove", "--dry-run", "zed"}, nullptr).problem.empty());

        QCOMPARE(parseArguments({"quit"}, "from-environment").profile,
                 std::string("from-environment"));
        QVERIFY(parseArguments({"sign-out"}, nullptr).word == Word::SignOut);
        QVERIFY(parseArguments({"--help"}, nullptr).word == Word::Help);
        QVERIFY(parseArguments({"--version"}, nullptr).word == Word::Version);
        QVERIFY(parseArguments({"stdio", "--help"}, nullptr).word == Word::Help);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("profile");
        const auto row = [](const char *name, const QStringList &words, const char *profile = "") {
            QTest::newRow(name) << words << QByteArray(profile);
        };
        const auto s = [](const char *text) { return QString::fromUtf8(text); };
        row("nothing", {});
        row("another where nobody signs in", {s("sign-out"), s("--another")});
        row("an account where nobody signs out", {s("sign-in"), s("--account"), s("a@b")});
        row("an account without a name", {s("sign-out"), s("--account=")});
        row("an id of another word", {s("status"), s("--client"), s("a")});
        row("an id that is none", {s("stdio"), s("--client"), s("A b")});
        row("an empty id", {s("stdio"), s("--client=")});
        row("connect without a client", {s("connect")});
        row("connect two clients", {s("connect"), s("zed"), s("cursor")});
        row("list and a client", {s("connect"), s("--list"), s("zed")});
        row("list and remove", {s("connect"), s("--list"), s("--remove")});
        row("undo and dry run", {s("connect"), s("--undo"), s("--dry-run"), s("zed")});
        row("undo and remove", {s("connect"), s("--undo"), s("--remove"), s("zed")});
        row("dry run of another word", {s("stdio"), s("--dry-run")});
        row("list of another word", {s("status"), s("--list")});
        row("unknown word", {s("serve")});
        row("two words", {s("status"), s("quit")});
        row("unknown option", {s("stdio"), s("--verbose")});
        row("json of another word", {s("quit"), s("--json")});
        row("timeout of the doctor", {s("doctor"), s("--timeout"), s("3")});
        row("timeout of another word", {s("status"), s("--timeout"), s("3")});
        row("device code of another word", {s("status"), s("--device-code")});
        row("device code for an AI client", {s("stdio"), s("--device-code")});
        row("no browser of another word", {s("sign-out"), s("--no-browser")});
        row("device code and no browser", {s("sign-in"), s("--device-code"), s("--no-browser")});
        row("device code with a value", {s("sign-in"), s("--device-code=1")});
        row("timeout without a value", {s("sign-in"), s("--timeout")});
        row("timeout zero", {s("sign-in"), s("--timeout"), s("0")});
        row("timeout negative", {s("sign-in"), s("--timeout"), s("-1")});
        row("timeout with a unit", {s("sign-in"), s("--timeout"), s("5s")});
        row("timeout too large", {s("sign-in"), s("--timeout"), s("99999999999")});
        row("profile without a value", {s("stdio"), s("--profile")});
        row("profile with a slash", {s("stdio"), s("--profile"), s("../x")});
        row("empty profile", {s("stdio"), s("--profile=")});
        row("bad profile in the environment", {s("stdio")}, "A B");
    }

    void refuses()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, profile);
        std::vector<std::string> list;
        for (const QString &word : words)
            list.push_back(word.toStdString());
        QVERIFY(!parseArguments(list, profile.constData()).problem.empty());
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
