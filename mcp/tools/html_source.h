// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HTML of others made fit for libxml2: what it would read otherwise than browsers do, or for
// minutes, is left out before. Pure.

#pragma once

#include <QString>

namespace mcp {

struct HtmlSource
{
    QString html;
    bool isCut = false;
};

// At most 1 MiB of characters; no zero bytes; no markup that browsers take for comments and libxml2
// before 2.14 for text ("<![if !mso]>"). Ends before a tag of more than 1,000 attributes: libxml2
// before 2.14 compares each with all.
HtmlSource htmlSource(const QString &html);

} // namespace mcp
