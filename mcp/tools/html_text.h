// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HTML of others (chats, tasks, pages) as the text that a person sees of it.

#pragma once

#include <QString>

namespace mcp {

// Blocks are lines, list entries begin with "- " or their number, what is quoted with "> ", cells
// stand between " | "; links as "text (address)" where they lead to another address than their text
// says, images as "[image: text]". What a person does not see is left out: comments, scripts,
// elements that are hidden by an attribute or their own style. Cleaned as by outsideText().
// What is longer than 1 MiB, or nested deeper than browsers show, ends with "[cut]".
QString htmlText(const QString &html);

} // namespace mcp
