// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A long text in pieces of a size that a model can use.

#pragma once

#include <QString>

#include <optional>

namespace mcp {

struct TextPiece
{
    QString text;
    qsizetype start = 0; // where it begins, in characters of the whole
    std::optional<qsizetype> next; // nullopt: the text ends here
};

constexpr qsizetype pieceLimit = 16 * 1024; // bytes of UTF-8

// From start on; ends behind a line where one ends in its last quarter, and never within a
// character.
TextPiece textPiece(const QString &whole, qsizetype start, qsizetype limit = pieceLimit);
// A line that says how much of it this is.
QString piecesText(const TextPiece &piece, qsizetype size);

} // namespace mcp
