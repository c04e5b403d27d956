// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of Microsoft 365 that the sample tenant has beyond the profile: who answers for which
// path. The only place that names them all.

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_people.h"
#include "tests/support/http_message.h"

#include <QUrl>

namespace sandbox {

struct GraphPart
{
    // Delegated permissions of which one is enough to read path; empty: it is none of this part's.
    QStringList (*scopesFor)(const QString &path);
    // Other methods are refused before, but for these paths, which are read by POST.
    bool (*isReadByPost)(const QString &path);
    GraphAnswer (*answer)(const test_support::HttpRequest &request, const QUrl &graph,
                          const Person &person);
    // Where what is asked for decides: whether the permissions of the token are enough. nullptr:
    // nothing more to check.
    bool (*mayRead)(const test_support::HttpRequest &request, const QStringList &scopes) = nullptr;
};

// nullptr: nobody's.
const GraphPart *graphPartFor(const QString &path);

} // namespace sandbox
