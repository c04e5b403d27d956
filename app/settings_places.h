// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where settings lie on this system. Neither place can be moved by an environment variable: an AI
// client may set those of a tray process that it starts.

#pragma once

#include <QSettings>
#include <QString>

#include <memory>

namespace settings_places {

// The organisation's values, read only, keys at the top: Linux group Policy of
// /etc/xdg/GraphValet/graph-valet.conf, macOS /Library/Managed Preferences, Windows
// HKLM\Software\Policies\GraphValet\graph-valet.
std::unique_ptr<QSettings> openPolicy();

// The person's values of one profile. Linux: ~/.config/GraphValet/graph-valet.conf, or
// graph-valet-<profile>.conf; elsewhere QSettings' native place.
std::unique_ptr<QSettings> openPerson(const QString &profile);

// "graph-valet" or "graph-valet-<profile>"
inline QString applicationFor(const QString &profile)
{
    const auto name = QStringLiteral("graph-valet");
    return profile == QLatin1StringView("default") ? name : name + u'-' + profile;
}

} // namespace settings_places
