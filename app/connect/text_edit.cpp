// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/text_edit.h"

#include <algorithm>

namespace client_config {
namespace {

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

} // namespace

QByteArray spliced(const QByteArray &text, QList<Splice> splices)
{
    std::stable_sort(splices.begin(), splices.end(),
                     [](const Splice &a, const Splice &b) { return a.at < b.at; });
    QByteArray out;
    qsizetype done = 0;
    for (const Splice &splice : std::as_const(splices)) {
        out += text.mid(done, splice.at - done);
        out += splice.inserted;
        done = splice.at + splice.removed;
    }
    return out + text.mid(done);
}

TextPlace placeOf(const QByteArray &text, qsizetype offset)
{
    TextPlace place;
    const qsizetype end = std::min(offset, text.size());
    for (qsizetype i = markSize(text); i < end; ++i) {
        if (text.at(i) == '\n')
            place = {.line = place.line + 1, .column = 1};
        else if (!isContinuation(text.at(i)))
            ++place.column;
    }
    return place;
}

qsizetype offsetOf(const QByteArray &text, int line, int column)
{
    qsizetype at = markSize(text);
    for (; line > 1 && at < text.size(); --line)
        at = nextLine(text, at);
    for (; column > 1 && at < text.size(); --column) {
        ++at;
        while (at < text.size() && isContinuation(text.at(at)))
            ++at;
    }
    return at;
}

qsizetype lineStart(const QByteArray &text, qsizetype offset)
{
    const qsizetype before = offset > 0 ? text.lastIndexOf('\n', offset - 1) : -1;
    return std::max(before + 1, markSize(text));
}

qsizetype nextLine(const QByteArray &text, qsizetype offset)
{
    const qsizetype feed = text.indexOf('\n', offset);
    return feed < 0 ? text.size() : feed + 1;
}

QByteArray indentAt(const QByteArray &text, qsizetype start)
{
    qsizetype end = start;
    while (end < text.size() && (text.at(end) == ' ' || text.at(end) == '\t'))
        ++end;
    return text.mid(start, end - start);
}

QByteArray newlineOf(const QByteArray &text)
{
    const qsizetype feed = text.indexOf('\n');
    return feed > 0 && text.at(feed - 1) == '\r' ? "\r\n" : "\n";
}

QByteArray indentUnitOf(const QByteArray &text)
{
    for (qsizetype at = 0; at < text.size(); at = nextLine(text, at)) {
        const QByteArray indent = indentAt(text, at);
        const qsizetype end = at + indent.size();
        const bool isBlank = end >= text.size() || text.at(end) == '\r' || text.at(end) == '\n';
        // The lines of a block comment are indented by one space and say nothing.
        if (indent.isEmpty() || isBlank || text.at(end) == '*')
            continue;
        return indent.startsWith('\t') ? QByteArray("\t") : indent.left(8);
    }
    return "  ";
}

qsizetype markSize(const QByteArray &text)
{
    return text.startsWith("\xef\xbb\xbf") ? 3 : 0;
}

} // namespace client_config
