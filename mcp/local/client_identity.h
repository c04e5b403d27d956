// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is calling: what the operating system says (trusted as a hint about the program) and what the
// client says of itself (never trusted, always marked as its own words).

#pragma once

#include "app/base/activity.h"

#include <QString>

namespace mcp {

struct ClientIdentity
{
    QString program; // absolute path of the AI client's program file; empty where it cannot be told
    qint64 pid = 0; // of that program
    QString claimedName; // clientInfo.name as sent, at most 200 characters; plain text
    QString claimedVersion;
    // Of the entry in its configuration (graph-valet stdio --client ID), [a-z0-9-]; empty: none.
    // Anybody can say it: it may narrow what the program is granted, never widen it.
    QString entryId = {};

    // As the activity log names it.
    ActivityClient forActivity() const { return {.program = program, .name = claimedName}; }

    // Last part of the path, "claude"; for display.
    QString programName() const
    {
        return program.section(QLatin1Char('/'), -1).section(QLatin1Char('\\'), -1);
    }
};

} // namespace mcp
