// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/documents/zip_parts.h"

#include <zip.h>

#include <array>

namespace mcp {
namespace {

constexpr std::size_t pieceSize = 32 * 1024;

// Each entry of the directory begins with it, so there are no more than this many. libzip makes
// something of each before it could be asked for their number.
qsizetype directoryMarks(const QByteArray &file)
{
    const QByteArrayView all(file);
    const QByteArrayView mark("PK\x01\x02", 4);
    qsizetype count = 0;
    for (auto at = all.indexOf(mark); at >= 0 && count <= ZipParts::entriesLimit;
         at = all.indexOf(mark, at + mark.size()))
        ++count;
    return count;
}

} // namespace

std::unique_ptr<ZipParts> ZipParts::open(const QByteArray &file, DocumentEnd &end)
{
    if (directoryMarks(file) > entriesLimit) {
        end = DocumentEnd::TooLarge;
        return nullptr;
    }
    end = DocumentEnd::Damaged;
    zip_source_t *source =
        zip_source_buffer_create(file.constData(), zip_uint64_t(file.size()), 0, nullptr);
    if (!source)
        return nullptr;
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
    if (!archive) {
        zip_source_free(source);
        return nullptr;
    }
    end = DocumentEnd::Whole;
    return std::unique_ptr<ZipParts>(new ZipParts(archive));
}

ZipParts::ZipParts(zip *archive)
    : m_archive(archive)
{
    const zip_int64_t count = zip_get_num_entries(m_archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char *name = zip_get_name(m_archive, zip_uint64_t(i), 0);
        const QString part = QString::fromUtf8(name).toLower();
        if (name && !m_indexes.contains(part))
            m_indexes.insert(part, quint64(i));
    }
}

ZipParts::~ZipParts()
{
    zip_discard(m_archive);
}

bool ZipParts::has(const QString &name) const
{
    return m_indexes.contains(name.toLower());
}

DocumentEnd ZipParts::read(const QString &name, const std::function<bool(QByteArrayView)> &take)
{
    const auto index = m_indexes.constFind(name.toLower());
    zip_stat_t about;
    if (index == m_indexes.constEnd() || zip_stat_index(m_archive, *index, 0, &about) != 0)
        return DocumentEnd::Damaged;
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
        return DocumentEnd::Protected;
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> part(
        zip_fopen_index(m_archive, *index, 0), zip_fclose);
    if (!part)
        return DocumentEnd::Damaged;
    std::array<char, pieceSize> piece;
    while (true) {
        const qint64 size = zip_fread(part.get(), piece.data(), piece.size());
        if (size < 0)
            return DocumentEnd::Damaged;
        if (size == 0)
            return DocumentEnd::Whole;
        m_bytesLeft -= size;
        if (m_bytesLeft < 0)
            return DocumentEnd::TooLarge;
        if (!take(QByteArrayView(piece.data(), qsizetype(size))))
            return DocumentEnd::Whole;
    }
}

} // namespace mcp
