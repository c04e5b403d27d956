// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opens the sign-in page in the person's browser. Refuses everything but https, and http to this
// computer (the sandbox), so that no value that came from outside can start another program.

#pragma once

#include "auth/url_opener.h"

class DesktopUrlOpener : public auth::UrlOpener
{
public:
    bool open(const QUrl &url) override;

    static bool isAllowed(const QUrl &url);

private:
    // Per platform. url passed isAllowed().
    static bool start(const QUrl &url);
};
