// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// graph-valet-conformance: stands where the tray process of a profile would, for the official
// conformance suite. Prints one line when it listens; ends when its stdin does. See README.md.

#include "mcp/link/endpoint.h"
#include "mcp/local/local_server.h"
#include "tests/conformance/conformance_server.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLoggingCategory>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

int fail(const std::string &problem)
{
    std::fprintf(stderr, "graph-valet-conformance: %s\n", problem.c_str());
    return EXIT_FAILURE;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addHelpOption();
    options.addOption({u"profile"_s, u"Where graph-valet --profile NAME finds it."_s, u"NAME"_s});
    options.process(app);

    std::string problem;
    const auto locations =
        valet_link::locationsFor(options.value(u"profile"_s).toStdString(), problem);
    if (!locations || !valet_link::ensurePrivateDirectory(locations->stateDirectory, problem)
        || !valet_link::ensurePrivateDirectory(locations->socketDirectory, problem))
        return fail(problem);

    // A line for each session of the suite would drown its results.
    QLoggingCategory::setFilterRules(u"graphvalet.*.info=false"_s);
    conformance::ConformanceServer server;
    mcp::LocalServer local;
    QObject::connect(&local, &mcp::LocalServer::mcpConnected, &server,
                     &conformance::ConformanceServer::accept);
    if (const auto listening = local.listen(QString::fromStdString(locations->socket));
        !listening.ok())
        return fail(listening.error().detail.toStdString());
    const valet_link::Rendezvous rendezvous{.socket = locations->socket,
                                            .pid = QCoreApplication::applicationPid(),
                                            .version = GRAPH_VALET_VERSION,
                                            .trayProgram = {}};
    if (!valet_link::writeRendezvous(*locations, rendezvous, problem))
        return fail(problem);

    // Whoever started it holds the other end.
    QSocketNotifier stdinEnds(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&stdinEnds, &QSocketNotifier::activated, &app, [&stdinEnds] {
        char bytes[256];
        if (::read(STDIN_FILENO, bytes, sizeof bytes) <= 0) {
            stdinEnds.setEnabled(false);
            QCoreApplication::quit();
        }
    });
    std::puts("{\"listening\":true}");
    std::fflush(stdout);
    const int status = QCoreApplication::exec();
    valet_link::removeRendezvous(*locations);
    return status;
}
