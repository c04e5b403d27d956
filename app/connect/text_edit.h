// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// One change of a text, and what is needed to make it: places in a text as a person names them, its
// line ends, its indentation. Pure.

#pragma once

#include "app/connect/config_problem.h"

#include <QByteArray>
#include <QList>

namespace client_config {

// Bytes [at, at + removed) give way to `inserted`.
struct Splice
{
    qsizetype at = 0;
    qsizetype removed = 0;
    QByteArray inserted = {};
};

// The splices in any order; they do not overlap.
QByteArray spliced(const QByteArray &text, QList<Splice> splices);

struct TextPlace
{
    int line = 1;
    int column = 1; // characters
};
TextPlace placeOf(const QByteArray &text, qsizetype offset);
// line, column: from 1, characters; the end of the text where there is no such place.
qsizetype offsetOf(const QByteArray &text, int line, int column);

qsizetype lineStart(const QByteArray &text, qsizetype offset);
// Behind the line feed, or the end of the text.
qsizetype nextLine(const QByteArray &text, qsizetype offset);
// The blanks that the line begins with, from `start` on.
QByteArray indentAt(const QByteArray &text, qsizetype start);
// Of the first line: "\r\n" or "\n".
QByteArray newlineOf(const QByteArray &text);
// What one level adds: a tab or so many spaces, as the first indented line has them; two spaces
// where none is.
QByteArray indentUnitOf(const QByteArray &text);

// Bytes of a byte order mark at the beginning: 0 or 3.
qsizetype markSize(const QByteArray &text);

} // namespace client_config
