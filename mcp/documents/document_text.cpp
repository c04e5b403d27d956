// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/document_text.h"

#include "mcp/documents/document_lines.h"
#include "mcp/documents/document_package.h"
#include "mcp/documents/open_document.h"
#include "mcp/documents/slides_text.h"
#include "mcp/documents/word_text.h"
#include "mcp/documents/workbook_text.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// What an OLE file begins with: documents before 2007, and later ones with a password.
constexpr QByteArrayView oleMark("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr QByteArrayView zipMark("PK", 2);

// MS-OFFCRYPTO 1.3.3: how such a file names what is encrypted in it.
bool hasEncryptedPackage(const QByteArray &file)
{
    const QString name = u"EncryptedPackage"_s;
    return file.contains(
        QByteArray::fromRawData(reinterpret_cast<const char *>(name.utf16()), name.size() * 2));
}

// The name of the first element says what it is, whatever the file is called.
class RootHandler final : public XmlHandler
{
public:
    bool begin(const XmlElement &element) override
    {
        space = element.space();
        isRead = true;
        return false;
    }
    bool isDone() const override { return isRead; }

    XmlSpace space = XmlSpace::None;
    bool isRead = false;
};

// False: the main part is none that can be read here.
bool readOffice(DocumentPackage &package, const QString &part, DocumentLines &lines)
{
    RootHandler root;
    package.read(part, root);
    if (root.space == XmlSpace::Word)
        readWordDocument(package, part, lines);
    else if (root.space == XmlSpace::Sheet)
        readWorkbook(package, part, lines);
    else if (root.space == XmlSpace::Slide)
        readPresentation(package, part, lines);
    else
        return false;
    return true;
}

} // namespace

DocumentKind documentKindOf(const QString &mimeType, const QString &name)
{
    static const QSet<QString> packages{u"docx"_s, u"docm"_s, u"dotx"_s, u"dotm"_s, u"xlsx"_s,
                                        u"xlsm"_s, u"xltx"_s, u"xltm"_s, u"pptx"_s, u"pptm"_s,
                                        u"potx"_s, u"potm"_s, u"ppsx"_s, u"ppsm"_s, u"odt"_s,
                                        u"ott"_s,  u"ods"_s,  u"ots"_s,  u"odp"_s,  u"otp"_s};
    static const QSet<QString> old{u"doc"_s, u"dot"_s, u"xls"_s, u"xlt"_s,
                                   u"ppt"_s, u"pot"_s, u"pps"_s, u"xlsb"_s};
    const QString suffix = name.section(u'.', -1).toLower();
    if (name.contains(u'.') && packages.contains(suffix))
        return DocumentKind::Package;
    if (name.contains(u'.') && old.contains(suffix))
        return DocumentKind::Old;
    const QString type = mimeType.section(u';', 0, 0).trimmed().toLower();
    if (type.startsWith("application/vnd.openxmlformats-officedocument."_L1)
        || type.startsWith("application/vnd.oasis.opendocument."_L1)
        || type.endsWith(".macroenabled.12"_L1))
        return DocumentKind::Package;
    if (type == "application/msword"_L1 || type.startsWith("application/vnd.ms-excel"_L1)
        || type.startsWith("application/vnd.ms-powerpoint"_L1))
        return DocumentKind::Old;
    return DocumentKind::None;
}

DocumentText documentText(const QByteArray &file)
{
    if (file.startsWith(oleMark))
        return {{}, hasEncryptedPackage(file) ? DocumentEnd::Protected : DocumentEnd::Old};
    if (!file.startsWith(zipMark))
        return {{}, DocumentEnd::Unknown};
    DocumentEnd end = DocumentEnd::Whole;
    auto parts = ZipParts::open(file, end);
    if (!parts)
        return {{}, end};
    DocumentPackage package(std::move(parts));
    DocumentLines lines;
    const QString main = package.relationsOf({}).firstPart("officeDocument"_L1);
    if (main.endsWith(".bin"_L1))
        return {{}, DocumentEnd::Old};
    const bool isKnown =
        main.isEmpty() ? readOpenDocument(package, lines) : readOffice(package, main, lines);
    if (!isKnown)
        package.setEnd(main.isEmpty() || package.has(main) ? DocumentEnd::Unknown
                                                           : DocumentEnd::Damaged);
    if (lines.isFull())
        package.setEnd(DocumentEnd::TooLong);
    return {lines.text(), package.end()};
}

QString documentRemark(const DocumentText &document)
{
    const bool hasText = !document.text.isEmpty();
    switch (document.end) {
    case DocumentEnd::Whole: return hasText ? QString() : u"This document has no text."_s;
    case DocumentEnd::TooLong:
        return u"The document is longer: only its first %1 characters are read."_s.arg(
            documentTextLimit);
    case DocumentEnd::TooLarge:
        return hasText
            ? u"The document is larger than what is read of one: some of it is missing."_s
            : u"This document unpacks to more than is read of one."_s;
    case DocumentEnd::Damaged:
        return hasText ? u"The document is damaged: some of it is missing."_s
                       : u"This document is damaged and cannot be read."_s;
    case DocumentEnd::Protected:
        return u"This document is protected by a password, so its text cannot be read."_s;
    case DocumentEnd::Old:
        return u"This document is of an older or binary format (doc, xls, ppt, xlsb), which is not "
               "read; saved as docx, xlsx or pptx it would be."_s;
    case DocumentEnd::Unknown: return u"This file is no Office document, whatever its name says."_s;
    }
    return {};
}

} // namespace mcp
