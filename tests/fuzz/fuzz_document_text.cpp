// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Documents as text: clean and of bounded size whatever comes; what is written as text, with its
// markup escaped, all comes out of Word, Excel and OpenDocument alike, and not at all where it is
// hidden.
//
// An input is a file as it is where it begins with "PK"; else the parts of one, each behind a line
// "=== name", which are packed before they are read.

#include "mcp/documents/document_text.h"
#include "mcp/protocol/plain_text.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/mcp/support/document_files.h"

using namespace Qt::StringLiterals;

namespace {

QByteArray packed(const QByteArray &input)
{
    QList<DocumentFile> files;
    for (const QByteArray &line : input.split('\n')) {
        if (line.startsWith("=== "))
            files.append({QString::fromUtf8(line.sliced(4)), {}});
        else if (!files.isEmpty())
            files.last().second += line + '\n';
    }
    return zipOf(files);
}

// Lines that hide nothing.
QString cleaned(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n'))
        lines.append(mcp::withoutHiddenCharacters(line, true));
    return lines.join(u'\n');
}

QString withoutSpaces(const QString &text)
{
    QString kept;
    for (const QChar c : text) {
        if (!c.isSpace())
            kept += c;
    }
    return kept;
}

QByteArray sheet(const QByteArray &text)
{
    const QByteArray space = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    return zipOf(
        {packageRelations("w.xml"),
         {u"w.xml"_s,
          "<workbook" + space
              + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                "<sheets><sheet r:id=\"a\"/></sheets></workbook>"},
         {u"_rels/w.xml.rels"_s,
          relationsOf({{"a", "worksheet", "s.xml"}, {"b", "sharedStrings", "t.xml"}})},
         {u"s.xml"_s, "<worksheet" + space + "><row><c t=\"s\"><v>0</v></c></row></worksheet>"},
         {u"t.xml"_s, "<sst" + space + "><si><t>" + text + "</t></si></sst>"}});
}

QByteArray openText(const QByteArray &text)
{
    return zipOf(
        {{u"content.xml"_s,
          "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
          "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:text><t:p>"
              + text + "</t:p></o:text></o:body></o:document-content>"}});
}

void requireText(const QByteArray &file, const QString &head, const QString &plain)
{
    const QString text = mcp::documentText(file).text;
    fuzz::require(withoutSpaces(text) == withoutSpaces(head + plain), "text is lost or invented",
                  (plain + u" -> "_s + text).toStdString());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view view = fuzz::textOf(data, size);
    const QByteArray input(view.data(), qsizetype(view.size()));

    const mcp::DocumentText document =
        mcp::documentText(input.startsWith("PK") ? input : packed(input));
    QString spaced = document.text;
    spaced.replace(u'\t', u' ');
    fuzz::require(cleaned(spaced) == spaced, "something hides", spaced.toStdString());
    fuzz::require(document.text.size() <= mcp::documentTextLimit, "too long");
    fuzz::require(!document.text.isEmpty() || !mcp::documentRemark(document).isEmpty(),
                  "no text and no word about it");

    // Noncharacters and controls may not stand in XML at all.
    const QString plain = cleaned(QString::fromUtf8(input.left(2000)));
    const QByteArray escaped = plain.toHtmlEscaped().toUtf8();
    requireText(wordDocument("<w:p><w:r><w:t>" + escaped + "</w:t></w:r></w:p>"), {}, plain);
    requireText(openText(escaped), {}, plain);
    if (!plain.contains(u'\n')) // lines of a cell are joined by a sign
        requireText(sheet(escaped), u"#"_s, plain);
    const QString hidden =
        mcp::documentText(wordDocument("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>" + escaped
                                       + "</w:t></w:r></w:p>"))
            .text;
    fuzz::require(hidden.isEmpty(), "what is hidden is seen", hidden.toStdString());
    return 0;
}
