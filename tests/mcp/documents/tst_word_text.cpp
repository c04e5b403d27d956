// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_text.h"
#include "mcp/documents/word_lists.h"
#include "tests/mcp/support/document_files.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QByteArray wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

QByteArray run(const QByteArray &text, const QByteArray &properties = {})
{
    return "<w:r>" + (properties.isEmpty() ? QByteArray() : "<w:rPr>" + properties + "</w:rPr>")
        + "<w:t>" + text + "</w:t></w:r>";
}

QByteArray paragraph(const QByteArray &content, const QByteArray &properties = {})
{
    return "<w:p><w:pPr>" + properties + "</w:pPr>" + content + "</w:p>";
}

QByteArray cell(const QByteArray &content, const QByteArray &properties = {})
{
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>";
}

QByteArray part(const QByteArray &root, const QByteArray &content)
{
    return "<w:" + root + " xmlns:w=\"" + wordSpace + "\">" + content + "</w:" + root + ">";
}

QByteArray entry(const QByteArray &text, const QByteArray &list, int level = 0)
{
    return paragraph(run(text),
                     "<w:numPr><w:ilvl w:val=\"" + QByteArray::number(level)
                         + "\"/><w:numId w:val=\"" + list + "\"/></w:numPr>");
}

QByteArray level(int number, const QByteArray &format, const QByteArray &pattern,
                 const QByteArray &more = {})
{
    return "<w:lvl w:ilvl=\"" + QByteArray::number(number)
        + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format + "\"/>" + more
        + "<w:lvlText w:val=\"" + pattern + "\"/></w:lvl>";
}

QString textOf(const QByteArray &file)
{
    return documentText(file).text;
}

} // namespace

