// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of a document: files of a zip archive in memory, unpacked piece by piece (libzip).

#pragma once

#include "mcp/documents/document_text.h"

#include <QByteArrayView>
#include <QHash>

#include <functional>
#include <memory>

struct zip;

namespace mcp {

class ZipParts
{
public:
    static constexpr qsizetype entriesLimit = 10'000;
    static constexpr qint64 bytesLimit = 64'000'000; // unpacked, of all parts that are read

    // file outlives it. nullptr: `end` says why.
    static std::unique_ptr<ZipParts> open(const QByteArray &file, DocumentEnd &end);
    ~ZipParts();
    Q_DISABLE_COPY_MOVE(ZipParts)

    // name: "word/document.xml"; capitals do not count (ECMA-376 part 2, 6.2.2.3).
    bool has(const QString &name) const;
    // Hands it over in pieces of at most 32 KiB, as long as `take` wants more. Whole: to its end,
    // or as far as was wanted.
    DocumentEnd read(const QString &name, const std::function<bool(QByteArrayView)> &take);

private:
    explicit ZipParts(zip *archive);

    zip *m_archive;
    QHash<QString, quint64> m_indexes; // by name in small letters
    qint64 m_bytesLeft = bytesLimit;
};

} // namespace mcp
