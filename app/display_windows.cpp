// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/display.h"

#include <QString>

using namespace Qt::StringLiterals;

DisplayKind findDisplay()
{
    const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM").section(u':', 0, 0);
    if (platform == "offscreen"_L1 || platform == "minimal"_L1)
        return DisplayKind::Invisible;
    return DisplayKind::Visible;
}

void releaseDisplay() { }
