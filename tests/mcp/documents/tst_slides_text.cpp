// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_text.h"
#include "tests/mcp/support/document_files.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QByteArray spaces =
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" "
    "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

QByteArray line(const QByteArray &text, const QByteArray &properties = {})
{
    return "<a:p>" + properties + "<a:r><a:t>" + text + "</a:t></a:r></a:p>";
}

QByteArray shape(const QByteArray &lines, const QByteArray &placeholder = {},
                 const QByteArray &about = {})
{
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"x\"" + about + "/><p:nvPr>"
        + (placeholder.isEmpty() ? QByteArray() : "<p:ph type=\"" + placeholder + "\"/>")
        + "</p:nvPr></p:nvSpPr><p:txBody>" + lines + "</p:txBody></p:sp>";
}

QByteArray slide(const QByteArray &shapes, const QByteArray &attributes = {})
{
    return "<p:sld" + spaces + attributes + "><p:cSld><p:spTree>" + shapes
        + "</p:spTree></p:cSld></p:sld>";
}

QByteArray presentation(const QByteArray &slideXml, const QList<DocumentLink> &links = {},
                        const QList<DocumentFile> &more = {}, const QList<DocumentLink> &ofAll = {})
{
    const QList<DocumentFile> files{
        packageRelations("ppt/presentation.xml"),
        {u"ppt/presentation.xml"_s,
         "<p:presentation" + spaces
             + "><p:sldIdLst><p:sldId id=\"256\" r:id=\"s\"/></p:sldIdLst></p:presentation>"},
        {u"ppt/_rels/presentation.xml.rels"_s,
         relationsOf(QList<DocumentLink>{{"s", "slide", "slides/one.xml"}} + ofAll)},
        {u"ppt/slides/one.xml"_s, slideXml},
        {u"ppt/slides/_rels/one.xml.rels"_s, relationsOf(links)}};
    return zipOf(files + more);
}

QString textOf(const QByteArray &file)
{
    return documentText(file).text;
}

} // namespace

