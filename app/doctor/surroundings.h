// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tray process knows of itself and its surroundings at the moment of an examination,
// collected by the composition root, so that tests can make up any.

#pragma once

#include "app/display.h"
#include "app/settings.h"
#include "app/valet.h"
#include "mcp/link/endpoint.h"

#include <QProcessEnvironment>

#include <optional>

namespace doctor {

struct Surroundings
{
    QString profile = QStringLiteral("default");
    QString trayProgram = {}; // absolute path of this process's program file
    QString relayProgram = {}; // `graph-valet` of the same installation; empty: it is not there
    QString relayInPath = {}; // another one, which is not run: PATH may be an AI client's
    Result<auth::EntraConfig> config = Error{.kind = Error::Kind::NotConfigured};
    Settings::Overview settings = {};
    QProcessEnvironment environment = {};
    Status status = {};
    bool isLoaded = true; // the keychain has been read
    DisplayKind display = DisplayKind::None;
    std::optional<bool> hasTray = {}; // nullopt: it was not looked for yet
    valet_link::Locations locations = {};
    bool isListening = true;
};

// `graph-valet` beside this program, or beside its bundle on macOS; empty: it is not there.
QString relayOfThisInstallation();
// The first one in PATH; empty: none.
QString relayInPath();

} // namespace doctor
