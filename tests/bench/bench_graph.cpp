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

const QString mePath = u"/v1.0/me"_s;
const QString messagesPath = u"/v1.0/me/messages?$top=1000"_s;

struct Turns
{
    std::vector<Load> ours;
    std::vector<Load> bare;
};

// The same for both.
struct Question
{
    Call call;
    QString path;
};

Turns compare(const Clients &client, BareNetwork &bare, const Question &question, int inFlight,
              int totalOfTurn)
{
    // What both have from earlier calls: open connections, warm caches.
    drive(client, question.call, inFlight, 2 * inFlight);
    bare.drive(question.path, inFlight, 2 * inFlight);
    Turns turns;
    for (int turn = 0; turn < 10; ++turn) {
        turns.ours.push_back(drive(client, question.call, inFlight, totalOfTurn));
        turns.bare.push_back(bare.drive(question.path, inFlight, totalOfTurn));
    }
    return turns;
}

// Medians over the turns, because whatever else the machine does comes in bursts.
double percentileOf(const std::vector<Load> &turns, double share)
{
    std::vector<double> values;
    values.reserve(turns.size());
    for (const Load &turn : turns)
        values.push_back(percentile(turn.milliseconds, share));
    return median(values);
}

double rateOf(const std::vector<Load> &turns)
{
    std::vector<double> values;
    values.reserve(turns.size());
    for (const Load &turn : turns)
        values.push_back(turn.rate());
    return median(values);
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

    const Question me{askForMe, mePath};
    const Turns one = compare(client, bare, me, 1, 500);
    report("me_p50_ms", percentileOf(one.ours, 0.5));
    report("me_p99_ms", percentileOf(one.ours, 0.99));
    report("bare_me_p50_ms", percentileOf(one.bare, 0.5));
    report("bare_me_p99_ms", percentileOf(one.bare, 0.99));

    const Turns many = compare(client, bare, me, 32, 2000);
    report("me_rate", rateOf(many.ours));
    report("bare_me_rate", rateOf(many.bare));

    const Turns messages = compare(client, bare, {askForMessages, messagesPath}, 1, 10);
    report("messages_p50_ms", percentileOf(messages.ours, 0.5));
    report("bare_messages_p50_ms", percentileOf(messages.bare, 0.5));

    bare.get(u"/latency/50"_s);
    report("far_me_rate", drive(client, askForMe, 32, 1500).rate());
    report("far_me_connections", bare.get(u"/connections"_s).toDouble()); // of both
    report("bare_far_me_rate", bare.drive(mePath, 32, 300).rate());
    bare.get(u"/latency/0"_s);
}
