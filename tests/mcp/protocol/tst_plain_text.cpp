// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/plain_text.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestPlainText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("sent");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"Claude Code"_s << u"Claude Code"_s;
        QTest::newRow("other scripts stay")
            << u"Žluťoučký 🦊 نام"_s << u"Žluťoučký 🦊 نام"_s;
        QTest::newRow("bidirectional override") << u"abc\u202Egpj.exe\u202C"_s << u"abcgpj.exe"_s;
        QTest::newRow("isolates") << u"\u2066a\u2069"_s << u"a"_s;
        QTest::newRow("zero width") << u"Cla\u200Bu\u200Dde\uFEFF"_s << u"Claude"_s;
        QTest::newRow("tag characters") << u"a\U000E0041\U000E0042b"_s << u"ab"_s;
        QTest::newRow("variation selector supplement") << u"a\U000E0101b"_s << u"ab"_s;
        QTest::newRow("blank fillers") << u"a\u3164\u2800\u115Fb"_s << u"ab"_s;
        QTest::newRow("control characters") << u"a\u0000\u0007\u001b[31mb\u009f"_s << u"a[31mb"_s;
        QTest::newRow("the one control character above plain ASCII") << u"a\u007Fb"_s << u"ab"_s;
        QTest::newRow("line breaks become one space") << u"a\r\n\n\tb\u2028c"_s << u"a b c"_s;
        QTest::newRow("ends are trimmed") << u"  a \n"_s << u"a"_s;
        QTest::newRow("nothing visible") << u"\u200B\u202E"_s << QString();
        QTest::newRow("too long is cut") << QString(5000, u'x') << QString(200, u'x');
        QTest::newRow("no half character at the cut")
            << QString(199, u'x') + u"🦊"_s << QString(199, u'x');
        QTest::newRow("a lone surrogate is shown as a mistake")
            << u"a"_s + QChar(0xD800) + u"b"_s << u"a\uFFFDb"_s;
    }
    void names()
    {
        QFETCH(QString, sent);
        QFETCH(QString, shown);
        QCOMPARE(mcp::plainName(sent), shown);
    }

    void joinersStayWhereWordsNeedThem()
    {
        const QString word = u"می\u200Cخواهم 👩\u200D💻"_s;
        QCOMPARE(mcp::withoutHiddenCharacters(word, true), word);
        QVERIFY(!mcp::withoutHiddenCharacters(word, false).contains(QChar(0x200C)));
        const QString emoji = u"👁\uFE0F\u200D🗨\uFE0F"_s;
        QCOMPARE(mcp::withoutHiddenCharacters(emoji, true), emoji);
    }

    // Bits as joiners, bytes as variation selectors.
    void rowsOfInvisibleCharactersGo()
    {
        QCOMPARE(mcp::withoutHiddenCharacters(u"a\u200C\u200D\u200C\u200Cb"_s, true),
                 u"a\u200Cb"_s);
        QCOMPARE(mcp::withoutHiddenCharacters(u"a\uFE01\uFE02\uFE0Fb"_s, true), u"a\uFE01b"_s);
        QCOMPARE(mcp::withoutHiddenCharacters(u"a\u200D\uFE01\u200D\uFE02b"_s, true),
                 u"a\u200Db"_s);
    }
};

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plain_text.moc"
