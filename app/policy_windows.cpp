// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings_places.h"

using namespace Qt::StringLiterals;

namespace settings_places {

std::unique_ptr<QSettings> openPolicy()
{
    return std::make_unique<QSettings>(
        u"HKEY_LOCAL_MACHINE\\Software\\Policies\\GraphValet\\graph-valet"_s,
        QSettings::NativeFormat);
}

std::unique_ptr<QSettings> openPerson(const QString &profile)
{
    auto person = std::make_unique<QSettings>(QSettings::NativeFormat, QSettings::UserScope,
                                              u"GraphValet"_s, applicationFor(profile));
    person->setFallbacksEnabled(false);
    return person;
}

} // namespace settings_places
