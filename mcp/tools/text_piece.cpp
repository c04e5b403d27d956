// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/text_piece.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// Of the character that begins at index, which may be the first half of a pair.
qsizetype bytesAt(const QString &text, qsizetype index)
{
    const char16_t unit = text.at(index).unicode();
    if (unit < 0x80)
        return 1;
    if (unit < 0x800)
        return 2;
    return text.at(index).isHighSurrogate() ? 4 : 3;
}

} // namespace

TextPiece textPiece(const QString &whole, qsizetype start, qsizetype limit)
{
    TextPiece piece;
    piece.start = qBound(qsizetype(0), start, whole.size());
    qsizetype end = piece.start;
    qsizetype line = piece.start; // behind the last line break
    qsizetype size = 0;
    qsizetype sizeAtLine = 0;
    while (end < whole.size()) {
        const qsizetype bytes = bytesAt(whole, end);
        if (size + bytes > limit)
            break;
        size += bytes;
        const bool isPair =
            bytes == 4 && end + 1 < whole.size() && whole.at(end + 1).isLowSurrogate();
        end += isPair ? 2 : 1;
        if (whole.at(end - 1) == u'\n') {
            line = end;
            sizeAtLine = size;
        }
    }
    if (end < whole.size() && sizeAtLine > limit * 3 / 4)
        end = line;
    piece.text = whole.mid(piece.start, end - piece.start);
    if (end < whole.size())
        piece.next = end;
    return piece;
}

QString piecesText(const TextPiece &piece, qsizetype size)
{
    return u"\nCharacters %1 to %2 of %3."_s.arg(QString::number(piece.start + 1),
                                                 QString::number(piece.next.value_or(size)),
                                                 QString::number(size));
}

} // namespace mcp
