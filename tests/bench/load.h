// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// MCP calls to relays, so many at a time, and how long they took.

#pragma once

#include "tests/bench/line_process.h"

#include <memory>
#include <string>
#include <vector>

namespace bench {

struct Call
{
    std::string method;
    std::string params = "{}"; // JSON
};

// What all of them measure Graph with.
extern const Call askForMe;
// A page of a thousand messages.
extern const Call askForMessages;
// initialize, in the legacy revision that needs no more than that.
extern const std::string initializeLine;

struct Load
{
    double seconds = 0; // of all together
    std::vector<double> milliseconds; // of each call

    double rate() const { return double(milliseconds.size()) / seconds; }
};

using Clients = std::vector<std::unique_ptr<LineProcess>>;

// Relays that have shaken hands.
Clients connect(const std::vector<std::string> &command, int count);

// total calls, spread over the clients, each of which has so many in flight. An answer that is an
// error ends the program.
Load drive(const Clients &clients, const Call &call, int inFlightEach, int total);

double median(std::vector<double> values);
// share: 0.99 for the value that one in a hundred exceeds.
double percentile(std::vector<double> values, double share);

// One result for run.py: a name without spaces and a number.
void report(const std::string &name, double value);

} // namespace bench
