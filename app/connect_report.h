// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connecting AI clients for the console: what is asked and done, as JSON; app/README.md lists it.

#pragma once

#include "app/base/error.h"
#include "app/connect/connect_text.h"

#include <QJsonObject>

namespace connect_report {

QJsonObject list(const client_config::ClientConnections &connections);
// isDry: only says what would change.
client_config::Checked<QJsonObject> change(client_config::ClientConnections &connections,
                                           const QString &client, client_config::Wish wish,
                                           bool isDry);
client_config::Checked<QJsonObject> undo(client_config::ClientConnections &connections,
                                         const QString &client);
// Its kind; what happened is in client_config::sentence().
Error error(const client_config::ConfigProblem &problem);

} // namespace connect_report
