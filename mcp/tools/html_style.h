// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What of HTML is drawn, as far as an element says it itself. Style sheets are not read: mail and
// chat programs drop them.

#pragma once

#include <QString>

namespace mcp {

// Of one element with all that it is in.
struct HtmlSight
{
    bool isGone = false; // not drawn, nor anything in it
    bool isTiny = false; // letters of no size, until an element in it gives them one
    bool isInvisible = false; // drawn as nothing, until an element in it is visible
    bool isColourless = false; // until an element in it has a colour

    bool isSeen() const { return !isGone && !isTiny && !isInvisible && !isColourless; }
    // Of an element with this style attribute, in one with this sight.
    HtmlSight within(const QString &style) const;
};

} // namespace mcp
