// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/arguments.h"

#include "mcp/link/endpoint.h"

#include <cstdio>

using namespace Qt::StringLiterals;

Arguments Arguments::parse(const QStringList &words, const QString &environmentProfile)
{
    Arguments arguments;
    if (!environmentProfile.isEmpty())
        arguments.profile = environmentProfile;
    for (qsizetype i = 0; i < words.size() && arguments.problem.isEmpty(); ++i) {
        const QString &word = words[i];
        if (word == "--background"_L1)
            arguments.background = true;
        else if (word == "--help"_L1 || word == "-h"_L1)
            arguments.wish = Wish::Help;
        else if (word == "--version"_L1)
            arguments.wish = Wish::Version;
        else if (word == "--profile"_L1 && i + 1 < words.size())
            arguments.profile = words[++i];
        else if (word.startsWith("--profile="_L1))
            arguments.profile = word.mid(10);
        else if (word == "--profile"_L1)
            arguments.problem = u"--profile needs a name"_s;
        else
            arguments.problem = u"unknown argument \"%1\""_s.arg(word);
    }
    if (arguments.problem.isEmpty() && arguments.wish == Wish::Run
        && !valet_link::isValidProfile(arguments.profile.toStdString())) {
        arguments.problem =
            u"the profile \"%1\" is not 1 to 32 of the characters a-z, 0-9 and -"_s.arg(
                arguments.profile);
    }
    return arguments;
}

QString Arguments::usage()
{
    return u"Usage: graph-valet-tray [--background] [--profile NAME]\n"
           "       graph-valet-tray --help | --version\n"
           "\n"
           "The tray app of Graph Valet: holds the sign-in to Microsoft Entra ID and serves AI\n"
           "clients, which connect through \"graph-valet stdio\".\n"
           "\n"
           "  --background     open no window; what \"graph-valet\" uses to start it\n"
           "  --profile NAME   separate settings, socket and keychain entry (GRAPH_VALET_PROFILE)\n"_s;
}

int Arguments::answer() const
{
    if (!problem.isEmpty()) {
        std::fprintf(stderr, "graph-valet-tray: %s\n\n%s", qPrintable(problem),
                     qPrintable(usage()));
        return 2;
    }
    if (wish == Wish::Version)
        std::printf("graph-valet-tray %s\n", GRAPH_VALET_VERSION);
    else
        std::fputs(qPrintable(usage()), stdout);
    return 0;
}
