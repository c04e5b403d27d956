// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the formats share: an entry, and edits as bytes.

#pragma once

#include "app/connect/config_format.h"

#include <QJsonArray>
#include <QTest>

namespace format_edits {

using namespace client_config;
using namespace Qt::StringLiterals;

inline EntryMembers sampleMembers()
{
    return {{u"command"_s, u"/usr/bin/graph-valet"_s}, {u"args"_s, QJsonArray{u"stdio"_s}}};
}

// The text after it; the problem's reason and line as text where it is refused.
inline QByteArray shown(const QByteArray &text, const Checked<QList<Splice>> &edited)
{
    if (const auto *problem = problemOf(edited)) {
        return "problem " + QByteArray::number(int(problem->reason)) + " line "
            + QByteArray::number(problem->line) + " column " + QByteArray::number(problem->column);
    }
    return spliced(text, std::get<QList<Splice>>(edited));
}

inline QByteArray problemText(ConfigProblem::Reason reason, int line, int column)
{
    return "problem " + QByteArray::number(int(reason)) + " line " + QByteArray::number(line)
        + " column " + QByteArray::number(column);
}

inline QByteArray afterPut(const ConfigFormat &format, const QByteArray &text,
                           const EntryPlace &place, const EntryMembers &members = sampleMembers())
{
    return shown(text, format.put(text, place, members));
}

inline QByteArray afterTake(const ConfigFormat &format, const QByteArray &text,
                            const EntryPlace &place)
{
    return shown(text, format.take(text, place));
}

} // namespace format_edits
