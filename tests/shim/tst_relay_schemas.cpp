// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the relay says itself is what the official schema of the client's revision allows.

#include "tests/mcp/support/wire_check.h"
#include "tests/shim/relay_lines.h"

using namespace relay_test;

class TestRelaySchemas : public QObject
{
    Q_OBJECT

private:
    // What is wrong with the lines; empty: nothing, and there are so many.
    static QString problemsOf(WireCheck &check, const std::string &lines, qsizetype count)
    {
        QStringList problems;
        QList<QByteArray> all = QByteArray::fromStdString(lines).split('\n');
        all.removeLast();
        for (const QByteArray &line : std::as_const(all)) {
            if (const QString problem = check.problem(line); !problem.isEmpty())
                problems.append(problem + u" in "_s + QString::fromUtf8(line));
        }
        if (all.size() != count)
            problems.append(u"%1 lines"_s.arg(all.size()));
        return problems.join(u'\n');
    }
    static void send(Relay &relay, WireCheck &check, const std::string &line)
    {
        check.sending(QByteArray::fromStdString(line).trimmed());
        relay.fromClient(line);
        takeToTray(relay);
    }

private Q_SLOTS:
    void whatItSaysFits_data()
    {
        QTest::addColumn<QByteArray>("revision");
        for (const char *revision :
             {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"})
            QTest::newRow(revision) << QByteArray(revision);
    }
    void whatItSaysFits()
    {
        QFETCH(QByteArray, revision);
        WireCheck check(revision);
        Relay relay;
        if (revision == "2025-03-26") {
            agreeOnBatches(relay);
            std::string entry = call(7);
            entry.pop_back();
            send(relay, check, "[" + entry + "]\n");
            relay.lost();
            QCOMPARE(problemsOf(check, takeToClient(relay), 1), QString());
        }
        relay.connected();
        takeToTray(relay);
        send(relay, check, call(1));
        relay.lost();
        QCOMPARE(problemsOf(check, takeToClient(relay), 1), QString());
        send(relay, check, call(2));
        relay.refuse("Graph Valet: \"nobody\" is there");
        QCOMPARE(problemsOf(check, takeToClient(relay), 1), QString());
        relay.connected();
        takeToTray(relay);
        takeToClient(relay);
        if (revision == "2026-07-28") {
            send(relay, check,
                 "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"subscriptions/listen\"}\n");
            QVERIFY(relay.fromTray("{\"jsonrpc\":\"2.0\",\"method\":"
                                   "\"notifications/subscriptions/acknowledged\"}\n"));
            takeToClient(relay);
            relay.clientEnded();
            QCOMPARE(problemsOf(check, takeToClient(relay), 1), QString());
        }
        send(relay, check, call(3));
        relay.giveUp();
        QCOMPARE(problemsOf(check, takeToClient(relay), 1), QString());
        QVERIFY(check.seen().contains(u"error -32603"_s));
    }
};

QTEST_GUILESS_MAIN(TestRelaySchemas)
#include "tst_relay_schemas.moc"
