// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a person reads about clients and their files. Names and paths in it are outside text: show
// it through display_text, or plain.

#pragma once

#include "app/connect/client_connections.h"

#include <QString>

namespace client_config {

QString sentence(const ConfigProblem &problem);
// "Connected", "Not connected", ... ; of a problem its sentence.
QString sentence(const ClientState &state);
// The same in a few words, for a table: without path and place.
QString brief(const ClientState &state);
// What is left to do after a change; never empty.
QString nextStep(const QString &clientName, Notices notices, Wish wish);
// For programs: "connected", "notConnected", ...
QString stateWord(ClientState::Kind kind);

} // namespace client_config
