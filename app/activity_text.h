// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An entry of the activity in words, as window, report and export have it. Outside text has gone
// through display_text: safe to show where the text format is plain.

#pragma once

#include "app/activity_line.h"

#include <QIcon>
#include <QList>
#include <QString>

#include <utility>

namespace activity_text {

// When it began, by the person's clock, to the second.
QString time(const ActivityEntry &entry);
// "Claude Code (claude)"; "You" where the person did it.
QString client(const ActivityEntry &entry);
QString client(const QString &program, const QString &claimedName);
// The tool's name, or what else it was: "Sign-in".
QString tool(const ActivityEntry &entry);
// "Search mail for “budget”"
QString what(const ActivityEntry &entry);
QString result(const ActivityEntry &entry);
QString outcome(ActivityEntry::Outcome outcome);
// "1.2 s"; empty where it has none.
QString duration(const ActivityEntry &entry);
QString size(const ActivityEntry &entry);
// What the chain says of it; empty: nothing.
QString mark(const ActivityEntry &entry);
QString account(const ActivityEntry &entry);

// All that is known: name and value, in the order people read.
QList<std::pair<QString, QString>> details(const ActivityEntry &entry);

// A shape and a colour, on light and on dark.
QIcon icon(ActivityEntry::Outcome outcome);

} // namespace activity_text
