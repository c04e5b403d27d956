// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/display_text.h"

#include <QTest>
#include <QTextDocument>

using namespace Qt::StringLiterals;

class TestDisplayText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hidesNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("ordinary text stays as it is")
            << u"Claude Code 2.1"_s << u"Claude Code 2.1"_s;
        QTest::newRow("letters of every language stay")
            << u"Žluťoučký 日本 🦊"_s << u"Žluťoučký 日本 🦊"_s;
        QTest::newRow("an override is spelled out") << u"gpj\u202Eexe"_s << u"gpj[U+202E]exe"_s;
        QTest::newRow("an isolate is spelled out")
            << u"a\u2066b\u2069"_s << u"a[U+2066]b[U+2069]"_s;
        QTest::newRow("a zero-width space is spelled out")
            << u"Clau\u200Bde"_s << u"Clau[U+200B]de"_s;
        QTest::newRow("a line feed is spelled out") << u"a\nb\tc"_s << u"a[U+000A]b[U+0009]c"_s;
        QTest::newRow("a line separator is spelled out") << u"a\u2028b"_s << u"a[U+2028]b"_s;
        QTest::newRow("a no-break space is spelled out") << u"a\u00A0b"_s << u"a[U+00A0]b"_s;
        QTest::newRow("a blank letter is spelled out") << u"\u3164"_s << u"[U+3164]"_s;
        QTest::newRow("a tag character is spelled out")
            << QString::fromUcs4(U"a\U000E0041", 2) << u"a[U+E0041]"_s;
        QTest::newRow("a soft hyphen is spelled out") << u"a\u00ADb"_s << u"a[U+00AD]b"_s;
        QTest::newRow("a private letter is spelled out") << u"\uE000"_s << u"[U+E000]"_s;
        QTest::newRow("a few marks on a letter stay") << u"a\u0301\u0302"_s << u"a\u0301\u0302"_s;
        QTest::newRow("the fifth mark on a letter is spelled out")
            << u"a\u0301\u0301\u0301\u0301\u0301"_s << u"a\u0301\u0301\u0301\u0301[U+0301]"_s;
        QTest::newRow("right-to-left letters are isolated") << u"שלום"_s << u"\u2068שלום\u2069"_s;
    }
    void hidesNothing()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(display_text::shown(text), expected);
    }

    void losesItsMiddleWhenTooLong()
    {
        const QString shown = display_text::shown(QString(10'000, u'a') + u"end"_s, 21);
        QCOMPARE(shown, u"aaaaaaaaaa…aaaaaaaend"_s);
    }

    void spellingOutCannotBlowItUp()
    {
        const QString shown = display_text::shown(QString(10'000, QChar(0x202E)), 80);
        QVERIFY(shown.size() <= 80 * 8);
    }

    void hasNoMnemonicInMenus() { QCOMPARE(display_text::forMenu(u"R&D <b>"_s), u"R&&D <b>"_s); }

    void isNeverMarkupInToolTips_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a tag") << u"<b>bold</b>"_s;
        QTest::newRow("an image") << u"<img src='file:///etc/passwd'>"_s;
        QTest::newRow("an escaped tag") << u"&lt;b&gt;"_s;
        QTest::newRow("an escaped tag in capitals") << u"&LT;b"_s;
        QTest::newRow("a numeric entity") << u"&#60;b>"_s;
    }
    void isNeverMarkupInToolTips()
    {
        QFETCH(QString, text);
        const QString shown = display_text::forToolTip(text);
        QVERIFY2(!Qt::mightBeRichText(shown), qPrintable(shown));
        QVERIFY(!shown.contains(u'<'));
        QVERIFY(!shown.contains(u"&lt;"_s, Qt::CaseInsensitive));
        QVERIFY(!shown.contains(u"&#"_s));
    }
};

QTEST_MAIN(TestDisplayText)
#include "tst_display_text.moc"