class TestWordText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &body, const QString &text) {
            QTest::newRow(name) << body << text;
        };
        row("runs", paragraph(run("a") + run(" b ") + run("c")), u"a b c"_s);
        row("an empty line between",
            paragraph(run("a")) + paragraph({}) + paragraph({}) + paragraph(run("b")), u"a\n\nb"_s);
        row("tabs, breaks and hyphens",
            paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
                      "<w:softHyphen/><w:t>d</w:t><w:cr/><w:t>e</w:t></w:r>"),
            u"a\tb\nc-d\ne"_s);
        row("signs that are markup", paragraph(run("a &lt;b&gt; &amp;amp; &#x20AC;")),
            u"a <b> &amp; €"_s);
        row("CDATA and comments", paragraph(run("a<!-- x --><![CDATA[<b>]]>")), u"a<b>"_s);
        row("symbols",
            paragraph("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t> yes </w:t>"
                      "<w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/><w:t> no </w:t>"
                      "<w:sym w:font=\"Symbol\" w:char=\"F0B7\"/></w:r>"),
            u"☑ yes ☐ no ·"_s);
        row("deleted and inserted",
            paragraph("<w:del>" + run("a") + "<w:r><w:delText>x</w:delText></w:r></w:del><w:ins>"
                      + run("b") + "</w:ins><w:moveFrom>" + run("c") + "</w:moveFrom><w:moveTo>"
                      + run("d") + "</w:moveTo>"),
            u"bd"_s);
        row("inserted and then deleted",
            paragraph(run("a") + "<w:ins><w:del>" + run("x") + "</w:del></w:ins>"), u"a"_s);
        row("a deleted end of a paragraph",
            paragraph(run("a"), "<w:rPr><w:del w:id=\"1\"/></w:rPr>") + paragraph(run("b"))
                + paragraph(run("c")),
            u"ab\nc"_s);
        row("what properties were before",
            paragraph(run("a"),
                      "<w:outlineLvl w:val=\"1\"/><w:pPrChange><w:pPr><w:outlineLvl "
                      "w:val=\"4\"/></w:pPr></w:pPrChange>"),
            u"## a"_s);
        row("hidden",
            paragraph(run("a", "<w:vanish/>") + run("b", "<w:vanish w:val=\"0\"/>")
                      + run("c", "<w:vanish w:val=\"true\"/>") + run("d")),
            u"bd"_s);
        row("headings",
            paragraph(run("a"), "<w:outlineLvl w:val=\"0\"/>")
                + paragraph(run("b"), "<w:outlineLvl w:val=\"8\"/>")
                + paragraph(run("c"), "<w:outlineLvl w:val=\"9\"/>"),
            u"# a\n###### b\nc"_s);
        row("a field",
            paragraph("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>"
                      "PAGE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar "
                      "w:fldCharType=\"separate\"/></w:r>"
                      + run("7") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" + run(" of 9")),
            u"7 of 9"_s);
        row("a field that is a link",
            paragraph("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK "
                      "\"https://contoso.example/?a=1&amp;b=2\" \\o "
                      "\"tip\"</w:instrText></w:r><w:r><w:fldChar "
                      "w:fldCharType=\"separate\"/></w:r>"
                      + run("here") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
            u"here (https://contoso.example/?a=1&b=2)"_s);
        row("a field within what a field is made of",
            paragraph(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:fldChar "
                "w:fldCharType=\"begin\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
                + run("x")
                + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:fldChar "
                  "w:fldCharType=\"separate\"/></w:r>"
                + run("a") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
            u"a"_s);
        row("a content control",
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>" + paragraph(run("a"))
                + "</w:sdtContent></w:sdt>",
            u"a"_s);
        row("a formula", paragraph("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), u"x=1"_s);
        row("a table",
            "<w:tbl><w:tr>" + cell(paragraph(run("a")))
                + cell(paragraph(run("b")) + paragraph(run("c"))) + "</w:tr><w:tr>"
                + cell(paragraph({})) + cell(paragraph(run("d\te"))) + "</w:tr></w:tbl>",
            u"a\tb / c\n\td e"_s);
        row("cells over two columns",
            "<w:tbl><w:tr>" + cell(paragraph(run("a")), "<w:gridSpan w:val=\"2\"/>")
                + cell(paragraph(run("b"))) + "</w:tr></w:tbl>",
            u"a\t\tb"_s);
        row("a frame around text",
            "<w:tbl><w:tr>" + cell(paragraph(run("a")) + paragraph(run("b"))) + "</w:tr></w:tbl>",
            u"a\nb"_s);
        row("a table in a cell",
            "<w:tbl><w:tr>" + cell(paragraph(run("a")))
                + cell("<w:tbl><w:tr>" + cell(paragraph(run("b"))) + cell(paragraph(run("c")))
                       + "</w:tr><w:tr>" + cell(paragraph(run("d"))) + cell(paragraph(run("e")))
                       + "</w:tr></w:tbl>" + paragraph({}))
                + "</w:tr></w:tbl>",
            u"a\tb | c / d | e"_s);
        const QByteArray box = "<w:txbxContent>" + paragraph(run("in the box"))
            + paragraph(run("and more")) + "</w:txbxContent>";
        row("a text box, of which an older copy is there",
            paragraph(
                run("before ")
                + "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor>"
                  "<wp:docPr id=\"1\" descr=\"a red box\"/><wps:txbx>"
                + box
                + "</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
                + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                + run(" after")),
            u"before [image: a red box] after\nin the box\nand more"_s);
        row("only the older copy",
            paragraph("<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox>" + box
                      + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
            u"in the box\nand more"_s);
        row("the first of two choices",
            paragraph("<mc:AlternateContent><mc:Choice Requires=\"x\">" + run("a")
                      + "</mc:Choice><mc:Choice Requires=\"y\">" + run("b")
                      + "</mc:Choice><mc:Fallback>" + run("c")
                      + "</mc:Fallback></mc:AlternateContent>" + run("d")),
            u"ad"_s);
        row("what is not Word's", paragraph("<a:t>x</a:t><v:t>y</v:t>" + run("a")), u"a"_s);
        row("markup without sense",
            "<w:tc/><w:tr/><w:r/><w:t>x</w:t></w:body><w:body>" + paragraph(run("a")), u"a"_s);
    }
    void bodies()
    {
        QFETCH(QByteArray, body);
        QTEST(textOf(wordDocument(body)), "text");
    }

    void lists()
    {
        const QByteArray numbering = part(
            "numbering",
            "<w:abstractNum w:abstractNumId=\"7\">" + level(0, "decimal", "%1.")
                + level(1, "lowerLetter", "%1.%2)") + level(2, "upperRoman", "(%3)")
                + "</w:abstractNum><w:abstractNum w:abstractNumId=\"8\">"
                + level(0, "bullet", "\xEF\x82\xB7")
                + "</w:abstractNum><w:abstractNum w:abstractNumId=\"9\">"
                + level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
                + "</w:abstractNum>"
                  "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
                  "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>"
                  "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\">"
                  "<w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>"
                  "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"9\"/></w:num>");
        const QByteArray body = entry("a", "1") + entry("b", "1", 1) + entry("c", "1", 1)
            + entry("d", "1", 2) + entry("e", "1") + entry("f", "1", 1) + entry("g", "2")
            + entry("h", "1") + entry("i", "3") + entry("j", "3") + entry("k", "0")
            + entry("l", "99") + entry("m", "4") + entry("n", "4", 1) + entry("o", "4", 99)
            + paragraph({}, "<w:numPr><w:numId w:val=\"1\"/></w:numPr>") + entry("p", "1");
        QCOMPARE(
            textOf(wordDocument(body, {{u"word/lists.xml"_s, numbering}},
                                {{"r1", "numbering", "lists.xml"}})),
            u"1. a\n  1.a) b\n  1.b) c\n    (I) d\n2. e\n  2.a) f\n- g\n3. h\n5. i\n6. j\nk\nl\n"
            "I m\n  1.1 n\no\n\n7. p"_s);
    }

    void numbers_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        QTest::newRow("decimal") << 12 << u"decimal"_s << u"12"_s;
        QTest::newRow("two digits") << 7 << u"decimalZero"_s << u"07"_s;
        QTest::newRow("letters") << 27 << u"lowerLetter"_s << u"aa"_s;
        QTest::newRow("capitals") << 26 << u"upperLetter"_s << u"Z"_s;
        QTest::newRow("Roman") << 1994 << u"upperRoman"_s << u"MCMXCIV"_s;
        QTest::newRow("too many for letters") << 100000 << u"lowerLetter"_s << u"100000"_s;
        QTest::newRow("too many for Romans") << 5000 << u"lowerRoman"_s << u"5000"_s;
        QTest::newRow("zero") << 0 << u"lowerRoman"_s << u"0"_s;
        QTest::newRow("a format nobody knows") << 3 << u"ideographDigital"_s << u"3"_s;
    }
    void numbers()
    {
        QFETCH(int, number);
        QFETCH(QString, format);
        QTEST(numberText(number, format), "text");
    }

    void styles()
    {
        const QByteArray sheet = part(
            "styles",
            "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading "
            "1\"/></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"Own\"><w:name w:val=\"Own\"/><w:basedOn "
            "w:val=\"berschrift1\"/></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"Plain\"><w:name w:val=\"Plain\"/><w:basedOn "
            "w:val=\"berschrift1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>"
            "<w:style w:type=\"character\" w:styleId=\"Ghost\"><w:name "
            "w:val=\"Ghost\"/><w:rPr><w:vanish/>"
            "</w:rPr></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"Gone\"><w:name "
            "w:val=\"Gone\"/><w:rPr><w:vanish/>"
            "</w:rPr></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"Listed\"><w:name "
            "w:val=\"Listed\"/><w:pPr><w:numPr>"
            "<w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"Loop\"><w:name w:val=\"Loop\"/><w:basedOn "
            "w:val=\"Loop\"/></w:style>");
        const QByteArray lists = part(
            "numbering",
            "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1.")
                + level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"Listed\"/>")
                + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>");
        const auto styled = [](const QByteArray &style, const QByteArray &content) {
            return paragraph(content, "<w:pStyle w:val=\"" + style + "\"/>");
        };
        const QByteArray body = styled("berschrift1", run("a")) + styled("Own", run("b"))
            + styled("Plain", run("c")) + styled("Gone", run("SECRET"))
            + styled("None", run("d") + run("SECRET", "<w:rStyle w:val=\"Ghost\"/>"))
            + styled("Listed", run("e")) + styled("Listed", run("f")) + styled("Loop", run("g"));
        QCOMPARE(
            textOf(wordDocument(body, {{u"word/s.xml"_s, sheet}, {u"word/n.xml"_s, lists}},
                                {{"r1", "styles", "s.xml"}, {"r2", "numbering", "/word/n.xml"}})),
            u"# a\n# b\nc\n\nd\n  1.1 e\n  1.2 f\ng"_s);
    }

    void links_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("isExternal");
        QTest::addColumn<QString>("text");
        QTest::newRow("elsewhere") << QByteArray("https://a.example/?x=1&amp;y") << true
                                   << u"see here (https://a.example/?x=1&y) too"_s;
        QTest::newRow("says it") << QByteArray("http://here/") << true << u"see here too"_s;
        QTest::newRow("script") << QByteArray("javascript:alert(1)") << true << u"see here too"_s;
        QTest::newRow("a file") << QByteArray("file:///etc/passwd") << true << u"see here too"_s;
        QTest::newRow("a part") << QByteArray("https://a.example") << false << u"see here too"_s;
    }
    void links()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, isExternal);
        const QByteArray body = paragraph(run("see ") + "<w:hyperlink r:id=\"r9\">" + run("here")
                                          + "</w:hyperlink>" + run(" too"));
        QTEST(textOf(wordDocument(body, {}, {{"r9", "hyperlink", target, isExternal}})), "text");
    }

    void whatStandsBesideTheText()
    {
        const QByteArray body =
            paragraph(run("a") + "<w:r><w:footnoteReference w:id=\"5\"/></w:r>" + run("b")
                          + "<w:r><w:endnoteReference w:id=\"1\"/></w:r><w:r><w:commentReference "
                            "w:id=\"3\"/></w:r>"
                            "<w:r><w:footnoteReference w:id=\"4\"/></w:r><w:r><w:footnoteReference "
                            "w:id=\"5\"/></w:r>",
                      "<w:sectPr><w:headerReference r:id=\"h1\"/></w:sectPr>")
            + "<w:sectPr><w:headerReference r:id=\"h2\"/><w:headerReference r:id=\"h3\"/>"
              "<w:footerReference r:id=\"f1\"/></w:sectPr>";
        const auto note = [](const QByteArray &kind, const QByteArray &id, const QByteArray &text) {
            return "<w:" + kind + " w:id=\"" + id + "\">" + paragraph(run(text)) + "</w:" + kind
                + ">";
        };
        const QList<DocumentFile> parts{
            {u"word/fn.xml"_s,
             part("footnotes",
                  note("footnote", "-1", "separator") + note("footnote", "4", "four")
                      + note("footnote", "5", "five"))},
            {u"word/en.xml"_s, part("endnotes", note("endnote", "1", "end"))},
            {u"word/c.xml"_s,
             part("comments",
                  "<w:comment w:id=\"3\" w:author=\"Adele Vance\" w:date=\"2026-11-20T10:00:00Z\">"
                      + paragraph(run("why?")) + "</w:comment>"
                      + note("comment", "8", "of nothing"))},
            {u"word/h1.xml"_s, part("hdr", paragraph(run("head")))},
            {u"word/h2.xml"_s, part("hdr", paragraph(run("head")))},
            {u"word/h3.xml"_s, part("hdr", paragraph(run("other head")))},
            {u"word/f1.xml"_s, part("ftr", paragraph(run("foot")))}};
        const QList<DocumentLink> links{{"1", "footnotes", "fn.xml"}, {"2", "endnotes", "en.xml"},
                                        {"3", "comments", "c.xml"},   {"h1", "header", "h1.xml"},
                                        {"h2", "header", "h2.xml"},   {"h3", "header", "h3.xml"},
                                        {"f1", "footer", "f1.xml"}};
        QCOMPARE(textOf(wordDocument(body, parts, links)),
                 u"a[^1]b[^e1][comment 1][^2][^1]\n\nFootnotes:\n[^2] four\n[^1] five\n\n"
                 "Endnotes:\n[^e1] end\n\nComments:\n[comment 1] Adele Vance, 2026-11-20: why?\n\n"
                 "Header:\nhead\n\nother head\n\nFooter:\nfoot"_s);
    }
};

QTEST_GUILESS_MAIN(TestWordText)
#include "tst_word_text.moc"
