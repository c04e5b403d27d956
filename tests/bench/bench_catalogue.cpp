// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the catalogue of operations costs the process that searches it: memory, the first question,
// and a question later on. Linux only: memory comes from /proc.

#include "mcp/catalogue/operation_search.h"

#include <QElapsedTimer>
#include <QFile>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

// Of this process, in KB: "VmRSS", "RssAnon" or "VmHWM".
long kilobytes(const char *what)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(what))
            return line.simplified().split(' ').value(1).toLong();
    }
    return 0;
}

} // namespace

int main()
{
    const long before = kilobytes("VmRSS");
    const long anonymousBefore = kilobytes("RssAnon");
    QElapsedTimer time;
    time.start();
    const mcp::OperationSearch &search = mcp::OperationSearch::bundled();
    std::printf("made ready in %.1f ms\n", double(time.nsecsElapsed()) / 1e6);
    constexpr std::array questions{u"which files were shared with me", u"list mail messages",
                                   u"who is my boss", u"create an event"};
    constexpr int rounds = 500;
    time.restart();
    size_t found = 0;
    for (int i = 0; i < rounds; ++i) {
        for (const char16_t *question : questions)
            found += search.find(question, 8).operations.size();
    }
    std::printf("a question takes %.0f us (%zu answers)\n",
                double(time.nsecsElapsed()) / 1e3 / double(rounds * questions.size()), found);
    std::printf("memory: + %ld KB, of which %ld KB are its own; the highest was + %ld KB\n",
                kilobytes("VmRSS") - before, kilobytes("RssAnon") - anonymousBefore,
                kilobytes("VmHWM") - before);
    return 0;
}
