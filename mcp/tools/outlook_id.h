// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ids of mails and events as Graph writes them.

#pragma once

#include <QString>

#include <algorithm>

namespace mcp {

// Only letters that no path, query or encoding is made of; anything else would be another path.
inline bool isOutlookId(const QString &id)
{
    return !id.isEmpty() && std::all_of(id.begin(), id.end(), [](QChar c) {
        return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == QLatin1Char('-')
            || c == QLatin1Char('_') || c == QLatin1Char('=');
    });
}

} // namespace mcp
