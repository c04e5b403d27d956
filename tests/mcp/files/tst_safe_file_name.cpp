// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Evil names: what is left of them is a plain file on every system.

#include "mcp/files/safe_file_name.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestSafeFileName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("safe");
        const auto row = [](const char *what, const QString &name, const QString &safe) {
            QTest::newRow(what) << name << safe;
        };
        row("plain", u"Budget 2027.xlsx"_s, u"Budget 2027.xlsx"_s);
        row("umlauts", u"Übersicht für Zürich.md"_s, u"Übersicht für Zürich.md"_s);
        row("decomposed", u"U\u0308bung.md"_s, u"\u00DCbung.md"_s);
        row("folders up", u"../../etc/passwd"_s, u"_.._etc_passwd"_s);
        row("Windows path", u"C:\\Windows\\a.txt"_s, u"C__Windows_a.txt"_s);
        row("stream", u"a.txt:evil.exe"_s, u"a.txt_evil.exe"_s);
        row("wildcards", u"a<b>c|d?e*f\"g"_s, u"a_b_c_d_e_f_g"_s);
        row("bidi", u"invoice\u202Efdp.exe"_s, u"invoicefdp.exe"_s);
        row("zero width", u"a\u200B\u2063b.txt"_s, u"ab.txt"_s);
        row("line break", u"a\nb.txt"_s, u"a b.txt"_s);
        row("control", u"a\u0007\u001Bb"_s, u"ab"_s);
        row("dotfile", u".bashrc"_s, u"bashrc"_s);
        row("many dots", u"...a"_s, u"a"_s);
        row("dot at the end", u"a.exe. . "_s, u"a.exe"_s);
        row("device", u"CON"_s, u"_CON"_s);
        row("device with suffix", u"nul.txt"_s, u"_nul.txt"_s);
        row("device with blank", u"aux .txt"_s, u"_aux .txt"_s);
        row("device with a digit", u"COM\u00B9.log"_s, u"_COM\u00B9.log"_s);
        row("no device", u"console.txt"_s, u"console.txt"_s);
        row("desktop.ini", u"Desktop.ini"_s, u"_Desktop.ini"_s);
        row("nothing", u""_s, u"file"_s);
        row("dots only", u"..."_s, u"file"_s);
        row("blanks only", u" \u200B "_s, u"file"_s);
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, safe);
        QCOMPARE(safeFileName(name), safe);
        QCOMPARE(safeFileName(safe), safe);
    }

    void longNamesKeepTheirSuffix()
    {
        const QString safe = safeFileName(QString(500, u'ä') + u".xlsx"_s);
        QVERIFY(safe.toUtf8().size() <= 180 && safe.toUtf8().size() > 170);
        QVERIFY(safe.endsWith(u"ä.xlsx"_s));
        const QString emoji = safeFileName(u"😀"_s.repeated(200) + u".txt"_s);
        QVERIFY(emoji.endsWith(u"😀.txt"_s));
        QVERIFY(emoji.toUtf8().size() <= 180);
        QVERIFY(safeFileName(QString(1'000'000, u'.') + u"a"_s).size() < 200);
    }

    void programs_data()
    {
        QTest::addColumn<bool>("isProgram");
        for (const char *name :
             {"a.exe",      "A.EXE", "a.pdf.exe", "a.msi",     "a.bat",
              "a.cmd",      "a.ps1", "a.sh",      "a.app",     "a.dmg",
              "a.deb",      "a.jar", "a.lnk",     "a.desktop", "a.url",
              "a.js",       "a.vbs", "a.hta",     "a.scr",     "a.settingcontent-ms",
              "a.AppImage", "a.py",  "a.command", "a.webloc",  "a.iso"})
            QTest::newRow(name) << true;
        for (const char *name : {"a.txt", "a.pdf", "a.docx", "a.xlsm", "a.exe.txt", "exe", "a.zip",
                                 "a.png", "a.csv", "a.json", "a.html", "a"})
            QTest::newRow(name) << false;
    }
    void programs()
    {
        QFETCH(bool, isProgram);
        QCOMPARE(isProgramName(QString::fromLatin1(QTest::currentDataTag())), isProgram);
        // Also behind what a file system would cut or nobody sees.
        const QString hidden = QString::fromLatin1(QTest::currentDataTag()) + u"\u200B. "_s;
        QCOMPARE(isProgramName(safeFileName(hidden)), isProgram);
    }

    void numbers()
    {
        QCOMPARE(numberedName(u"a.txt"_s, 1), u"a.txt"_s);
        QCOMPARE(numberedName(u"a.txt"_s, 2), u"a (2).txt"_s);
        QCOMPARE(numberedName(u"a"_s, 3), u"a (3)"_s);
    }
};

QTEST_GUILESS_MAIN(TestSafeFileName)
#include "tst_safe_file_name.moc"
