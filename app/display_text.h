// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Outside text (a client's name, an account, a path) made safe to show: it can neither be taken for
// markup nor hide or reorder itself. Every surface shows such text through these functions.

#pragma once

#include <QString>

namespace display_text {

inline constexpr qsizetype nameLimit = 80; // characters
inline constexpr qsizetype pathLimit = 400;

// Control, formatting, bidirectional, invisible, private and unassigned characters are written as
// "[U+202E]", piled-up combining marks after the fourth too; text with right-to-left letters is
// isolated (U+2068 ... U+2069); what is longer than limit loses its middle. For widgets whose text
// format is plain.
QString shown(const QString &text, qsizetype limit = nameLimit);

// shown(), and no part of it is a mnemonic: for menu entries and buttons.
QString forMenu(const QString &text, qsizetype limit = nameLimit);

// shown(), and nothing that a tool tip or a notification server takes for markup.
QString forToolTip(const QString &text, qsizetype limit = nameLimit);

} // namespace display_text
