// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The least that a Qt program with windows costs before it can answer anybody: says so and ends.
// The floor of a cold start (run.py). An argument: without windows.

#include <QApplication>

#include <cstdio>
#include <memory>

int main(int count, char **words)
{
    const std::unique_ptr<QCoreApplication> application = count > 1
        ? std::make_unique<QCoreApplication>(count, words)
        : std::make_unique<QApplication>(count, words);
    std::puts("ready");
    std::fflush(stdout);
}
