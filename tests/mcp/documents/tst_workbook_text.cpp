// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/cell_formats.h"
#include "mcp/documents/document_text.h"
#include "mcp/documents/sheet_rows.h"
#include "tests/mcp/support/document_files.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QByteArray spaces =
    " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

// One sheet. strings: what stands in the shared ones.
QByteArray workbook(const QByteArray &rows, const QByteArray &strings = {},
                    const QByteArray &behindRows = {}, const QList<DocumentLink> &links = {},
                    const QList<DocumentFile> &more = {})
{
    const QList<DocumentFile> files{
        packageRelations("xl/workbook.xml"),
        {u"xl/workbook.xml"_s,
         "<workbook" + spaces
             + "><sheets><sheet name=\"A &amp; B\" r:id=\"s\"/></sheets></workbook>"},
        {u"xl/_rels/workbook.xml.rels"_s,
         relationsOf({{"s", "worksheet", "one.xml"},
                      {"t", "sharedStrings", "strings.xml"},
                      {"u", "styles", "styles.xml"}})},
        {u"xl/strings.xml"_s, "<sst" + spaces + ">" + strings + "</sst>"},
        {u"xl/styles.xml"_s,
         "<styleSheet" + spaces
             + "><numFmts><numFmt numFmtId=\"170\" "
               "formatCode=\"yyyy\\-mm\"/></numFmts><cellStyleXfs>"
               "<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
               "numFmtId=\"14\"/>"
               "<xf numFmtId=\"170\"/></cellXfs></styleSheet>"},
        {u"xl/one.xml"_s,
         "<worksheet" + spaces + "><sheetData>" + rows + "</sheetData>" + behindRows
             + "</worksheet>"},
        {u"xl/_rels/one.xml.rels"_s, relationsOf(links)}};
    return zipOf(files + more);
}

QString textOf(const QByteArray &file)
{
    const QString text = documentText(file).text;
    return text.startsWith("# A & B\n"_L1) ? text.mid(8) : text;
}

} // namespace

