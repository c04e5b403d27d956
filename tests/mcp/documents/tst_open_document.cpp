// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_text.h"
#include "tests/mcp/support/document_files.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

QByteArray spaces()
{
    QByteArray all = " xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                     "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
                     "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";
    for (const char *name : {"office", "text", "table", "presentation", "style"})
        all += QByteArray(" xmlns:") + name + "=\"urn:oasis:names:tc:opendocument:xmlns:" + name
            + ":1.0\"";
    return all;
}

QByteArray document(const QByteArray &kind, const QByteArray &body, const QByteArray &styles = {},
                    const QByteArray &common = {})
{
    QList<DocumentFile> files{
        {u"content.xml"_s,
         "<office:document-content" + spaces() + "><office:automatic-styles>" + styles
             + "</office:automatic-styles><office:body><office:" + kind + ">" + body
             + "</office:" + kind + "></office:body></office:document-content>"}};
    if (!common.isEmpty())
        files.append(
            {u"styles.xml"_s,
             "<office:document-styles" + spaces() + ">" + common + "</office:document-styles>"});
    return zipOf(files);
}

QString textOf(const QByteArray &file)
{
    return documentText(file).text;
}

} // namespace

class TestOpenDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &body, const QString &text) {
            QTest::newRow(name) << body << text;
        };
        row("paragraphs",
            "<text:h text:outline-level=\"2\">a</text:h>\n <text:p>b "
            "<text:span>c</text:span></text:p>"
            "<text:p/><text:p>d</text:p>",
            u"## a\nb c\n\nd"_s);
        row("blanks",
            "<text:p> a \n b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e</text:p>",
            u"a b   c\td\ne"_s);
        row("deleted",
            "<text:tracked-changes><text:p>SECRET</text:p></text:tracked-changes><text:p>a</"
            "text:p>",
            u"a"_s);
        row("hidden",
            "<text:p>a<text:span "
            "text:style-name=\"Ghost\">SECRET</text:span><text:hidden-text>SECRET"
            "</text:hidden-text></text:p><text:p text:style-name=\"Gone\">SECRET</text:p>",
            u"a"_s);
        row("headings by style",
            "<text:p text:style-name=\"P1\">a</text:p><text:p text:style-name=\"Title\">b</text:p>",
            u"### a\n# b"_s);
        row("lists",
            "<text:list "
            "text:style-name=\"L\"><text:list-item><text:p>a</text:p><text:p>b</text:p><text:list>"
            "<text:list-item><text:p>c</text:p></text:list-item></text:list></"
            "text:list-item><text:list-item>"
            "<text:p>d</text:p></text:list-item></text:list><text:p>e</text:p><text:list "
            "text:style-name=\"L\" "
            "text:continue-numbering=\"true\"><text:list-item><text:p>f</text:p></"
            "text:list-item><text:list-item "
            "text:start-value=\"9\"><text:p>g</text:p></text:list-item></text:list>",
            u"(1) a\n  b\n  - c\n(2) d\ne\n(3) f\n(9) g"_s);
        row("links",
            "<text:p>see <text:a xlink:href=\"https://a.example/\">this</text:a>, <text:a "
            "xlink:href=\"#x\">that</text:a></text:p>",
            u"see this (https://a.example/), that"_s);
        row("notes and comments",
            "<text:p>a<text:note><text:note-citation>i</"
            "text:note-citation><text:note-body><text:p>n"
            "</text:p></text:note-body></text:note>b<office:annotation><dc:creator>Adele</"
            "dc:creator>"
            "<dc:date>2026-11-20T10:00:00</dc:date><text:p>why?</text:p></office:annotation>c</"
            "text:p>",
            u"a[^1]b[comment 1]c\n\nNotes:\n[^1] n\n\nComments:\n[comment 1] Adele, 2026-11-20: why?"_s);
        row("a table",
            "<table:table "
            "table:name=\"T\"><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</"
            "text:p>"
            "</table:table-cell><table:table-cell "
            "table:number-columns-repeated=\"2\"/><table:table-cell><text:p>c"
            "</text:p></table:table-cell></table:table-row></table:table>",
            u"a / b\t\t\tc"_s);
        row("a frame",
            "<text:p>a<draw:frame><draw:text-box><text:p>in</text:p></draw:text-box></"
            "draw:frame>b</text:p>",
            u"ab\nin"_s);
        row("an image",
            "<text:p>a<draw:frame><draw:image/><svg:title>x</svg:title><svg:desc>A tree</svg:desc>"
            "</draw:frame></text:p>",
            u"a\n[image: A tree]"_s);
    }
    void texts()
    {
        QFETCH(QByteArray, body);
        const QByteArray styles =
            "<style:style style:name=\"Ghost\" style:family=\"text\"><style:text-properties "
            "text:display=\"none\"/>"
            "</style:style><style:style style:name=\"Gone\" "
            "style:family=\"paragraph\"><style:text-properties "
            "text:display=\"none\"/></style:style><style:style style:name=\"P1\" "
            "style:family=\"paragraph\" "
            "style:parent-style-name=\"Heading_20_3\"/>";
        const QByteArray common = "<office:styles><text:list-style "
                                  "style:name=\"L\"><text:list-level-style-number text:level=\"1\" "
                                  "style:num-prefix=\"(\" style:num-format=\"1\" "
                                  "style:num-suffix=\")\"/><text:list-level-style-bullet "
                                  "text:level=\"2\"/></text:list-style></office:styles>";
        QTEST(textOf(document("text", body, styles, common)), "text");
    }

    void headersAndFooters()
    {
        const QByteArray common = "<office:master-styles><style:master-page><style:header><text:p>"
                                  "head</text:p></style:header>"
                                  "<style:footer><text:p>foot</text:p></style:footer></"
                                  "style:master-page><style:master-page>"
                                  "<style:header><text:p>head</text:p></style:header></"
                                  "style:master-page></office:master-styles>";
        QCOMPARE(textOf(document("text", "<text:p>a</text:p>", {}, common)),
                 u"a\n\nHeaders and footers:\nhead\nfoot"_s);
        QCOMPARE(textOf(document("spreadsheet", "<table:table table:name=\"A\"/>", {}, common)),
                 u"# A"_s);
    }

    void sheets()
    {
        const QByteArray styles =
            "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties "
            "table:display=\"false\"/></style:style>";
        const auto cell = [](const QByteArray &text, const QByteArray &more = {}) {
            return "<table:table-cell" + more + "><text:p>" + text + "</text:p></table:table-cell>";
        };
        const QByteArray body = "<table:table table:name=\"One\"><table:table-row>" + cell("a")
            + "<table:table-cell table:number-columns-repeated=\"2\"/>"
            + cell("b", " table:number-columns-repeated=\"2\"")
            + "<table:table-cell "
              "table:number-columns-repeated=\"16379\"/></table:table-row><table:table-row "
              "table:number-rows-repeated=\"7\"><table:table-cell "
              "table:number-columns-repeated=\"16384\"/>"
              "</table:table-row><table:table-row table:number-rows-repeated=\"2\">"
            + cell("21.11.26",
                   " office:value-type=\"date\" office:date-value=\"2026-11-21T18:45:00\"")
            + "<table:covered-table-cell/>" + cell("c")
            + "</table:table-row><table:table-row "
              "table:number-rows-repeated=\"1048566\"><table:table-cell "
              "table:number-columns-repeated=\"16384\"/></table:table-row></"
              "table:table><table:table table:name=\"Two\" "
              "table:style-name=\"ta2\"><table:table-row>"
            + cell("d") + "</table:table-row></table:table>";
        QCOMPARE(
            textOf(document("spreadsheet", body, styles)),
            u"# One\na\t\t\tb\tb\n[row 9]\n2026-11-21 18:45:00\t\tc\n2026-11-21 18:45:00\t\tc\n\n# Two (hidden)\nd"_s);
    }

    void slides()
    {
        const QByteArray styles =
            "<style:style style:name=\"dp2\" style:family=\"drawing-page\">"
            "<style:drawing-page-properties presentation:visibility=\"hidden\"/></style:style>";
        const auto frame = [](const QByteArray &text, const QByteArray &more = {}) {
            return "<draw:frame" + more + "><draw:text-box><text:p>" + text
                + "</text:p></draw:text-box></draw:frame>";
        };
        const QByteArray body = "<draw:page draw:name=\"x\">" + frame("a")
            + frame("Title", " presentation:class=\"title\"")
            + frame("7", " presentation:class=\"page-number\"")
            + frame("Click", " presentation:placeholder=\"true\"")
            + "<draw:custom-shape><text:p>b</text:p></"
              "draw:custom-shape><presentation:notes><draw:page-thumbnail/>"
            + frame("say", " presentation:class=\"notes\"")
            + "</presentation:notes></draw:page><draw:page "
              "draw:style-name=\"dp2\"/>";
        QCOMPARE(textOf(document("presentation", body, styles)),
                 u"# Slide 1: Title\na\nb\nNotes:\nsay\n\n# Slide 2 (hidden)"_s);
    }

    // Much out of little.
    void repeatedCellsCostOnlySoMuch()
    {
        const QByteArray cell = "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>"
            + QByteArray("\xE2\x80\x8B").repeated(3000) + "x</text:p></table:table-cell>";
        const QByteArray row = "<table:table-row table:number-rows-repeated=\"1048576\">"
            + cell.repeated(50) + "</table:table-row>";
        const QByteArray table =
            "<table:table table:name=\"T\">" + row.repeated(50) + "</table:table>";
        QCOMPARE(documentText(document("spreadsheet", table)).end, DocumentEnd::TooLong);
        QVERIFY(textOf(document("text", table)).size() < 1'000'000);
    }
};

QTEST_GUILESS_MAIN(TestOpenDocument)
#include "tst_open_document.moc"
