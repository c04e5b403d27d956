// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ids of Microsoft Teams as Graph writes them. Each check leaves out every letter that a path, a
// query or an encoding is made of.

#pragma once

#include <QRegularExpression>
#include <QString>

namespace mcp {

// Of a chat or channel: "19:meeting_MjdhNjM4@thread.v2", "19:4a95f7d8@thread.tacv2"; "48:notes" is
// what a person writes to themselves.
inline bool isThreadId(const QString &id)
{
    static const QRegularExpression rule(QStringLiteral(
        "\\A(?:19:[A-Za-z0-9_=-]{1,200}@[a-z0-9]{1,20}(?:\\.[a-z0-9]{1,20}){1,3}|48:notes)\\z"));
    return rule.match(id).hasMatch();
}

inline bool isTeamId(const QString &id)
{
    static const QRegularExpression rule(
        QStringLiteral("\\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\z"));
    return rule.match(id).hasMatch();
}

// Of a message in a chat or channel: when it was written, in milliseconds.
inline bool isMessageId(const QString &id)
{
    static const QRegularExpression rule(QStringLiteral("\\A[0-9]{1,20}\\z"));
    return rule.match(id).hasMatch();
}

} // namespace mcp
