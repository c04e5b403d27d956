// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The command line of graph-valet-tray. Qt's own options (-style, -platform) are not taken.

#pragma once

#include <QString>
#include <QStringList>

struct Arguments
{
    enum class Wish { Run, Help, Version };

    Wish wish = Wish::Run;
    bool background = false; // never opens a window of its own accord
    QString profile = QStringLiteral("default");
    QString problem; // English; not empty: print it with the usage and leave with 2

    // words: without the program's name. environmentProfile: GRAPH_VALET_PROFILE; --profile wins.
    static Arguments parse(const QStringList &words, const QString &environmentProfile);
    static QString usage();
    // For everything but Run: prints problem and usage on stderr, or what was asked for on stdout.
    // The exit code.
    int answer() const;
};
