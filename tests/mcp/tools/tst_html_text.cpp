// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/html_text.h"

#include "mcp/tools/outside_text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

// What it says is what a person does not see.
constexpr auto secret = "SECRET"_L1;

} // namespace

class TestHtmlText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layouts_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &html, const QString &text) {
            QTest::newRow(name) << html << text;
        };
        row("empty", {}, {});
        row("blank", u" \n\t <p> </p>"_s, {});
        row("plain text", u"a < b & c > d"_s, u"a < b & c > d"_s);
        row("spaces fall together", u"a \n  b<b> c </b> d"_s, u"a b c d"_s);
        row("no space that is not there", u"a<b>b</b><i>c</i>"_s, u"abc"_s);
        row("paragraphs", u"<p>a</p>\n<p>b</p><div>c<div>d</div>e</div>"_s, u"a\nb\nc\nd\ne"_s);
        row("line breaks", u"a<br>b<br/>c<p>d<br></p><p>e</p>"_s, u"a\nb\nc\nd\ne"_s);
        row("empty lines", u"<div>a</div><div><br></div><div>b</div><p>&nbsp;</p><p>c</p>"_s,
            u"a\n\nb\n\nc"_s);
        row("one empty line at most", u"a<br><br><br><br>b"_s, u"a\n\nb"_s);
        row("headings", u"<h1>A</h1>b<h2>C</h2>"_s, u"A\nb\nC"_s);
        row("a line", u"a<hr>b"_s, u"a\n---\nb"_s);
        row("list", u"x<ul><li>a</li><li><p>b</p></li></ul>y"_s, u"x\n- a\n- b\ny"_s);
        row("numbered list", u"<ol><li>a<li>b<ul><li>c</ul><li>d</ol>"_s,
            u"1. a\n2. b\n  - c\n3. d"_s);
        row("an empty entry has no bullet", u"<ul><li></li></ul>a<ul><li> <li>b</ul>"_s,
            u"a\n- b"_s);
        row("table", u"<table><tr><th>a</th><th>b</th></tr><tr><td>1<td>2</table>c"_s,
            u"a | b\n1 | 2\nc"_s);
        row("table of paragraphs",
            u"<table><tr><td><p>a</p></td>\n<td><p>b</p></td></tr></table>"_s, u"a | b"_s);
        row("cells keep their place", u"<table><tr><td>a<td><td>c<tr><td><td>b</table>"_s,
            u"a |  | c\n | b"_s);
        row("a table for the layout",
            u"<table><tr><td></td></tr><tr><td><table><tr><td>a</td></tr><tr><td>b</td></tr>"
            "</table></td><td>&#32;</td></tr></table>c"_s,
            u"a\nb\nc"_s);
        row("a table in a cell",
            u"<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d</table><tr><td>e</table>"_s,
            u"a | b | c\nd\ne"_s);
        row("a cell without a table", u"a<td>b</td><tr>c"_s, u"a\nb\nc"_s);
        row("quoted", u"a<blockquote>b<p>c</p><blockquote>d</blockquote></blockquote>e"_s,
            u"a\n> b\n> c\n> > d\ne"_s);
        row("preformatted", u"<pre>a\n  b   c</pre>d   e"_s, u"a\n  b   c\nd e"_s);
        row("entities", u"&lt;b&gt; &amp;amp; &euro;&#8364;&#x20AC; &quot;&hellip;&copy;"_s,
            u"<b> &amp; €€€ \"…©"_s);
        row("entities that are none", u"&xyzzy; & &;"_s, u"&xyzzy; & &;"_s);
        row("a space that does not break", u"a&nbsp;&nbsp;b"_s, u"a  b"_s);
        row("all planes", u"<p>é 日本 😀</p>"_s, u"é 日本 😀"_s);
        row("another charset is not believed",
            u"<html><head><meta charset=\"windows-1252\"></head><body>é😀</body></html>"_s, u"é😀"_s);
        row("capitals", u"<P>a</P><BR><UL><LI>b</LI></UL>"_s, u"a\n\n- b"_s);
        row("behind the end", u"<body>a</body></html><p>b</p>"_s, u"a\nb"_s);
        row("cut", u"<p>a</p><p>b <i title=\"https://exa"_s, u"a\nb"_s);
        row("a zero byte", u"<p>a"_s + QChar(0) + u"b</p><p>c</p>"_s, u"ab\nc"_s);
        row("Teams: mention and emoji",
            u"<p><at id=\"0\">Megan Bowen</at>&nbsp;thanks <emoji id=\"smile\" alt=\"😄\" "
            "title=\"Smile\"></emoji></p><attachment id=\"1\"></attachment>"_s,
            u"Megan Bowen thanks 😄"_s);
        row("Outlook: Word's markup",
            u"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p "
            "{margin:0} --></style></head><body><p class=\"MsoNormal\">a<o:p></o:p></p><!--[if "
            "mso]>x<![endif]--><![if !mso]><p>b</p><![endif]></body></html>"_s,
            u"a\nb"_s);
    }
    void layouts()
    {
        QFETCH(QString, html);
        QTEST(htmlText(html), "text");
    }

    // libxml2 leaves them out before 2.14; HTML5 puts the replacement character there.
    void numbersOfNoCharacter()
    {
        QString text = htmlText(u"&#xD800;x &#0;y"_s);
        QCOMPARE(text.remove(QChar(QChar::ReplacementCharacter)), u"x y"_s);
    }

    void links_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &html, const QString &text) {
            QTest::newRow(name) << html << text;
        };
        row("with words", u"<a href=\"https://contoso.com/x?a=1&amp;b=2\">see</a> it"_s,
            u"see (https://contoso.com/x?a=1&b=2) it"_s);
        row("says its address", u"<a href=\"https://contoso.com/\">https://contoso.com</a>"_s,
            u"https://contoso.com"_s);
        row("says it in a list",
            u"<ul><li><a href=\"https://contoso.com\"> contoso.com </a></li></ul>"_s,
            u"- contoso.com"_s);
        row("says another address", u"<a href=\"https://evil.example\">https://contoso.com</a>"_s,
            u"https://contoso.com (https://evil.example)"_s);
        row("mail",
            u"<a href=\"mailto:a@contoso.com\">a@contoso.com</a>, <a "
            "href=\"MAILTO:b@contoso.com\">Bo</a>"_s,
            u"a@contoso.com, Bo (MAILTO:b@contoso.com)"_s);
        row("a picture", u"<a href=\"https://contoso.com\"><img src=\"x\" alt=\"\"></a>"_s,
            u"(https://contoso.com)"_s);
        row("nowhere", u"<a>a</a><a href=\"\">b</a><a href=\"#c\">c</a><a href=\"/d\">d</a>"_s,
            u"abcd"_s);
        row("other schemes",
            u"<a href=\"javascript:alert(1)\">a</a><a "
            "href=\"java\nscript:x\">b</a><a href=\"file:///etc\">c</a>"_s,
            u"abc"_s);
        row("an address over lines", u"<a href=\" ht\ntps://contoso.com/a b\">c</a>"_s,
            u"c (https://contoso.com/a%20b)"_s);
        row("without an end", u"<a href=\"https://a.example\">a<a href=\"https://b.example\">b"_s,
            u"a (https://a.example)b (https://b.example)"_s);
        row("around a block", u"<a href=\"https://a.example\"><div>a</div></a>b"_s,
            u"a (https://a.example)\nb"_s);
    }
    void links()
    {
        QFETCH(QString, html);
        QTEST(htmlText(html), "text");
    }

    void images_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const QString &html, const QString &text) {
            QTest::newRow(name) << html << text;
        };
        row("described", u"a <img src=\"x\" alt=\"Our  team\"> b"_s, u"a [image: Our team] b"_s);
        row("not described", u"<img src=\"x\">"_s, u"[image]"_s);
        row("for decoration", u"a<img src=\"x\" alt=\"\">b"_s, u"ab"_s);
        row("to count readers", u"a<img src=\"x\" width=\"1\" height=\"1\">b"_s, u"ab"_s);
        row("an emoji", u"<img itemtype=\"http://schema.skype.com/Emoji\" alt=\"👍\">"_s, u"👍"_s);
        row("hidden", u"a<img src=\"x\" alt=\"SECRET\" style=\"display:none\">"_s, u"a"_s);
    }
    void images()
    {
        QFETCH(QString, html);
        QTEST(htmlText(html), "text");
    }

    // Each with "seen" before and behind.
    void hiddenTexts_data()
    {
        QTest::addColumn<QString>("html");
        const auto element = [](const QString &name, const QString &attributes) {
            const QString html = u"<%1 %2>SECRET</%1>"_s.arg(name, attributes);
            QTest::addRow("%s", qPrintable(html)) << html;
        };
        const QStringList names{u"script"_s, u"style"_s,    u"title"_s,   u"template"_s,
                                u"iframe"_s, u"object"_s,   u"svg"_s,     u"noembed"_s,
                                u"video"_s,  u"noscript"_s, u"datalist"_s};
        for (const QString &name : names)
            element(name, {});
        element(u"div"_s, u"hidden"_s);
        element(u"p"_s, u"HIDDEN=\"until-found\""_s);
        const QStringList styles{u"display:none"_s,
                                 u"DISPLAY : None !important"_s,
                                 u"color:red;display:/* x */none;"_s,
                                 u"visibility:hidden"_s,
                                 u"font-size:0"_s,
                                 u"font-size: 0.0px"_s,
                                 u"font-size:1px"_s,
                                 u"font-size:.01em"_s,
                                 u"opacity:0"_s,
                                 u"opacity:0%"_s,
                                 u"mso-hide:all"_s,
                                 u"color:transparent"_s,
                                 u"max-height:0;overflow:hidden"_s,
                                 u"width:0px;overflow:hidden"_s,
                                 u"position:absolute;left:-9999px"_s,
                                 u"text-indent:-9999px"_s};
        for (const QString &style : styles) {
            element(u"span"_s, u"style=\"%1\""_s.arg(style));
            element(u"table"_s, u"style='%1'"_s.arg(style));
        }
        const auto row = [](const char *name, const QString &html) { QTest::newRow(name) << html; };
        row("comment", u"<!-- SECRET -->"_s);
        row("comment with tags", u"<!-- <p>SECRET</p> > -->"_s);
        row("conditional comment", u"<!--[if mso]><p>SECRET</p><![endif]-->"_s);
        row("odd comment", u"<!SECRET><!-><![SECRET]>"_s);
        row("another odd comment", u"</ SECRET></1SECRET></>"_s);
        row("CDATA", u"<![CDATA[SECRET]]>"_s);
        row("processing instruction", u"<?SECRET?><?xml:namespace SECRET />"_s);
        row("attributes", u"<p title=\"SECRET\" data-x=\"SECRET>\" aria-label='SECRET'></p>"_s);
        row("deep in it", u"<div style=\"display:none\"><p><b>SECRET</b></p>SECRET</div>"_s);
        row("shown again in what is gone",
            u"<div hidden><p style=\"display:block;visibility:visible\">SECRET</p></div>"_s);
        row("a share of nothing",
            u"<div style=\"font-size:0\"><b style=\"font-size:300%\">SECRET</b><b "
            "style=\"font-size:9em\">SECRET</b></div>"_s);
        row("a tag over lines", u"<div\n\tstyle\n=\n'display:none'\n>SECRET</div>"_s);
        row("an empty table's caption", u"<table hidden><caption>SECRET</caption></table>"_s);
        row("options of a list that completes", u"<datalist><option>SECRET</datalist>"_s);
    }
    void hiddenTexts()
    {
        QFETCH(QString, html);
        const QString text = htmlText(u"<p>seen</p>"_s + html + u"<p>seen again</p>"_s);
        QVERIFY2(!text.contains(secret), qPrintable(text));
        QString lines = text;
        lines.remove(u'\n');
        QCOMPARE(lines, u"seenseen again"_s);
    }

    void seenTexts_data()
    {
        QTest::addColumn<QString>("html");
        const auto row = [](const char *name, const QString &html) { QTest::newRow(name) << html; };
        row("for ears only not", u"<p aria-hidden=\"true\">seen</p>"_s);
        row("other styles", u"<p style=\"color:#fff;font-size:10px;opacity:.9\">seen</p>"_s);
        row("not quite nothing",
            u"<p style=\"max-height:0;height:100px;width:80%;overflow:auto\">seen</p>"_s);
        row("a size in a space without one",
            u"<td style=\"font-size:0px\"><div style=\"font-size:13px\"><b>seen</b></div></td>"_s);
        row("visible in what is not",
            u"<div style=\"visibility:hidden\"><p style=\"visibility:visible\">seen</p></div>"_s);
        row("with a colour in what has none",
            u"<div style=\"color:transparent\"><p style=\"color:black\">seen</p></div>"_s);
        row("a word that is no style", u"<p class=\"hidden\" style=\"display:\">seen</p>"_s);
        row("behind what is gone", u"<p style=\"display:none\">x<p>seen</p>"_s);
        row("Word's lists", u"<p style=\"text-indent:-18.0pt;margin-left:-5px\">seen</p>"_s);
        row("behind odd values", u"<p title=\"<!x\" alt='</ y' class=<!z>seen</p>"_s);
        row("behind comments", u"<!----><!-- > --><!--[if mso]>x<![endif]-->seen"_s);
    }
    void seenTexts()
    {
        QFETCH(QString, html);
        QCOMPARE(htmlText(html), u"seen"_s);
    }

    void nothingHidesInCharacters()
    {
        const QString text = u"pay\u202Enow\u200B \U000E0041!&#x202E;&#xE0041;&#8203;"_s;
        QCOMPARE(htmlText(u"<p>"_s + text + u"</p>"_s), u"paynow !"_s);
        QCOMPARE(htmlText(u"<a href=\"https://a.example/\u202Eb\">c</a>"_s),
                 u"c (https://a.example/b)"_s);
    }

    void hostileShapes_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("tail");
        const QStringList units{u"<div>"_s,
                                u"<b>"_s,
                                u"<table><tr><td>"_s,
                                u"<ul><li>"_s,
                                u"<blockquote>"_s,
                                u"<a href=https://a.example>"_s,
                                u"<p>"_s,
                                u"</p>"_s,
                                u"<font><table>"_s,
                                u"<svg>"_s,
                                u"<"_s,
                                u"</"_s,
                                u"<!"_s,
                                u"<!--"_s,
                                u"&"_s,
                                u"&#"_s,
                                u"<pre>\n"_s,
                                u"<td>"_s,
                                u"<li>"_s,
                                u"<br>"_s,
                                u"<![if]>"_s,
                                u"<script>"_s,
                                u"<i></b>"_s,
                                u"<select><option>"_s,
                                u"<a b "_s,
                                u"<x "_s,
                                u"<p style=\"display:none"_s};
        for (const QString &unit : units) {
            QTest::addRow("%s", qPrintable(unit)) << unit << QString();
            QTest::addRow("%s and ends", qPrintable(unit)) << unit << u"</b></i></td></li>"_s;
        }
    }
    // As deep and as much as may be: neither a crash nor an end that never comes, nor an answer
    // beyond all measure.
    void hostileShapes()
    {
        QFETCH(QString, unit);
        QFETCH(QString, tail);
        const QString html = u"seen"_s + unit.repeated(100'000) + tail.repeated(20'000);
        const QString text = htmlText(html);
        QVERIFY2(text.startsWith("seen"_L1), qPrintable(text.left(100)));
        QVERIFY(text.size() <= 4 * html.size());
        QCOMPARE(outsideText(text), text);
    }

    void saysWhereItCuts()
    {
        const QString block = u"<p>0123456789</p>"_s;
        const QString much = htmlText(block.repeated(100'000));
        QVERIFY(much.startsWith("0123456789\n0123456789\n"_L1));
        QVERIFY(much.endsWith("\n[cut]"_L1));
        QVERIFY(much.size() > 500'000);
        QVERIFY(htmlText(block.repeated(50'000)).endsWith(u'9'));

        QCOMPARE(htmlText(u"a"_s + u"<div>"_s.repeated(100'000) + u"b"_s), u"a\n[cut]"_s);
        QCOMPARE(htmlText(u"a"_s + u"<div>"_s.repeated(400) + u"b"_s), u"a\nb"_s);
    }

    // libxml2 2.9 compares each with all.
    void manyAttributes_data()
    {
        QTest::addColumn<QString>("attribute"); // %1: a number
        QTest::newRow("plain") << u"a%1 "_s;
        QTest::newRow("with values") << u"a%1=b "_s;
        QTest::newRow("quoted") << u"a%1=\">\" "_s;
        QTest::newRow("quoted otherwise") << u"a%1 = '<p>'"_s;
        QTest::newRow("with slashes") << u"a%1/"_s;
        QTest::newRow("over lines") << u"a%1\n"_s;
    }
    void manyAttributes()
    {
        QFETCH(QString, attribute);
        const auto tagWith = [&attribute](int count) {
            QString html = u"before<p "_s;
            for (int i = 0; i < count; ++i)
                html += attribute.arg(i);
            return html + u">seen"_s;
        };
        QCOMPARE(htmlText(tagWith(100'000)), u"before\n[cut]"_s);
        QCOMPARE(htmlText(tagWith(900)), u"before\nseen"_s);
        QCOMPARE(htmlText(tagWith(900).repeated(2)), u"before\nseenbefore\nseen"_s);
    }
};

QTEST_GUILESS_MAIN(TestHtmlText)
#include "tst_html_text.moc"
