// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The path of graph-valet that a client's entry names. It has to last longer than this process.

#pragma once

#include "app/connect/config_problem.h"

#include <QString>
#include <QStringList>

namespace client_config {

// trayFolder: of this program's file. A link of the same program in one of the folders (Homebrew,
// WinGet, a profile of Nix) is preferred, because it survives an update. What lies in a folder that
// goes away with this process (a mounted AppImage, a translocated bundle) is refused.
Checked<QString> serverProgram(const QString &trayFolder, const QStringList &folders);

} // namespace client_config
