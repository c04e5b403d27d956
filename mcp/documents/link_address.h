// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where links of others lead. Pure.

#pragma once

#include <QString>

namespace mcp {

// href as one line, percent-encoded where it has spaces, cut with "…". Empty: one that a person
// would not follow (another scheme than http, https and mailto, or a place in the same text).
QString linkAddress(const QString &href);
// Whether the words of a link say all of its address, but for what people leave out.
bool saysAddress(const QString &words, const QString &address);
// What to write behind a link whose words begin at `start` in a text and end with it: " (address)",
// or nothing where they say it.
QString addressBehind(const QString &text, qsizetype start, const QString &address);

} // namespace mcp
