// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes of a file as text, a window of them at a time, so that a large file need not be read whole.
// Pure.

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace mcp {

enum class FileEncoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Latin1 };

// Whether the file may hold text, by what Graph calls it and by the end of its name.
bool mayBeText(const QString &mimeType, const QString &name);

// By the mark that the file begins with; else UTF-8 if that is what it is, else Latin-1. isWhole:
// head is all of the file, so that it may not end within a character. Latin-1 is read as
// Windows-1252, as browsers do (https://encoding.spec.whatwg.org/#names-and-labels).
FileEncoding encodingOf(const QByteArray &head, bool isWhole);
// How many bytes the mark has.
qsizetype markSize(const QByteArray &head);

struct TextWindow
{
    QString text; // as it stands in the file
    qsizetype bytes = 0; // of the file that it was made of
};

// The text that the bytes hold from a character's first byte on, at most a piece (text_piece.h).
// nullopt: this is no text.
std::optional<TextWindow> textWindow(const QByteArray &bytes, FileEncoding encoding, bool isLast);
// Bytes of a file that are enough for a piece.
qsizetype windowSize(FileEncoding encoding);

} // namespace mcp
