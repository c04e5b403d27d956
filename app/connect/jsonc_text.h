// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// JSON with comments and trailing commas (JSONC, as VS Code and Zed write it) as byte ranges, so
// that a part can be changed and all other bytes stay. A scanner of ours: no library in Debian 12,
// vcpkg and Homebrew edits JSONC in place (they parse and print anew, which loses comments). It
// only finds ranges; that the text is JSON is decided by QJsonDocument. Pure.

#pragma once

#include "app/connect/config_problem.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace client_config {

struct JsonMember
{
    QString name;
    qsizetype keyBegin = 0; // of its quotation mark
    qsizetype valueBegin = 0;
    qsizetype valueEnd = 0;
    qsizetype commaAt = -1; // of the comma behind it; -1: none
};

struct JsonObjectRange
{
    qsizetype begin = 0; // of the brace
    qsizetype end = 0; // behind the other one
    QList<JsonMember> members = {}; // as they stand there, also those that are there twice
};

class JsoncText
{
public:
    // A text without any value (empty, blanks, comments) is a document without a root.
    static Checked<JsoncText> parse(const QByteArray &text);

    const QByteArray &bytes() const { return m_bytes; }
    bool hasRoot() const { return m_root >= 0; }
    // The whole document; a name that is there twice counts with its last value.
    const QJsonObject &content() const { return m_content; }

    JsonObjectRange root() const { return objectAt(m_root); }
    // offset: of an object's brace.
    JsonObjectRange objectAt(qsizetype offset) const;
    bool isObjectAt(qsizetype offset) const { return m_bytes.at(offset) == '{'; }
    QJsonValue valueOf(const JsonMember &member) const;
    // Where the next line begins, where offset is followed by blanks and comments of its line only.
    std::optional<qsizetype> lineBehind(qsizetype offset) const;
    // Behind blanks, line ends and comments.
    qsizetype skipSpace(qsizetype offset) const;

private:
    QByteArray m_bytes;
    QByteArray m_plain; // the same length: comments, trailing commas and a mark are blanks
    QJsonObject m_content;
    qsizetype m_root = -1;
};

} // namespace client_config
