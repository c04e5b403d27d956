// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop_url_opener.h"

#include <QDesktopServices>

bool DesktopUrlOpener::start(const QUrl &url)
{
    return QDesktopServices::openUrl(url);
}
