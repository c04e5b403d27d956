// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The tool that reads /me, through a relay and the tray process of this HOME, against a bare
// QNetworkAccessManager that asks the same Graph. Both take turns, so that they see the same
// machine.
//   bench_graph URL    of fast-graph

#include "tests/bench/bare_network.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace bench;

namespace {

void append(Load &all, const Load &more)
{
    all.seconds += more.seconds;
    all.milliseconds.insert(all.milliseconds.end(), more.milliseconds.begin(),
                            more.milliseconds.end());
}

struct Pair
{
    Load ours;
    Load bare;
};

const QString mePath = u"/v1.0/me"_s;

Pair compare(const Clients &client, BareNetwork &bare, int inFlight, int total, int turns)
{
    // What both have from earlier calls: open connections, warm caches.
    drive(client, askForMe, inFlight, 2 * inFlight);
    bare.drive(mePath, inFlight, 2 * inFlight);
    Pair pair;
    for (int turn = 0; turn < turns; ++turn) {
        append(pair.ours, drive(client, askForMe, inFlight, total / turns));
        append(pair.bare, bare.drive(mePath, inFlight, total / turns));
    }
    return pair;
}

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    if (count != 2)
        fail("usage: bench_graph URL");
    BareNetwork bare(QUrl(QString::fromLocal8Bit(words[1])));
    bare.get(u"/latency/0"_s);
    const Clients client = connect({GRAPH_VALET_PROGRAM, "stdio"}, 1);

    const Pair one = compare(client, bare, 1, 3000, 10);
    report("me_p50_ms", percentile(one.ours.milliseconds, 0.5));
    report("me_p99_ms", percentile(one.ours.milliseconds, 0.99));
    report("bare_me_p50_ms", percentile(one.bare.milliseconds, 0.5));
    report("bare_me_p99_ms", percentile(one.bare.milliseconds, 0.99));

    const Pair many = compare(client, bare, 32, 20'000, 5);
    report("me_rate", many.ours.rate());
    report("bare_me_rate", many.bare.rate());

    bare.get(u"/latency/50"_s);
    report("far_me_rate", drive(client, askForMe, 32, 1500).rate());
    report("far_me_connections", bare.get(u"/connections"_s).toDouble()); // of both
    report("bare_far_me_rate", bare.drive(mePath, 32, 300).rate());
    bare.get(u"/latency/0"_s);
}