class TestWorkbookText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &rows, const QString &text) {
            QTest::newRow(name) << rows << text;
        };
        row("numbers", "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2.50</v></c></row>",
            u"1\t2.5"_s);
        row("without places", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
            u"1\t2\n3"_s);
        row("shared",
            "<row r=\"1\"><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>9</v></c>"
            "<c t=\"s\"><v>-1</v></c><c><v>7</v></c></row>",
            u"two runs\tone\t\t\t7"_s);
        row("inline",
            "<row r=\"1\"><c t=\"inlineStr\"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>x</t></rPh>"
            "</is></c></row>",
            u"a b"_s);
        row("true, false, faults",
            "<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A"
            "</v></c></row>",
            u"TRUE\tFALSE\t#N/A"_s);
        row("formulas",
            "<row r=\"1\"><c><f>A1*2</f><v>4</v></c><c "
            "t=\"str\"><f>B1</f><v>b</v></c><c><f>C1</f></c>"
            "</row>",
            u"4\tb\t=C1"_s);
        row("dates by style",
            "<row r=\"1\"><c s=\"0\"><v>46000</v></c><c s=\"1\"><v>46000</v></c><c "
            "s=\"2\"><v>46000.5"
            "</v></c><c s=\"9\"><v>1</v></c><c t=\"d\"><v>2026-11-21</v></c></row>",
            u"46000\t2025-12-09\t2025-12-09 12:00\t1\t2026-11-21"_s);
        row("lines and tabs in a cell", "<row r=\"1\"><c t=\"str\"><v>a\n\nb\tc</v></c></row>",
            u"a / b c"_s);
        row("gaps",
            "<row r=\"3\"><c r=\"C3\"><v>1</v></c><c r=\"E3\"><v>2</v></c></row><row r=\"4\"/><row "
            "r=\"6\"><c r=\"A6\"><v>3</v></c></row>",
            u"[row 3]\n\t\t1\t\t2\n[row 6]\n3"_s);
        row("far away", "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c></row>",
            u"1\tXFD: 2"_s);
        row("backwards", "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
            u"\t1"_s);
        row("empty ones with a style",
            "<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\"><v>2</v></c><c r=\"C1\"/></row>",
            u"\t2"_s);
        row("what is no number", "<row r=\"1\"><c><v>abc</v></c></row>", u"abc"_s);
    }
    void cells()
    {
        QFETCH(QByteArray, rows);
        const QByteArray strings =
            "<si><t>one</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>x</t></rPh></si>";
        QTEST(textOf(workbook(rows, strings)), "text");
    }

    void formats_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &code, double value,
                            const QString &text) { QTest::newRow(name) << code << value << text; };
        row("general", u"General"_s, 1.5, u"1.5"_s);
        row("noise of the binary", u"0.00"_s, 0.1 + 0.2, u"0.3"_s);
        row("large", u"0"_s, 123456789012345.0, u"123456789012345"_s);
        row("negative", u"#,##0.00"_s, -2.5, u"-2.5"_s);
        row("exponent", u"0.00E+00"_s, 5, u"5"_s);
        row("percent", u"0.0%"_s, 0.07, u"7%"_s);
        row("percent as text", u"0\"%\""_s, 7, u"7"_s);
        row("day", u"dd/mm/yyyy"_s, 45000, u"2023-03-15"_s);
        row("day and time", u"yyyy-mm-dd\\ hh:mm"_s, 45000.75, u"2023-03-15 18:00"_s);
        row("with seconds", u"d.m.yy h:mm:ss"_s, 45000.0 + 1.0 / 86400, u"2023-03-15 00:00:01"_s);
        row("month", u"mmm yy"_s, 45000, u"2023-03-15"_s);
        row("only a month", u"mmmm"_s, 45000, u"2023-03-15"_s);
        row("time", u"h:mm AM/PM"_s, 0.5, u"12:00"_s);
        row("minutes", u"mm:ss"_s, 1.0 / 1440, u"00:01"_s);
        row("duration", u"[h]:mm"_s, 1.5, u"36:00"_s);
        row("duration in minutes", u"[mm]:ss"_s, 1.0, u"24:00"_s);
        row("colour and condition", u"[Red][<0]0.0;0.0"_s, 3, u"3"_s);
        row("a currency with a d", u"#,##0 \"USD\""_s, 3, u"3"_s);
        row("an escaped d", u"0\\d"_s, 3, u"3"_s);
        row("a locale", u"[$-409]d\\-mmm\\-yyyy;@"_s, 45000, u"2023-03-15"_s);
        row("first day", u"yyyy"_s, 1, u"1900-01-01"_s);
        row("the day before none", u"yyyy"_s, 59, u"1900-02-28"_s);
        row("the day that never was", u"yyyy"_s, 60, u"1900-02-29"_s);
        row("the day after", u"yyyy"_s, 61, u"1900-03-01"_s);
        row("last day", u"yyyy"_s, 2958465, u"9999-12-31"_s);
        row("no day", u"yyyy"_s, 1e9, u"1000000000"_s);
        row("before all days", u"yyyy"_s, -1, u"-1"_s);
        row("no number", u"yyyy"_s, qQNaN(), u"nan"_s);
    }
    void formats()
    {
        QFETCH(QString, code);
        QFETCH(double, value);
        QTEST(cellNumber(value, cellFormatOf(code), false), "text");
    }

    void daysFrom1904()
    {
        QCOMPARE(cellNumber(0, CellFormat::Date, true), u"1904-01-01"_s);
        QCOMPARE(cellNumber(60, CellFormat::Date, true), u"1904-03-01"_s);
    }

    void columns()
    {
        for (int column : {1, 26, 27, 702, 703, 16384})
            QCOMPARE(columnOf(columnName(column) + u"7"_s), column);
        QCOMPARE(columnName(28), u"AB"_s);
        QCOMPARE(columnOf(u"XFE1"_s), 0);
        QCOMPARE(columnOf(u"AAAAAAAAAAAAAAAAAA1"_s), 0);
        QCOMPARE(columnOf(u"12"_s), 0);
        QCOMPARE(columnOf({}), 0);
    }

    void linksAndComments()
    {
        const QByteArray threads =
            "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
        const QByteArray file = workbook(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", {},
            "<hyperlinks><hyperlink ref=\"A1\" r:id=\"l\"/><hyperlink ref=\"A2\" "
            "location=\"B!A1\"/></hyperlinks>",
            {{"l", "hyperlink", "https://a.example/", true},
             {"c", "comments", "../xl/c.xml"},
             {"t", "threadedComment", "t.xml"}},
            {{u"xl/c.xml"_s,
              "<comments" + spaces
                  + "><authors><author>Alex "
                    "Wilber</author><author>tc={1}</author></authors><commentList>"
                    "<comment ref=\"A1\" authorId=\"0\"><text><r><t>Alex "
                    "Wilber:</t></r><r><t>\nfirst\nsecond</t>"
                    "</r></text></comment><comment ref=\"A2\" authorId=\"1\"><text><t>[Threaded "
                    "comment]</t></text></comment></commentList></comments>"},
             {u"xl/t.xml"_s,
              "<ThreadedComments xmlns=\"" + threads
                  + "\"><threadedComment ref=\"A2\" personId=\"{9}\"><text>in a thread</text>"
                    "</threadedComment></ThreadedComments>"}});
        QCOMPARE(textOf(file),
                 u"1\nLinks:\nA1: https://a.example/\nComments:\nA1 Alex Wilber: first / second\n"
                 "A2: in a thread"_s);
    }

    // In the order that the workbook has, with their names, whatever their files are called.
    void sheets()
    {
        const auto sheet = [](const QByteArray &value) {
            return "<worksheet" + spaces + "><sheetData><row><c><v>" + value
                + "</v></c></row></sheetData></worksheet>";
        };
        const QByteArray file =
            zipOf({packageRelations("xl/workbook.xml"),
                   {u"xl/workbook.xml"_s,
                    "<workbook" + spaces
                        + "><workbookPr date1904=\"1\"/><sheets><sheet name=\"Last\" r:id=\"b\" "
                          "state=\"hidden\"/><sheet "
                          "name=\"First\" r:id=\"a\"/><sheet name=\"Chart\" r:id=\"c\"/><sheet "
                          "name=\"Lost\" r:id=\"x\"/>"
                          "</sheets></workbook>"},
                   {u"xl/_rels/workbook.xml.rels"_s,
                    relationsOf({{"a", "worksheet", "worksheets/sheet1.xml"},
                                 {"b", "worksheet", "/xl/worksheets/Sheet2.xml"},
                                 {"c", "chartsheet", "chartsheets/sheet1.xml"}})},
                   {u"xl/worksheets/sheet1.xml"_s, sheet("1")},
                   {u"xl/worksheets/sheet2.xml"_s, sheet("2")}});
        QCOMPARE(textOf(file),
                 u"# Last (hidden)\n2\n\n# First\n1\n\n# Chart\n(a chart)\n\n# Lost\n(no cells)"_s);
    }

    // A text of many kilobytes that every cell asks for.
    void sharedTextsCostOnlySoMuch_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("seen") << QByteArray("word ");
        QTest::newRow("blank") << QByteArray("     ");
        QTest::newRow("hidden") << QByteArray("\xE2\x80\x8B");
    }
    void sharedTextsCostOnlySoMuch()
    {
        QFETCH(QByteArray, word);
        const QByteArray cell = "<c t=\"s\"><v>0</v></c>";
        const DocumentText read = documentText(workbook(
            "<row>" + cell.repeated(1000) + "</row><row>" + cell.repeated(16'000) + "</row>",
            "<si><t>" + word.repeated(6'000'000 / int(word.size())) + "</t></si>"));
        QVERIFY(read.end == DocumentEnd::TooLong || read.end == DocumentEnd::TooLarge);
        QVERIFY(read.text.size() <= documentTextLimit);
    }
};

QTEST_GUILESS_MAIN(TestWorkbookText)
#include "tst_workbook_text.moc"
