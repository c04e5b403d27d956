// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/line_framer.h"

#include <QTest>

using mcp::LineFramer;

class TestLineFramer : public QObject
{
    Q_OBJECT

private:
    // Lines as text, a line that was too long as "<too long>".
    static QByteArrayList drain(LineFramer &framer)
    {
        QByteArrayList lines;
        while (const auto frame = framer.next())
            lines.append(frame->tooLong ? QByteArray("<too long>") : frame->line);
        return lines;
    }

private Q_SLOTS:
    void cuts_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("limit");
        QTest::newRow("one line") << QByteArray("{}\n") << QByteArrayList{"{}"} << 10;
        QTest::newRow("three lines glued")
            << QByteArray("a\nb\nc\n") << QByteArrayList{"a", "b", "c"} << 10;
        QTest::newRow("the rest waits") << QByteArray("a\nb") << QByteArrayList{"a"} << 10;
        QTest::newRow("CR LF") << QByteArray("a\r\nb\r\n") << QByteArrayList{"a", "b"} << 10;
        QTest::newRow("CR inside a line stays")
            << QByteArray("a\rb\n") << QByteArrayList{"a\rb"} << 10;
        QTest::newRow("blank lines") << QByteArray("\n\r\n  \na\n\n") << QByteArrayList{"a"} << 10;
        QTest::newRow("non-ASCII bytes")
            << QByteArray("\"Žluťoučký 🦊\"\n\"é\"\n")
            << QByteArrayList{"\"Žluťoučký 🦊\"", "\"é\""} << 100;
        QTest::newRow("a NUL byte")
            << QByteArray("a\0b\n", 4) << QByteArrayList{QByteArray("a\0b", 3)} << 10;
        QTest::newRow("as long as allowed") << QByteArray(10, 'x') + '\n'
                                            << QByteArrayList{QByteArray(10, 'x')} << 10;
        QTest::newRow("one byte too long") << QByteArray(11, 'x') + "\nnext\n"
                                           << QByteArrayList{"<too long>", "next"} << 10;
        QTest::newRow("far too long, then two lines")
            << QByteArray(1000, 'x') + "\na\nb\n"
            << QByteArrayList{"<too long>", "a", "b"} << 10;
        QTest::newRow("too long between two lines") << "a\n" + QByteArray(50, 'x') + "\nb\n"
                                                    << QByteArrayList{"a", "<too long>", "b"} << 10;
        QTest::newRow("too long twice")
            << QByteArray(50, 'x') + '\n' + QByteArray(50, 'y') + "\nb\n"
            << QByteArrayList{"<too long>", "<too long>", "b"} << 10;
    }
    void cuts()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, lines);
        QFETCH(int, limit);
        LineFramer atOnce(limit);
        LineFramer byteByByte(limit);
        atOnce.append(bytes);
        QCOMPARE(drain(atOnce), lines);

        QByteArrayList single;
        for (const char byte : bytes) {
            byteByByte.append(QByteArrayView(&byte, 1));
            single += drain(byteByByte);
        }
        QCOMPARE(single, lines);
    }

    void aLineOfFourMebibytesPassesAndOneByteMoreDoesNot()
    {
        LineFramer framer;
        const QByteArray longest(4 * 1024 * 1024, 'x');
        framer.append(longest + '\n');
        QCOMPARE(drain(framer), QByteArrayList{longest});
        framer.append(longest + "x\nafter\n");
        QCOMPARE(drain(framer), (QByteArrayList{"<too long>", "after"}));
    }

    void aTooLongLineIsReportedOnceBeforeItEnds()
    {
        LineFramer framer(10);
        framer.append(QByteArray(11, 'x'));
        QCOMPARE(drain(framer), QByteArrayList{"<too long>"});
        for (int i = 0; i < 1000; ++i) {
            framer.append(QByteArray(1000, 'x'));
            QVERIFY(!framer.next());
        }
        framer.append("\nnext\n");
        QCOMPARE(drain(framer), QByteArrayList{"next"});
    }

    void aNewLimitCountsFromTheNextLineOn()
    {
        LineFramer framer(5);
        framer.append("hello\n0123456789\n");
        QCOMPARE(framer.next()->line, QByteArray("hello"));
        framer.setLimit(10);
        QCOMPARE(framer.next()->line, QByteArray("0123456789"));
    }
};

QTEST_GUILESS_MAIN(TestLineFramer)
#include "tst_line_framer.moc"
