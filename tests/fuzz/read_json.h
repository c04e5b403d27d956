// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A line as JSON for those who hold a subject against QJsonDocument: it drops U+FEFF at the start
// of a text, which parseLine prevents, and so must they.

#pragma once

#include <QJsonDocument>

#include <string_view>

namespace fuzz {

inline QJsonDocument readJson(std::string_view line)
{
    QByteArray kept(line.data(), qsizetype(line.size()));
    kept.replace("\"\xef\xbb\xbf", "\"\\ufeff");
    return kept.isValidUtf8() ? QJsonDocument::fromJson(kept) : QJsonDocument();
}

} // namespace fuzz
