// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_text.h"

#include "mcp/documents/document_package.h"
#include "mcp/documents/xml_reader.h"
#include "mcp/tools/outside_text.h"
#include "tests/mcp/support/document_files.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray paragraph(const QByteArray &text)
{
    return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

QByteArray utf16(const char16_t *text)
{
    const QString all = QString::fromUtf16(text);
    return {reinterpret_cast<const char *>(all.utf16()), all.size() * 2};
}

} // namespace

class TestDocumentText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatProgramsWrite_data()
    {
        QTest::addColumn<QString>("path");
        int count = 0;
        QDirIterator all(QStringLiteral(DOCUMENTS), {u"*.txt"_s}, QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next().chopped(4);
            QTest::newRow(qPrintable(path.mid(QStringLiteral(DOCUMENTS).size() + 1))) << path;
            ++count;
        }
        QCOMPARE(count, 11);
    }
    void readsWhatProgramsWrite()
    {
        QFETCH(QString, path);
        const DocumentText read = documentText(contentOf(path));
        QCOMPARE(read.text, QString::fromUtf8(contentOf(path + u".txt"_s)).trimmed());
        QCOMPARE(read.end, DocumentEnd::Whole);
        QVERIFY(documentRemark(read).isEmpty());
    }

    // Strict documents have other names for the same namespaces.
    void readsTheStrictOnesAlike_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"report.docx", "hours.xlsx", "plan.pptx"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void readsTheStrictOnesAlike()
    {
        QFETCH(QString, name);
        const QByteArray file = contentOf(QStringLiteral(DOCUMENTS "/") + name);
        int changed = 0;
        const QByteArray strict = rewritten(file, [&changed](const QString &, QByteArray xml) {
            const qsizetype size = xml.size();
            for (const char *room : {"wordprocessingml", "spreadsheetml", "presentationml",
                                     "drawingml", "officeDocument"}) {
                xml.replace(QByteArray("http://schemas.openxmlformats.org/") + room + "/2006/",
                            QByteArray("http://purl.oclc.org/ooxml/") + room + '/');
            }
            changed += xml.size() != size;
            return xml;
        });
        QVERIFY(changed > 3);
        QCOMPARE(documentText(strict).text, documentText(file).text);
        QVERIFY(!documentText(strict).text.isEmpty());
    }

    void readsUtf16()
    {
        const QByteArray file = contentOf(QStringLiteral(DOCUMENTS "/report.docx"));
        const QByteArray wide = rewritten(file, [](const QString &, const QByteArray &xml) {
            QString text = QString::fromUtf8(xml);
            text.replace(u"encoding=\"UTF-8\""_s, u"encoding=\"UTF-16\""_s);
            text.prepend(QChar(0xFEFF));
            return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
        });
        QCOMPARE(documentText(wide).text, documentText(file).text);
    }

    void knowsDocumentsByNameAndType_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<DocumentKind>("kind");
        const auto row = [](const char *title, const QString &type, const QString &name,
                            DocumentKind kind) { QTest::newRow(title) << type << name << kind; };
        const QString word =
            u"application/vnd.openxmlformats-officedocument.wordprocessingml.document"_s;
        row("by both", word, u"a.docx"_s, DocumentKind::Package);
        row("by its name", u"application/octet-stream"_s, u"A.B.XLSM"_s, DocumentKind::Package);
        row("by its type", word, u"a"_s, DocumentKind::Package);
        row("macros by type", u"application/vnd.ms-excel.sheet.macroEnabled.12"_s, u"a"_s,
            DocumentKind::Package);
        row("of LibreOffice", u"application/vnd.oasis.opendocument.text"_s, u"a"_s,
            DocumentKind::Package);
        row("old by its name", {}, u"a.doc"_s, DocumentKind::Old);
        row("old by its type", u"application/vnd.ms-powerpoint"_s, u"a"_s, DocumentKind::Old);
        row("the name counts first", u"application/msword"_s, u"a.docx"_s, DocumentKind::Package);
        row("binary workbook", {}, u"a.xlsb"_s, DocumentKind::Old);
        row("text", u"text/plain"_s, u"a.txt"_s, DocumentKind::None);
        row("PDF", u"application/pdf"_s, u"a.pdf"_s, DocumentKind::None);
        row("a name that is only a suffix", {}, u"docx"_s, DocumentKind::None);
        row("nothing", {}, {}, DocumentKind::None);
    }
    void knowsDocumentsByNameAndType()
    {
        QFETCH(QString, type);
        QFETCH(QString, name);
        QTEST(documentKindOf(type, name), "kind");
    }

    void saysWhyThereIsNoText_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<DocumentEnd>("end");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *title, const QByteArray &file, DocumentEnd end,
                            const QString &word) { QTest::newRow(title) << file << end << word; };
        const QByteArray ole = QByteArray::fromHex("D0CF11E0A1B11AE1") + QByteArray(600, '\0');
        const QByteArray good = wordDocument(paragraph("a"));
        row("nothing in it", wordDocument({}), DocumentEnd::Whole, u"no text"_s);
        row("no file", {}, DocumentEnd::Unknown, u"no Office document"_s);
        row("no zip", "hello", DocumentEnd::Unknown, u"no Office document"_s);
        row("old", ole, DocumentEnd::Old, u"older"_s);
        row("with a password", ole + utf16(u"EncryptedPackage") + ole, DocumentEnd::Protected,
            u"password"_s);
        row("zip with a password",
            zipOf({packageRelations("word/document.xml"), {u"word/document.xml"_s, "<a/>"}}, "x"),
            DocumentEnd::Protected, u"password"_s);
        row("ODF with a password",
            zipOf({{u"META-INF/manifest.xml"_s,
                    "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
                    "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"},
                   {u"content.xml"_s, "\x12\x34"}}),
            DocumentEnd::Protected, u"password"_s);
        row("cut in the middle", good.left(good.size() / 2), DocumentEnd::Damaged, u"damaged"_s);
        row("another zip", zipOf({{u"a.txt"_s, "a"}}), DocumentEnd::Unknown,
            u"no Office document"_s);
        row("a drawing of Visio",
            zipOf({packageRelations("visio/document.xml"),
                   {u"visio/document.xml"_s, "<VisioDocument xmlns=\"urn:x\"/>"}}),
            DocumentEnd::Unknown, u"no Office document"_s);
        row("without its main part", zipOf({packageRelations("word/document.xml")}),
            DocumentEnd::Damaged, u"damaged"_s);
        row("binary workbook", zipOf({packageRelations("xl/workbook.bin")}), DocumentEnd::Old,
            u"binary"_s);
    }
    void saysWhyThereIsNoText()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, word);
        const DocumentText read = documentText(file);
        QVERIFY(read.text.isEmpty());
        QTEST(read.end, "end");
        QVERIFY2(documentRemark(read).contains(word), qPrintable(documentRemark(read)));
    }

    void keepsWhatStandsBeforeTheDamage()
    {
        const DocumentText read =
            documentText(wordDocument(paragraph("first") + "<w:p><w:r></w:p>" + paragraph("b")));
        QCOMPARE(read.text, u"first"_s);
        QCOMPARE(read.end, DocumentEnd::Damaged);
        QVERIFY(documentRemark(read).contains("some of it is missing"_L1));
    }

    // A part whose bytes are not those that were packed.
    void noticesBytesThatChanged()
    {
        QByteArray text;
        for (int i = 0; i < 20'000; ++i)
            text += paragraph("line " + QByteArray::number(i));
        QByteArray file = wordDocument(text);
        const qsizetype middle = file.size() / 2;
        for (qsizetype i = middle; i < middle + 40; ++i)
            file[i] = char(~file.at(i));
        const DocumentText read = documentText(file);
        QVERIFY(read.text.startsWith("line 0\n"_L1));
        QCOMPARE(read.end, DocumentEnd::Damaged);
    }

    void refusesADocumentType()
    {
        // A billion laughs, if entities were expanded.
        QByteArray entities = "<!DOCTYPE w [<!ENTITY a \"ha\">";
        for (char c = 'b'; c < 'n'; ++c)
            entities += QByteArray("<!ENTITY ") + c + " \""
                + QByteArray(10, '\0').replace('\0', QByteArray("&") + char(c - 1) + ';') + "\">";
        entities += "]>";
        const QByteArray file = rewritten(
            wordDocument(paragraph("&m;")), [&](const QString &name, const QByteArray &xml) {
                return name == "word/document.xml"_L1 ? entities + xml : xml;
            });
        const DocumentText read = documentText(file);
        QVERIFY(read.text.isEmpty());
        QCOMPARE(read.end, DocumentEnd::Damaged);
    }

    void endsAtALimit_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<DocumentEnd>("end");
        const auto row = [](const char *title, const QByteArray &file, DocumentEnd end) {
            QTest::newRow(title) << file << end;
        };
        row("a bomb of text", wordDocument(paragraph(QByteArray(70'000'000, 'a'))),
            DocumentEnd::TooLarge);
        row("a bomb of blanks", wordDocument(QByteArray(70'000'000, ' ')), DocumentEnd::TooLarge);
        row("a bomb of empty paragraphs", wordDocument(QByteArray("<w:p/>").repeated(2'100'000)),
            DocumentEnd::TooLarge);
        row("longer than is read", wordDocument(paragraph(QByteArray(999, 'a')).repeated(5000)),
            DocumentEnd::TooLong);
        row("nested deeper than is read", wordDocument(QByteArray("<w:p><w:r>").repeated(100'000)),
            DocumentEnd::TooLarge);
        QByteArray attributes;
        for (int i = 0; i < 100'000; ++i)
            attributes += " a" + QByteArray::number(i) + "=\"\"";
        row("attributes", wordDocument("<w:p" + attributes + "/>"), DocumentEnd::TooLarge);
        QByteArray spaces;
        for (int i = 0; i < 100; ++i) {
            spaces += "<w:x";
            for (int k = 0; k < 100; ++k)
                spaces += " xmlns:n" + QByteArray::number(i * 100 + k)
                    + "=\"urn:" + char('a' + k % 26) + "\"";
            spaces += '>';
        }
        row("namespaces", wordDocument(spaces), DocumentEnd::TooLarge);
        QList<DocumentFile> files;
        for (int i = 0; i < 20'000; ++i)
            files.append({QString::number(i), {}});
        row("entries", zipOf(files), DocumentEnd::TooLarge);
        row("a long comment", wordDocument("<!--" + QByteArray(30'000'000, '=') + "-->"),
            DocumentEnd::Damaged);
    }
    void endsAtALimit()
    {
        QFETCH(QByteArray, file);
        QVERIFY(!file.isEmpty());
        const DocumentText read = documentText(file);
        QTEST(read.end, "end");
        QVERIFY(read.text.size() <= documentTextLimit);
    }

    void hidesNothing()
    {
        const QByteArray hostile = "a\xE2\x80\xAE"
                                   "b\xE2\x80\x8B"
                                   "c\xF3\xA0\x81\xA1"
                                   "d&#x85;e";
        const QString text = documentText(wordDocument(paragraph(hostile) + "<w:tbl><w:tr><w:tc>"
                                                       + paragraph(hostile) + "</w:tc><w:tc>"
                                                       + paragraph("x") + "</w:tc></w:tr></w:tbl>"))
                                 .text;
        QCOMPARE(text, u"abcd e\nabcd e\tx"_s);
        for (const QString &cell : text.split(u'\t'))
            QCOMPARE(outsideText(cell), cell);
    }

private:
    // Each part of a document as `change` makes it.
    template <class Change>
    static QByteArray rewritten(const QByteArray &file, Change change)
    {
        QList<DocumentFile> files;
        zip_source_t *source =
            zip_source_buffer_create(file.constData(), zip_uint64_t(file.size()), 0, nullptr);
        zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
        for (zip_int64_t i = 0; zip && i < zip_get_num_entries(zip, 0); ++i) {
            zip_stat_t about;
            zip_stat_index(zip, zip_uint64_t(i), 0, &about);
            QByteArray content(qsizetype(about.size), '\0');
            zip_file_t *part = zip_fopen_index(zip, zip_uint64_t(i), 0);
            zip_fread(part, content.data(), about.size);
            zip_fclose(part);
            const QString name = QString::fromUtf8(about.name);
            const bool isXml = name.endsWith(".xml"_L1) || name.endsWith(".rels"_L1);
            files.append({name, isXml ? change(name, content) : content});
        }
        if (zip)
            zip_discard(zip);
        return zipOf(files);
    }
};

QTEST_GUILESS_MAIN(TestDocumentText)
#include "tst_document_text.moc"
