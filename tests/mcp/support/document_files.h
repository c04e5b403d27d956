// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Documents made by hand: parts in a zip archive in memory.

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <zip.h>

#include <utility>

using DocumentFile = std::pair<QString, QByteArray>; // name and content

// Empty where libzip fails. password: encrypts all of them with AES.
inline QByteArray zipOf(const QList<DocumentFile> &files, const char *password = nullptr)
{
    zip_source_t *archive = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_t *zip = archive ? zip_open_from_source(archive, ZIP_TRUNCATE, nullptr) : nullptr;
    if (!zip)
        return {};
    zip_source_keep(archive);
    for (const auto &[name, content] : files) {
        zip_source_t *source =
            zip_source_buffer(zip, content.constData(), zip_uint64_t(content.size()), 0);
        const auto index = zip_file_add(zip, name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0)
            zip_source_free(source); // a name that is there already
        else if (password)
            zip_file_set_encryption(zip, zip_uint64_t(index), ZIP_EM_AES_256, password);
    }
    if (zip_close(zip) != 0) {
        zip_discard(zip);
        zip_source_free(archive);
        return {};
    }
    QByteArray bytes;
    zip_stat_t about;
    zip_source_stat(archive, &about);
    bytes.resize(qsizetype(about.size));
    zip_source_open(archive);
    zip_source_read(archive, bytes.data(), about.size);
    zip_source_close(archive);
    zip_source_free(archive);
    return bytes;
}

// type: "styles"; target: as it stands there.
struct DocumentLink
{
    QByteArray id, type, target;
    bool isExternal = false;
};

inline QByteArray relationsOf(const QList<DocumentLink> &links)
{
    QByteArray xml =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const DocumentLink &link : links) {
        xml += "<Relationship Id=\"" + link.id
            + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
            + link.type + "\" Target=\"" + link.target + "\"";
        xml += link.isExternal ? " TargetMode=\"External\"/>" : "/>";
    }
    return xml + "</Relationships>";
}

// The relations of a package whose main part is this one.
inline DocumentFile packageRelations(const QByteArray &mainPart)
{
    return {QStringLiteral("_rels/.rels"), relationsOf({{"rId1", "officeDocument", mainPart}})};
}

// A Word document. body: what stands in w:body; the prefixes w, r, wp, mc, m, a, v and wps are
// declared. links: relations of the body's part, their targets beside it in word/.
inline QByteArray wordDocument(const QByteArray &body, const QList<DocumentFile> &more = {},
                               const QList<DocumentLink> &links = {})
{
    QList<DocumentFile> files{
        packageRelations("word/document.xml"),
        {QStringLiteral("word/document.xml"),
         "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
         "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
         "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
         "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
         "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" "
         "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
         "xmlns:v=\"urn:schemas-microsoft-com:vml\" "
         "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">"
         "<w:body>"
             + body + "</w:body></w:document>"}};
    if (!links.isEmpty())
        files.append({QStringLiteral("word/_rels/document.xml.rels"), relationsOf(links)});
    return zipOf(files + more);
}
