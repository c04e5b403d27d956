// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text of outsiders (a client's name, a display name out of Graph) made harmless to show: nothing
// in it can hide, reorder or break a line. Pure.

#pragma once

#include <QString>

namespace mcp {

// Without control, format (bidirectional, zero-width, tag) and other invisible characters; line
// breaks and tabs become one space. keepJoiners: leaves U+200C and U+200D, which Persian or Indic
// words and emoji need.
QString withoutHiddenCharacters(const QString &text, bool keepJoiners);

// A name for display: as above without joiners, trimmed, at most maximumLength characters.
QString plainName(const QString &text, qsizetype maximumLength = 200);

} // namespace mcp
