// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/text_piece.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestTextPiece : public QObject
{
    Q_OBJECT

private:
    // All pieces, one after the other, each within the limit.
    static QStringList piecesOf(const QString &whole)
    {
        QStringList pieces;
        std::optional<qsizetype> start = 0;
        while (start) {
            const TextPiece piece = textPiece(whole, *start);
            if (piece.text.toUtf8().size() > pieceLimit || (piece.next && piece.text.isEmpty()))
                return {};
            pieces.append(piece.text);
            start = piece.next;
        }
        return pieces;
    }

private Q_SLOTS:
    void piecesMakeTheWhole_data()
    {
        QTest::addColumn<QString>("whole");
        QTest::addColumn<int>("count");
        QString lines;
        for (int i = 0; i < 3000; ++i)
            lines += u"Line %1\n"_s.arg(i);
        QString foxes;
        for (int i = 0; i < 10'000; ++i)
            foxes += u"🦊"_s;
        QTest::newRow("empty") << QString() << 1;
        QTest::newRow("short") << u"Hi"_s << 1;
        QTest::newRow("as long as one may be") << QString(pieceLimit, u'x') << 1;
        QTest::newRow("one more") << QString(pieceLimit + 1, u'x') << 2;
        QTest::newRow("lines") << lines << 2;
        QTest::newRow("two bytes each") << QString(pieceLimit, u'ä') << 2;
        QTest::newRow("three bytes each") << QString(pieceLimit, u'ਸ') << 4;
        QTest::newRow("pairs") << foxes << 3;
        QTest::newRow("pairs, shifted") << u"x"_s + foxes << 3;
        QTest::newRow("halves of pairs") << QString(pieceLimit, QChar(0xD83E)) << 4;
        QTest::newRow("one early line break") << u"a\n"_s + QString(pieceLimit, u'x') << 2;
    }
    void piecesMakeTheWhole()
    {
        QFETCH(QString, whole);
        const QStringList pieces = piecesOf(whole);
        QTEST(int(pieces.size()), "count");
        QCOMPARE(pieces.join(QString()), whole);
        for (const QString &piece : pieces)
            QVERIFY(!whole.contains(u"🦊"_s) || piece.back().isLowSurrogate());
    }

    void endsBehindALine()
    {
        QString whole;
        while (whole.size() < 2 * pieceLimit)
            whole += u"The quick brown fox\n"_s;
        QVERIFY(textPiece(whole, 0).text.endsWith(u'\n'));
    }

    void aStartBeyondTheEndIsTheEnd()
    {
        const TextPiece piece = textPiece(u"abc"_s, 100);
        QCOMPARE(piece.text, QString());
        QVERIFY(!piece.next);
        QCOMPARE(textPiece(u"abc"_s, -5).text, u"abc"_s);
    }
};

QTEST_GUILESS_MAIN(TestTextPiece)
#include "tst_text_piece.moc"
