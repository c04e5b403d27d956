// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/xml_reader.h"

#include "mcp/documents/xml_tag_guard.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

// What it was handed, written down.
class Log final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        const QString name =
            QString::fromUtf8(element.name().data(), qsizetype(element.name().size()));
        said += u'<' + name;
        if (const QString value = element.value("v"); !value.isNull())
            said += u" v=["_s + value + u']';
        said += u'>';
        return name != "skip"_L1;
    }
    void end(const XmlElement &) override { said += u"</>"_s; }
    void text(const QString &text) override { said += text; }
    bool isDone() const override { return said.contains("<stop>"_L1); }

    QString said;
};

struct Read
{
    QString said;
    DocumentEnd end;
};

Read read(const QByteArray &xml, qsizetype piece = 32 * 1024, qint64 elements = 1000)
{
    Log log;
    XmlReader reader(log, elements);
    for (qsizetype i = 0; i < xml.size(); i += piece) {
        if (!reader.add(QByteArrayView(xml).sliced(i, qMin(piece, xml.size() - i))))
            break;
    }
    const DocumentEnd end = reader.finish();
    return {log.said, end};
}

} // namespace

class TestXmlReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parts_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QString>("said");
        QTest::addColumn<DocumentEnd>("end");
        const auto row = [](const char *name, const QByteArray &xml, const QString &said,
                            DocumentEnd end = DocumentEnd::Whole) {
            QTest::newRow(name) << xml << said << end;
        };
        row("elements", "<a><b v=\"1\">x</b>y</a>", u"<a><b v=[1]>x</>y</>"_s);
        row("signs in values", "<a v=\"&lt;&amp;&#38;&quot;&#x41; &amp;#38;\"/>",
            u"<a v=[<&&\"A &#38;]></>"_s);
        row("signs in text", "<a>&lt;&amp;&#38;&#x1F600;</a>", u"<a><&&😀</>"_s);
        row("a value that is empty", "<a v=''/>", u"<a v=[]></>"_s);
        row("skipped", "<a>1<skip>2<b>3</b></skip>4</a>", u"<a>1<skip>4</>"_s);
        row("enough", "<a><stop/>x</a", u"<a><stop>"_s);
        row("another encoding is not believed",
            "<?xml version=\"1.0\" encoding=\"EBCDIC-US\"?><a>\xC3\xA9</a>", u"<a>é</>"_s);
        row("a mark in front", "\xEF\xBB\xBF<a>x</a>", u"<a>x</>"_s);
        row("no UTF-8", "<a>x\xFFy</a>", u"<a>x\uFFFDy</>"_s);
        row("not closed", "<a>x<b>", u"<a>x<b>"_s, DocumentEnd::Damaged);
        row("closed otherwise", "<a>x</b>y</a>", u"<a>x"_s, DocumentEnd::Damaged);
        row("nothing", {}, {}, DocumentEnd::Damaged);
        row("no XML", "hello", {}, DocumentEnd::Damaged);
        row("a zero byte", QByteArray("<a>x\0y</a>", 10), u"<a>x"_s, DocumentEnd::Damaged);
        row("an entity nobody declared", "<a>x&nothing;y</a>", u"<a>x"_s, DocumentEnd::Damaged);
        row("a document type", "<!DOCTYPE a><a>x</a>", {}, DocumentEnd::Damaged);
        row("one that declares", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", {},
            DocumentEnd::Damaged);
        row("one from elsewhere", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&b;</a>", {},
            DocumentEnd::Damaged);
        row("an empty choice",
            "<a "
            "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/"
            "2006\"><mc:AlternateContent>"
            "<mc:Choice/><mc:Fallback><b/></mc:Fallback></mc:AlternateContent><c/></a>",
            u"<a><c></></>"_s);
        row("alternatives within one",
            "<a "
            "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/"
            "2006\"><mc:AlternateContent>"
            "<mc:Choice><b><mc:AlternateContent><mc:Choice>1</mc:Choice><mc:Choice>2</mc:Choice>"
            "</mc:AlternateContent></b></mc:Choice><mc:Fallback>3</mc:Fallback></"
            "mc:AlternateContent>4</a>",
            u"<a><b>1</>4</>"_s);
    }
    void parts()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QString, said);
        QFETCH(DocumentEnd, end);
        for (const qsizetype piece : {32 * 1024, 7, 2}) {
            const Read got = read(xml, piece);
            if (end == DocumentEnd::Whole || piece > xml.size())
                QCOMPARE(got.said, said);
            else // how much stands before the fault hangs on the pieces
                QVERIFY2(said.startsWith(got.said) || got.said.startsWith(said),
                         qPrintable(got.said));
            QCOMPARE(got.end, end);
        }
    }

    void limits()
    {
        QCOMPARE(read("<a><b/><b/></a>", 100, 3).end, DocumentEnd::Whole);
        QCOMPARE(read("<a><b/><b/></a>", 100, 2).end, DocumentEnd::TooLarge);
        const auto nested = [](int depth) {
            return QByteArray("<a>").repeated(depth) + QByteArray("</a>").repeated(depth);
        };
        QCOMPARE(read(nested(XmlReader::depthLimit)).end, DocumentEnd::Whole);
        QCOMPARE(read(nested(XmlReader::depthLimit + 1)).end, DocumentEnd::TooLarge);
    }

    void attributesAreCounted_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<bool>("passes");
        QTest::newRow("two") << QByteArray("<a b='' c=''>") << true;
        QTest::newRow("three") << QByteArray("<a b='' c='' d=''>") << false;
        QTest::newRow("in several tags") << QByteArray("<a b='' c=''/><a b='' c=''/>") << true;
        QTest::newRow("in text") << QByteArray("<a b=''>====</a>") << true;
        QTest::newRow("in values") << QByteArray("<a b='>===' c=\"'=='\">===") << true;
        QTest::newRow("in a comment") << QByteArray("<!-- = = = = -->") << true;
        QTest::newRow("behind a comment that looks like a value")
            << QByteArray("<!-- a=' --><b c='' d='' e=''>") << false;
        QTest::newRow("behind an end") << QByteArray("</a><b c='' d='' e=''>") << false;
    }
    void attributesAreCounted()
    {
        QFETCH(QByteArray, xml);
        QFETCH(bool, passes);
        XmlTagGuard whole(2);
        QCOMPARE(whole.pass(xml), passes);
        XmlTagGuard inPieces(2);
        bool all = true;
        for (qsizetype i = 0; i < xml.size(); ++i)
            all = inPieces.pass(QByteArrayView(xml).sliced(i, 1)) && all;
        QCOMPARE(all, passes);
    }
};

QTEST_GUILESS_MAIN(TestXmlReader)
#include "tst_xml_reader.moc"
