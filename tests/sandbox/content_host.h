// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the bytes of files are: an origin that is not Graph, with URLs that whoever has them may
// read for a while, and with ranges. It must never see a token.
//   GET /content/{ticket}

#pragma once

#include "tests/sandbox/graph_answer.h"
#include "tests/sandbox/sandbox_faults.h"
#include "tests/sandbox/sandbox_ledger.h"
#include "tests/support/http_server.h"

namespace sandbox {

class ContentHost
{
public:
    ContentHost(Ledger *ledger, Faults *faults)
        : m_ledger(ledger)
        , m_faults(faults)
    {
    }

    // A fresh URL for these bytes.
    QUrl urlFor(const FileContent &content);
    static bool isMine(const QString &path);
    void handle(const test_support::HttpRequest &request, const test_support::HttpReply &reply);

private:
    test_support::HttpResponse answer(const test_support::HttpRequest &request) const;

    Ledger *m_ledger;
    Faults *m_faults;
    QHash<QString, FileContent> m_contents; // by ticket
};

} // namespace sandbox
