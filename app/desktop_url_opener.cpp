// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop_url_opener.h"

#include "app/base/log.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

bool DesktopUrlOpener::isAllowed(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    if (url.scheme() == "https"_L1)
        return true;
    return url.scheme() == "http"_L1
        && (url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback());
}

bool DesktopUrlOpener::open(const QUrl &url)
{
    if (!isAllowed(url)) {
        qCWarning(lcApp) << "not opened: only https, or http to this computer, goes to a browser";
        return false;
    }
    return start(url);
}
