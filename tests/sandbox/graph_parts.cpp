// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/graph_parts.h"

#include "tests/sandbox/calendar.h"
#include "tests/sandbox/directory.h"
#include "tests/sandbox/drive.h"
#include "tests/sandbox/mailbox.h"
#include "tests/sandbox/onenote.h"
#include "tests/sandbox/planner.h"
#include "tests/sandbox/schedule.h"
#include "tests/sandbox/search.h"
#include "tests/sandbox/teams.h"
#include "tests/sandbox/todo.h"

#include <array>

namespace sandbox {
namespace {

bool never(const QString &)
{
    return false;
}

constexpr std::array parts{
    GraphPart{&Mailbox::scopesFor, &never, &Mailbox::answer},
    GraphPart{&Calendar::scopesFor, &never, &Calendar::answer},
    GraphPart{&Teams::scopesFor, &never, &Teams::answer},
    GraphPart{&Todo::scopesFor, &never, &Todo::answer},
    GraphPart{&Planner::scopesFor, &never, &Planner::answer},
    GraphPart{&OneNote::scopesFor, &never, &OneNote::answer},
    GraphPart{&Search::scopesFor, &Search::isPath, &Search::answer, &Search::mayRead},
    GraphPart{&Directory::scopesFor, &never, &Directory::answer},
    GraphPart{&Schedule::scopesFor, &Schedule::isReadByPost, &Schedule::answer},
    GraphPart{&Drive::scopesFor, &never, &Drive::answer},
};

} // namespace

const GraphPart *graphPartFor(const QString &path)
{
    for (const GraphPart &part : parts) {
        if (!part.scopesFor(path).isEmpty())
            return &part;
    }
    return nullptr;
}

} // namespace sandbox
