// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_places.h"

using namespace Qt::StringLiterals;

namespace settings_places {

std::unique_ptr<QSettings> openPolicy()
{
    // Configuration profiles write here; the folder belongs to root.
    return std::make_unique<QSettings>(
        u"/Library/Managed Preferences/" GRAPH_VALET_APP_ID ".plist"_s, QSettings::NativeFormat);
}

std::unique_ptr<QSettings> openPerson(const QString &profile)
{
    auto person = std::make_unique<QSettings>(QSettings::NativeFormat, QSettings::UserScope,
                                              u"GraphValet"_s, applicationFor(profile));
    person->setFallbacksEnabled(false);
    return person;
}

} // namespace settings_places