class TestSlidesText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shapes_data()
    {
        QTest::addColumn<QByteArray>("shapes");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QByteArray &shapes, const QString &text) {
            QTest::newRow(name) << shapes << text;
        };
        row("nothing", {}, u"# Slide 1"_s);
        row("title wherever it stands", shape(line("a")) + shape(line("b") + line("c"), "ctrTitle"),
            u"# Slide 1: b / c\na"_s);
        row("levels",
            shape(line("a", "<a:pPr lvl=\"0\"><a:buNone/></a:pPr>")
                  + line("b", "<a:pPr lvl=\"2\"/>")
                  + line("c", "<a:pPr><a:buChar char=\"x\"/></a:pPr>")),
            u"# Slide 1\na\n    b\n- c"_s);
        const QByteArray number = "<a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr>";
        const QByteArray letter = "<a:pPr lvl=\"1\"><a:buAutoNum type=\"alphaLcParenR\"/></a:pPr>";
        row("numbers",
            shape(line("a", number) + line("b", letter) + line("c", letter) + line("d", number)
                  + line("e") + line("f", number))
                + shape(line("g",
                             "<a:pPr><a:buAutoNum type=\"romanUcPeriod\" startAt=\"4\"/></a:pPr>")),
            u"# Slide 1\n1. a\n  a. b\n  b. c\n2. d\ne\n1. f\nIV. g"_s);
        row("runs, breaks and fields",
            shape("<a:p><a:r><a:t>a</a:t></a:r><a:r><a:t>b</a:t></a:r><a:br/><a:fld>"
                  "<a:t>c</a:t></a:fld></a:p><a:p/>"),
            u"# Slide 1\nab\nc"_s);
        row("margins",
            shape(line("7"), "sldNum") + shape(line("today"), "dt") + shape(line("foot"), "ftr"),
            u"# Slide 1"_s);
        row("hidden shapes", shape(line("a"), {}, " hidden=\"1\"") + shape(line("b")),
            u"# Slide 1\nb"_s);
        row("a group, and a hidden one",
            "<p:grpSp>" + shape(line("a"))
                + "</p:grpSp><p:grpSp><p:nvGrpSpPr><p:cNvPr hidden=\"true\"/>"
                  "</p:nvGrpSpPr>"
                + shape(line("b")) + "</p:grpSp>",
            u"# Slide 1\na"_s);
        row("an image", "<p:pic><p:nvPicPr><p:cNvPr descr=\"A tree\"/></p:nvPicPr></p:pic>",
            u"# Slide 1\n[image: A tree]"_s);
        row("a table",
            "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>" + line("a")
                + line("b") + "</a:txBody></a:tc><a:tc><a:txBody>" + line("c")
                + "</a:txBody></a:tc></a:tr><a:tr><a:tc/><a:tc><a:txBody>" + line("d")
                + "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            u"# Slide 1\na / b\tc\n\td"_s);
        row("a link over two runs",
            shape("<a:p><a:r><a:t>see </a:t></a:r><a:r><a:rPr><a:hlinkClick "
                  "r:id=\"l\"/></a:rPr><a:t>our</a:t></a:r>"
                  "<a:r><a:rPr><a:hlinkClick r:id=\"l\"/></a:rPr><a:t> "
                  "site</a:t></a:r><a:r><a:t>.</a:t></a:r></a:p>"),
            u"# Slide 1\nsee our site (https://a.example/). "_s.trimmed());
    }
    void shapes()
    {
        QFETCH(QByteArray, shapes);
        QTEST(textOf(presentation(slide(shapes), {{"l", "hyperlink", "https://a.example/", true}})),
              "text");
    }

    void hiddenSlides()
    {
        QCOMPARE(textOf(presentation(slide(shape(line("a"), "title"), " show=\"0\""))),
                 u"# Slide 1 (hidden): a"_s);
        QCOMPARE(textOf(presentation(slide({}, " show=\"1\""))), u"# Slide 1"_s);
    }

    void notesAndComments()
    {
        const QByteArray notes = "<p:notes" + spaces + "><p:cSld><p:spTree>"
            + shape(line("head"), "hdr") + shape(line("say this"), "body")
            + shape(line("3"), "sldNum") + "</p:spTree></p:cSld></p:notes>";
        const QByteArray file = presentation(
            slide(shape(line("a"))),
            {{"n", "notesSlide", "../notes.xml"}, {"c", "comments", "../comments.xml"}},
            {{u"ppt/notes.xml"_s, notes},
             {u"ppt/comments.xml"_s,
              "<p:cmLst" + spaces
                  + "><p:cm authorId=\"2\"><p:text>why?\nhow?</p:text></p:cm>"
                    "<p:cm authorId=\"9\"><p:text>b</p:text></p:cm></p:cmLst>"},
             {u"ppt/authors.xml"_s,
              "<p:cmAuthorLst" + spaces
                  + "><p:cmAuthor id=\"2\" name=\"Adele Vance\"/>"
                    "</p:cmAuthorLst>"}},
            {{"u", "commentAuthors", "authors.xml"}});
        QCOMPARE(textOf(file),
                 u"# Slide 1\na\nNotes:\nsay this\nComments:\nAdele Vance: why? / how?\nb"_s);
    }

    void commentsWithReplies()
    {
        const QByteArray space =
            " xmlns:n=\"http://schemas.microsoft.com/office/powerpoint/2018/8/main\"";
        const auto body = [](const QByteArray &text) {
            return "<n:txBody>" + line(text) + "</n:txBody>";
        };
        const QByteArray file =
            presentation(slide({}), {{"c", "comments", "../c.xml"}},
                         {{u"ppt/c.xml"_s,
                           "<n:cmLst" + spaces + space
                               + "><n:cm authorId=\"{1}\"><n:replyLst><n:reply authorId=\"{2}\">"
                               + body("because") + "</n:reply></n:replyLst>" + body("why?")
                               + "</n:cm></n:cmLst>"},
                          {u"ppt/a.xml"_s,
                           "<n:authorLst" + space
                               + "><n:author id=\"{1}\" name=\"Adele\"/><n:author id=\"{2}\" "
                                 "name=\"Alex\"/></n:authorLst>"}},
                         {{"a", "authors", "a.xml"}});
        QCOMPARE(textOf(file), u"# Slide 1\nComments:\nAdele: why?\nAlex: because"_s);
    }

    void diagramsAndCharts()
    {
        const QByteArray file = presentation(
            slide("<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds "
                  "r:dm=\"d\"/></a:graphicData></a:graphic>"
                  "</p:graphicFrame><p:graphicFrame><a:graphic><a:graphicData><c:chart r:id=\"c\"/>"
                  "</a:graphicData></a:graphic></p:graphicFrame>"),
            {{"d", "diagramData", "../d.xml"}, {"c", "chart", "../c.xml"}},
            {{u"ppt/d.xml"_s,
              "<dgm:dataModel" + spaces + "><dgm:ptLst><dgm:pt type=\"doc\"/><dgm:pt><dgm:t>"
                  + line("Plan") + "</dgm:t></dgm:pt><dgm:pt type=\"pres\"><dgm:t>" + line("no")
                  + "</dgm:t></dgm:pt><dgm:pt type=\"node\"><dgm:t>" + line("Do")
                  + "</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"},
             {u"ppt/c.xml"_s,
              "<c:chartSpace" + spaces + "><c:chart><c:title>" + line("Growth")
                  + "</c:title><c:plotArea><c:pieChart><c:ser><c:tx><c:strCache><c:pt><c:v>Sales</"
                    "c:v></c:pt>"
                    "</c:strCache></c:tx><c:dLbls><c:v>no</c:v></c:dLbls><c:cat><c:pt><c:v>2025</"
                    "c:v></c:pt><c:pt>"
                    "<c:v>2026</c:v></c:pt></c:cat><c:val><c:pt><c:v>10</c:v></c:pt><c:pt><c:v>12</"
                    "c:v></c:pt></c:val>"
                    "</c:ser></c:pieChart><c:valAx><c:title>"
                  + line("no") + "</c:title></c:valAx></c:plotArea></c:chart></c:chartSpace>"}});
        QCOMPARE(textOf(file),
                 u"# Slide 1\nPlan\nDo\n[chart: Growth]\n\tSales\n2025\t10\n2026\t12"_s);
    }

    void orderIsThatOfThePresentation()
    {
        const QByteArray file = zipOf({packageRelations("ppt/presentation.xml"),
                                       {u"ppt/presentation.xml"_s,
                                        "<p:presentation" + spaces
                                            + "><p:sldIdLst><p:sldId r:id=\"b\"/><p:sldId "
                                              "r:id=\"a\"/></p:sldIdLst></p:presentation>"},
                                       {u"ppt/_rels/presentation.xml.rels"_s,
                                        relationsOf({{"a", "slide", "slides/slide1.xml"},
                                                     {"b", "slide", "slides/slide2.xml"}})},
                                       {u"ppt/slides/slide1.xml"_s, slide(shape(line("second")))},
                                       {u"ppt/slides/slide2.xml"_s, slide(shape(line("first")))}});
        QCOMPARE(textOf(file), u"# Slide 1\nfirst\n\n# Slide 2\nsecond"_s);
    }
};

QTEST_GUILESS_MAIN(TestSlidesText)
#include "tst_slides_text.moc"
