// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/graph_parts.h"

#include "tests/sandbox/calendar.h"
#include "tests/sandbox/drive.h"
#include "tests/sandbox/mailbox.h"

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
    GraphPart{&Drive::scopesFor, &Drive::isReadByPost, &Drive::answer},
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
