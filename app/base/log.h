// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Logging: all categories in one place, and the handler that writes lines to stderr and, once
// told where, to a file that only the person can read. Nothing of ours ever writes to stdout.
// Secrets cannot be streamed (app/base/secret.h); response bodies are not logged.

#pragma once

#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(lcApp) // start, stop, tray, settings
Q_DECLARE_LOGGING_CATEGORY(lcAuth) // sign-in, refresh, keychain
Q_DECLARE_LOGGING_CATEGORY(lcMcp) // sessions and calls
Q_DECLARE_LOGGING_CATEGORY(lcLocal) // socket, clients
Q_DECLARE_LOGGING_CATEGORY(lcGraph) // requests to Graph
Q_DECLARE_LOGGING_CATEGORY(lcNetwork) // the way to Microsoft: proxies

namespace logging {

// Installs the message handler; call first in main().
void install();

// Adds a file as a second sink, created with mode 0600; above 1 MiB it is renamed to <path>.1 and
// begun anew. False when it cannot be opened; stderr goes on.
bool addFile(const QString &path);

} // namespace logging
