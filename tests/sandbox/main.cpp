// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// graph-valet-sandbox: the sample tenant Contoso as a program. See README.md of this folder.

#include "tests/sandbox/sandbox_tenant.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <csignal>
#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace {

constexpr int usageError = 2;

void printHelp(FILE *out)
{
    std::fputs(
        "usage: graph-valet-sandbox [--port N] [--auto] [--fault NAME]...\n"
        "\n"
        "A stand-in for Entra ID and Microsoft Graph on 127.0.0.1 with the sample tenant\n"
        "Contoso, for trying Graph Valet out and for its tests. Prints one JSON line with\n"
        "authority, graphUrl, clientId and tenantId, and serves until it is terminated.\n"
        "\n"
        "  --port N      the authority's port, Graph gets the next one (default: free ones)\n"
        "  --auto        the sign-in page needs no click\n"
        "  --fault NAME  goes wrong from the start, every time; may be repeated\n"
        "\n"
        "While it runs: POST /sandbox/fault {\"name\",\"times\",\"milliseconds\"} (name none: all\n"
        "well again), POST /sandbox/revoke, GET /sandbox/requests, GET /sandbox/secrets.\n"
        "\n"
        "Faults:\n",
        out);
    for (const sandbox::FaultKind &kind : sandbox::Faults::kinds())
        std::fprintf(out, "  %-22s %s\n", kind.name, kind.what);
}

int usage(const QString &problem)
{
    std::fprintf(stderr, "graph-valet-sandbox: %s\n", qPrintable(problem));
    std::fputs("Try: graph-valet-sandbox --help\n", stderr);
    return usageError;
}

// Nothing is kept, so there is nothing to save.
extern "C" void leave(int)
{
    std::_Exit(EXIT_SUCCESS);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    std::signal(SIGTERM, leave);
    std::signal(SIGINT, leave);

    sandbox::SandboxTenant tenant;
    quint16 port = 0;
    QStringList arguments = app.arguments().mid(1);
    while (!arguments.isEmpty()) {
        const QString option = arguments.takeFirst();
        if (option == u"--help" || option == u"-h") {
            printHelp(stdout);
            return EXIT_SUCCESS;
        }
        if (option == u"--version") {
            std::puts("graph-valet-sandbox " GRAPH_VALET_VERSION);
            return EXIT_SUCCESS;
        }
        if (option == u"--auto") {
            tenant.setAutomatic(true);
        } else if (option == u"--port" || option == u"--fault") {
            if (arguments.isEmpty())
                return usage(option + u" needs a value"_s);
            const QString value = arguments.takeFirst();
            if (option == u"--port") {
                bool isNumber = false;
                port = value.toUShort(&isNumber);
                if (!isNumber || port == 0 || port == 65535)
                    return usage(u"--port: a number from 1 to 65534, not "_s + value);
            } else if (!tenant.setFault(value, sandbox::Faults::always)) {
                return usage(u"no fault of the name "_s + value);
            } else if (value == u"graph-401-once") {
                tenant.setFault(value, 1);
            }
        } else {
            return usage(u"unknown option "_s + option);
        }
    }
    if (!tenant.listen(port)) {
        std::fprintf(stderr, "graph-valet-sandbox: port %d or the next one is taken\n", int(port));
        return EXIT_FAILURE;
    }
    std::puts(QJsonDocument(tenant.description()).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    return app.exec();
}
