// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens a page in the person's browser. A seam: production uses QDesktopServices (app/), tests a
// fake browser. True does not mean that a browser appeared (entra: xdg-open may fail later), so a
// link to copy is always offered beside it.

#pragma once

#include <QUrl>

namespace auth {

class UrlOpener
{
public:
    virtual ~UrlOpener() = default;
    virtual bool open(const QUrl &url) = 0;
};

} // namespace auth
