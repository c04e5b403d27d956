// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a call is about, in words for the person's activity log (Tool::inWords). The arguments are
// an AI client's: each is cut, ids are shortened, and what shows them sees to hidden characters.
// The verb has the form "Search", which is true of a call that was refused as well. Pure.

#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace mcp {

// CallWords::tr() is what tools word their calls with.
class CallWords
{
    Q_DECLARE_TR_FUNCTIONS(CallWords)
public:
    static constexpr qsizetype wordLimit = 60; // characters of one argument

    // “budget”; empty where it is no text, or none.
    static QString quoted(const QJsonValue &argument);
    // The end of an id, which is where ids of Graph differ: “…kGZAAA=”.
    static QString id(const QJsonValue &argument);
    // "since 2026-01-01, until 2026-01-31"; what there is of it.
    static QStringList days(const QJsonObject &arguments);
    // An earlier list goes on, or a text: all else is in the cursor.
    static bool goesOn(const QJsonObject &arguments);
    // Empty parts are left out.
    static QString joined(const QStringList &parts);
    // "GET /me/messages?$filter&$top": without the values of the query, long ids shortened.
    static QString graphPath(const QString &method, const QString &pathAndQuery);
};

} // namespace mcp
