// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_places.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace settings_places {

std::unique_ptr<QSettings> openPolicy()
{
    auto policy = std::make_unique<QSettings>(u"/etc/xdg/GraphValet/graph-valet.conf"_s,
                                              QSettings::IniFormat);
    policy->beginGroup(u"Policy"_s);
    return policy;
}

std::unique_ptr<QSettings> openPerson(const QString &profile)
{
    // Not XDG_CONFIG_HOME: a tray started by hand and one started by a relay, whose environment has
    // hardly more than HOME, must read the same file.
    return std::make_unique<QSettings>(QDir::homePath() + u"/.config/GraphValet/"_s
                                           + applicationFor(profile) + u".conf"_s,
                                       QSettings::IniFormat);
}

} // namespace settings_places
